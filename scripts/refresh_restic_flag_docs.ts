/**
 * Makes `src/schema/restic_flag_docs.json`, what restic's manual pages say of its flags: run it with the restic programs to
 * ask, the newest last, `deno run -A scripts/refresh_restic_flag_docs.ts restic-0.14 restic-0.18`. Flags that are in no
 * page (hidden, gone, of another system) have no description there.
 */

import { ROOT } from "./programs.ts";
import { optionsSection, readManual } from "./restic_pages.ts";

/** By command, then by the flag's long name. */
export type Docs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const OPTION = /^(?:\\fB-\w\\fP, )?\\fB--([\w-]+)\\fP.*\n[ \t]+(.+)$/gm;

/** What a page says of each of its options, without `--help`. */
export function optionDocs(page: string): Record<string, string> {
  const options = [...optionsSection(page).matchAll(OPTION)].filter(([, name]) => name !== "help");
  return sorted(options.map(([, name, doc]) => [name!, plain(doc!)]));
}

/** Without the marks of troff, and without what is said of environment variables: profiles have other ways. */
function plain(text: string): string {
  return text.replaceAll(/\\f[A-Z]|\\&|``/g, "").replaceAll(/\\(.)/g, "$1").replace(/ \(default: \$\w+\)/, "").trim();
}

/** What a newer restic says takes the place of the older one's words. */
export function newerOver(older: Docs, newer: Docs): Docs {
  const commands = Object.entries(newer).filter(([, flags]) => Object.keys(flags).length > 0);
  const merged = commands.map(([command, flags]): [string, Docs[string]] => [
    command,
    sorted(Object.entries({ ...older[command], ...flags })),
  ]);
  return sorted(Object.entries({ ...older, ...Object.fromEntries(merged) }));
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => a < b ? -1 : 1));
}

if (import.meta.main) {
  let docs: Docs = {};
  for (const restic of Deno.args) {
    const pages = Object.entries(await readManual(restic));
    docs = newerOver(docs, Object.fromEntries(pages.map(([command, page]) => [command, optionDocs(page)])));
  }
  await Deno.writeTextFile(`${ROOT}/src/schema/restic_flag_docs.json`, `${JSON.stringify(docs, undefined, 1)}\n`);
}
