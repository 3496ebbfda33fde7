/** restic's own manual pages, as `restic generate --man` writes them in troff: the options of each command. */

import { captured } from "./programs.ts";

/** One option of a page, in the words of `src/schema/restic_flags.json`. */
export interface PageOption {
  readonly value: "required" | "optional";
  readonly short?: string;
  readonly repeatable?: true;
  readonly default?: string;
}

/** By command, those of two words with a blank, `(global)` for what all commands have; then by the option's long name. */
export type Pages = Readonly<Record<string, Readonly<Record<string, PageOption>>>>;

const OPTION = /^(?:\\fB-(\w)\\fP, )?\\fB--([\w-]+)\\fP(\[)?=(.*?)\]?$/gm;

/** What a page has under `.SH OPTIONS`. */
export function optionsSection(page: string): string {
  return page.split(/^\.SH /m).find((part) => part.startsWith("OPTIONS\n")) ?? "";
}

/** The options of a page, without `--help`. */
export function optionsOf(page: string): Record<string, PageOption> {
  const options = [...optionsSection(page).matchAll(OPTION)].filter(([, , name]) => name !== "help");
  return Object.fromEntries(options.map(([, short, name, bracket, written]) => [name!, {
    value: bracket ? "optional" : "required",
    ...(short && { short }),
    // the pattern takes the bracket of a list for that of an optional value
    ...(/^\[\]?$/.test(written!) ? { repeatable: true } : { default: written!.replace(/^"(.*)"$/, "$1") }),
  }]));
}

/** @param restic the program */
export async function readPages(restic: string): Promise<Pages> {
  const manual = await readManual(restic);
  return Object.fromEntries(Object.entries(manual).map(([command, page]) => [command, optionsOf(page)]));
}

/** The pages in troff, by command as in `Pages`. @param restic the program */
export async function readManual(restic: string): Promise<Record<string, string>> {
  const folder = await Deno.makeTempDir();
  try {
    await captured(restic, ["generate", "--man", folder], { HOME: folder });
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".1"));
    return Object.fromEntries(names.map((name) => {
      const [, command] = /^restic-(.+)\.1$/.exec(name) ?? [];
      const words = command?.replace(/^(key|repair)-/, "$1 ") ?? "(global)";
      return [words, Deno.readTextFileSync(`${folder}/${name}`)];
    }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
