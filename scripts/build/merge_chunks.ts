/**
 * Merges the many small files of a split bundle. Deno reads each module of a binary by itself, which takes a start longer than the
 * little code that a run does not need: what every command loads becomes one file, what every run loads a second one, YAML and templates
 * are one each, and only large or rare parts (undici, the other commands) stay apart.
 */

import { type Plugin, rollup } from "rollup";

/** The files that become one, and the dynamic imports that belong to them, by the beginning of their names. What several need is in the first. */
const GROUPS = {
  base: ["without_configuration-", "version-"],
  run: ["with_configuration-", "run_restic-", "message_targets-", "toml-", "phase-", "http-"],
  yaml: ["yaml-"],
  templates: [
    "file_templates-",
    "template_set-",
    "template_data-",
    "machine_data-",
    "dependencies-",
    "template_error-",
  ],
} as const;

/** Names of the files that an ordinary run may need, without `.js`; the entry's own is `main`. */
export const MERGED: ReadonlySet<string> = new Set(["main", ...Object.keys(GROUPS)]);

type Imports = (id: string) => readonly string[];

/**
 * @param parts folder with the bundle
 * @param entry the module that starts it, without `.js`
 * @param merged folder for the result
 * @param plugins what else is to be done with the files
 */
export async function mergeChunks(
  parts: string,
  entry: string,
  merged: string,
  plugins: readonly Plugin[],
): Promise<void> {
  const bundle = await rollup({
    input: `${parts}/${entry}.js`,
    external: /^(?:node|npm|jsr):/,
    treeshake: false,
    plugins: [{ name: "named-imports", transform: withoutBareImports }, ...plugins],
    logLevel: "silent",
  });
  let groupOf: ((id: string) => string | undefined) | undefined;
  await bundle.write({
    dir: merged,
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    manualChunks(id, { getModuleIds, getModuleInfo }) {
      groupOf ??= grouping(
        [...getModuleIds()],
        `${parts}/${entry}.js`,
        (module) => getModuleInfo(module)?.importedIds ?? [],
      );
      return groupOf(id);
    },
  });
}

/**
 * Leaves out imports without a name: no module of ours does anything but define, and the bundler imports its helpers for Node's packages
 * (with `node:module`, which takes long) even where nothing of them is used.
 */
function withoutBareImports(code: string): string {
  return code.replace(/^import "\.\/chunk-[^"]+";$/gm, "");
}

/** @throws {Error} for a beginning that no file has: its module was renamed, or has become part of another file */
export function grouping(ids: readonly string[], entry: string, imports: Imports): (id: string) => string | undefined {
  const name = (id: string) => id.slice(id.lastIndexOf("/") + 1);
  const isProgram = name(entry) === "main.js"; // others, as the bench has them, need only some of the files
  const members = Object.entries(GROUPS).map(([group, names]) => {
    const lost = names.find((beginning) => !ids.some((id) => name(id).startsWith(beginning)));
    if (lost !== undefined && isProgram) {
      throw new Error(`No file of the bundle begins with "${lost}", which belongs to "${group}"`);
    }
    const starts = ids.filter((id) => names.some((beginning) => name(id).startsWith(beginning)));
    return { group, ids: reachable(group === "base" ? [entry, ...starts] : starts, imports) };
  });
  return (id) => id === entry ? undefined : members.find(({ ids }) => ids.has(id))?.group;
}

function reachable(starts: readonly string[], imports: Imports): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    imports(id).forEach(visit);
  };
  starts.forEach(visit);
  return found;
}
