/** The files' texts as their templates make them, for one profile. */
import { type Expanded, type SourceFile, unexpanded } from "../nodes/source.ts";

/** For whom the templates are executed. */
export interface Reader {
  readonly profile: string;
  readonly currentDir: string;
  /** `COMMAND@NAME` in a scheduled run, else empty. */
  readonly schedule: string;
}

/**
 * `includes`: the main file alone, templates that only an included file defines give nothing. `start`: what is of no single
 * profile. `profile`: for a profile that will be used.
 */
export type Stage = "includes" | "start" | "profile";

export interface Expansion {
  /** In the order of the files. */
  readonly texts: readonly Expanded[];
  /** The file of the template function `env`, if the texts name it. */
  readonly dotenv: string | undefined;
}

export interface Expander {
  /** @throws {ConfigError} */
  expand(reader: Reader, stage: Stage): Expansion;
  /** Whether another profile, or another current folder, may give other texts. */
  variesBy(what: "profile" | "currentDir"): boolean;
}

export function isTemplate({ text }: SourceFile): boolean {
  return text.includes("{{");
}

/** For files without templates: nothing is executed. */
export function plainExpander(files: readonly SourceFile[]): Expander {
  const texts = files.map(unexpanded);
  return { expand: () => ({ texts, dotenv: undefined }), variesBy: () => false };
}
