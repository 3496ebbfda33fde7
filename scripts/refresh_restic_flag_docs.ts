/**
 * Makes `src/schema/restic_flag_docs.json`, what restic's manual pages say of its flags: run it with the restic programs to
 * ask, the newest last, `deno run -A scripts/refresh_restic_flag_docs.ts restic-0.14 restic-0.18`. Flags that are in no
 * page (hidden, gone, of another system) have no description there.
 */

import { captured, ROOT } from "./programs.ts";

type Docs = Record<string, Record<string, string>>;

const OPTION = /^(?:\\fB-\w\\fP, )?\\fB--([\w-]+)\\fP.*\n[ \t]+(.+)$/gm;

/** The flags of a manual page of restic's `generate --man`, in troff: those of its own, or those that all commands have. */
function optionsOf(page: string, heading: string): Record<string, string> {
  const section = page.split(/^\.SH /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return Object.fromEntries([...section.matchAll(OPTION)].map(([, name, doc]) => [name!, plain(doc!)]));
}

/** Without the marks of troff, and without what is said of environment variables: profiles have other ways. */
function plain(text: string): string {
  return text.replaceAll(/\\f[A-Z]|\\&|``/g, "").replaceAll(/\\(.)/g, "$1")
    .replace(/ \(default: \$\w+\)/, "").trim();
}

async function docsOf(restic: string): Promise<Docs> {
  const folder = await Deno.makeTempDir();
  try {
    await captured(restic, ["generate", "--man", folder], { HOME: folder });
    const docs: Docs = { "(global)": optionsOf(await Deno.readTextFile(`${folder}/restic.1`), "OPTIONS") };
    for (const { name } of Deno.readDirSync(folder)) {
      const [, command] = /^restic-(.+)\.1$/.exec(name) ?? [];
      if (command === undefined) continue;
      docs[command.replace(/^(key|repair)-/, "$1 ")] = optionsOf(
        await Deno.readTextFile(`${folder}/${name}`),
        "OPTIONS",
      );
    }
    return docs;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function sorted<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => a < b ? -1 : 1));
}

const merged: Docs = {};
for (const restic of Deno.args) {
  for (const [command, flags] of Object.entries(await docsOf(restic))) {
    merged[command] = { ...merged[command], ...flags };
  }
}
const written = Object.entries(merged).filter(([, flags]) => Object.keys(flags).length > 0);
const table = sorted(Object.fromEntries(written.map(([command, flags]) => {
  const { help: _, ...others } = flags;
  return [command, sorted(others)];
})));
await Deno.writeTextFile(`${ROOT}/src/schema/restic_flag_docs.json`, `${JSON.stringify(table, undefined, 1)}\n`);
