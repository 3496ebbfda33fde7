import { assertEquals, assertRejects } from "@std/assert";
import { rollup } from "rollup";
import { scriptsOfChunks } from "../../../scripts/build/scripts_of_chunks.ts";
import { makeFolder } from "../../support/folder.ts";

/** Makes scripts of modules, and evaluates the `value` of the first as the binary does; a function is called. */
async function made(modules: Readonly<Record<string, string>>): Promise<{ value: unknown; files: number }> {
  using folder = makeFolder({
    ...Object.fromEntries(Object.entries(modules).map(([name, text]) => [`in/${name}`, text])),
    "out/embedded_script.js": Deno.readTextFileSync("scripts/build/embedded_script.js"),
  });
  const bundle = await rollup({
    input: Object.keys(modules).map((name) => `${folder.path}/in/${name}`),
    external: /^node:/,
    plugins: [scriptsOfChunks(new Set(["a", "b"]))],
    logLevel: "silent",
  });
  await bundle.write({ dir: `${folder.path}/out`, format: "es", entryFileNames: "[name].js" });
  const { value } = await import(`${folder.path}/out/a.js`);
  return {
    value: typeof value === "function" ? await value() : value,
    files: [...Deno.readDirSync(`${folder.path}/out`)].length,
  };
}

for (
  const [what, modules, value] of [
    ["exports", { "a.js": "const x = 1; export { x as value };" }, 1],
    ["a default export", { "a.js": "export default 1; export const value = 2;" }, 2],
    ["static imports", {
      "a.js": 'import { b } from "./b.js"; export const value = b + 1;',
      "b.js": "export const b = 1;",
    }, 2],
    [
      "exports of others",
      { "a.js": 'export { b as value } from "./b.js";', "b.js": "export const b = 1;" },
      1,
    ],
    ["dynamic imports", {
      "a.js": 'export const value = async () => (await import("./b.js")).b;',
      "b.js": "export const b = 1;",
    }, 1],
    ["modules of Node", { "a.js": 'import { sep } from "node:path/posix"; export const value = sep;' }, "/"],
    ["the program's own start", { "a.js": "export const value = import.meta.main;" }, false],
  ] as const
) {
  Deno.test(`scripts of chunks keep ${what}`, async () => assertEquals((await made(modules)).value, value));
}

Deno.test("scripts of chunks leave a module that asks where it is", async () => {
  const { value, files } = await made({ "a.js": "export const value = typeof import.meta.url;" });
  assertEquals([value, files], ["string", 2]);
});

Deno.test("scripts of chunks refuse an export that changes", async () => {
  await assertRejects(
    () => made({ "a.js": "export let value = 1; export const next = () => value++;" }),
    Error,
    'it assigns to its export "value"',
  );
});
