/**
 * The four languages of configuration files, behind one door. Each reader gives plain data, whose format does not
 * matter from there on, and can say on demand where in the text a key stands. Only the readers in use are loaded.
 */

import type { Table } from "../../model/value.ts";

export type Format = "toml" | "yaml" | "json" | "hcl";

/** Keys as written in the file, from the top; items of a list by their index from 0. */
export type KeyPath = readonly (string | number)[];

/** A place in the text that was parsed; line and column count from 1, the column in UTF-16 units. */
export interface KeyPlace {
  readonly line: number;
  readonly column: number;
}

/** Problems of a file that do not keep it from being read: a key twice in JSON, a second document in YAML. */
export interface Note {
  readonly message: string;
  readonly place?: KeyPlace;
}

/** Thrown for text that its language does not allow. The message neither names the file nor repeats the place. */
export class SyntaxFault extends Error {
  override name = "SyntaxFault";
  constructor(message: string, readonly place: KeyPlace) {
    super(message);
  }
}

export interface Language {
  /**
   * Keys keep the spelling of the file. Tables have no prototype, so that `constructor` is a key like any other. HCL
   * gives a block that is repeated as `Blocks` (see `blocks.ts`), for the caller to merge or to list.
   *
   * @param text without byte order mark
   * @throws {SyntaxFault}
   */
  parse(text: string): { readonly value: Table; readonly notes: readonly Note[] };
  /**
   * Where each key or list item is, or its nearest existing parent; undefined if not even the first key
   * is. It reads the text once more, so call it only when there is something to report.
   *
   * @param text one that `parse` accepts
   */
  index(text: string): (path: KeyPath) => KeyPlace | undefined;
}

/** The reader of a format. It is imported now: a run that needs one format does not pay for the others. */
export async function loadLanguage(format: Format): Promise<Language> {
  switch (format) {
    case "toml":
      return (await import("./toml.ts")).TOML;
    case "yaml":
      return (await import("./yaml.ts")).YAML;
    case "json":
      return (await import("./json.ts")).JSON_LANGUAGE;
    case "hcl":
      return (await import("./hcl.ts")).HCL;
    default:
      return format satisfies never;
  }
}

/** The words for a format: after `--format`, and as extensions of files. */
const FORMATS: ReadonlyMap<string, Format> = new Map([
  ["toml", "toml"],
  ["conf", "toml"],
  ["yaml", "yaml"],
  ["yml", "yaml"],
  ["json", "json"],
  ["hcl", "hcl"],
]);

/** The format that a word names, in any case of letters: `toml`, `conf`, `yaml`, `yml`, `json`, `hcl`. */
export function formatOfName(word: string): Format | undefined {
  return FORMATS.get(word.toLowerCase());
}

/** The format that the extension of a path stands for; undefined for any other extension, or none. */
export function formatOfExtension(path: string): Format | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1];
  return extension === undefined ? undefined : formatOfName(extension);
}
