import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import plugin, { MAY_IMPORT } from "../../scripts/lint_plugin.ts";

/** Ids of the rules that a module of that path breaks, in the order of the text. */
function broken(path: string, text: string): string[] {
  return Deno.lint.runPlugin(plugin, fileURLToPath(new URL(`../../${path}`, import.meta.url)), text)
    .map(({ id }) => id.replace("resticprofile/", ""));
}

const direction = "import-direction";
const machine = "only-platform-touches-the-machine";

for (
  const [what, path, text, ids] of [
    ["a folder further down", "src/config/load.ts", 'import { Secret } from "../model/secret.ts";', []],
    ["its own folder", "src/model/value.ts", 'import { Secret } from "./secret.ts";', []],
    ["its own folder from below", "src/config/formats/toml.ts", 'import { load } from "../load.ts";', []],
    ["a package", "src/model/value.ts", 'import { parse } from "@std/toml";', []],
    ["anything from main", "src/main.ts", 'import { run } from "./commands/run.ts";', []],
    ["a folder further up", "src/model/value.ts", 'import { load } from "../config/load.ts";', [direction]],
    ["a type further up", "src/plan/plan.ts", 'import type { World } from "../platform/world.ts";', [direction]],
    ["a folder further up, late", "src/cli/help.ts", 'const m = await import("../run/run.ts");', [direction]],
    ["a name of a folder further up", "src/hooks/a.ts", 'export { b } from "../plan/b.ts";', [direction]],
    ["main", "src/commands/run.ts", 'import { main } from "../main.ts";', [direction]],
    ["out of an unknown folder", "src/utils/text.ts", 'import { Secret } from "../model/secret.ts";', [direction]],
    ["an earlier room", "src/template/formats/print.ts", 'import { list } from "../values/go_value.ts";', []],
    ["a file in no room", "src/template/values/bytes.ts", 'import { x } from "../expand_variables.ts";', []],
    ["a room from a file in none", "src/template/expand_variables.ts", 'import { x } from "./language/x.ts";', []],
    ["a later room", "src/template/values/bytes.ts", 'import { print } from "../formats/print.ts";', [direction]],
    ["a type of a later room", "src/template/data/a.ts", 'import type { A } from "../language/a.ts";', [direction]],
    ["a source from a test", "tests/run/run_test.ts", 'import { run } from "../../src/run/run.ts";', []],
  ] as const
) {
  Deno.test(`import-direction: ${ids.length ? "refuses" : "accepts"} ${what}`, () => {
    assertEquals(broken(path, text), [...ids]);
  });
}

for (
  const [what, path, text, ids] of [
    ["Deno.* in the platform", "src/platform/deno.ts", "Deno.cwd();", []],
    ["Deno.* in main", "src/main.ts", "Deno.exit(0);", []],
    ["Deno.* in a script", "scripts/test.ts", "Deno.exit(0);", []],
    ["a property called Deno", "src/run/loop.ts", "tools.Deno.start();", []],
    ["Deno.* elsewhere", "src/run/loop.ts", "Deno.exit(0);", [machine]],
    ["a type of Deno elsewhere", "src/run/loop.ts", "let signal: Deno.Signal;", [machine]],
    ["a part of Deno elsewhere", "src/run/loop.ts", "const { exit } = Deno;", [machine]],
    ["node: elsewhere", "src/run/loop.ts", 'import process from "node:process";', [machine]],
    ["node: elsewhere, late", "src/run/loop.ts", 'const { tmpdir } = await import("node:os");', [machine]],
  ] as const
) {
  Deno.test(`only-platform-touches-the-machine: ${ids.length ? "refuses" : "accepts"} ${what}`, () => {
    assertEquals(broken(path, text), [...ids]);
  });
}

Deno.test("no-export-star: refuses it everywhere", () => {
  assertEquals(broken("src/model/model.ts", 'export * from "./value.ts";'), ["no-export-star"]);
  assertEquals(broken("tests/support/all.ts", 'export * as tools from "./tools.ts";'), ["no-export-star"]);
});

Deno.test("no-copied-world: refuses it in the sources, and accepts the parts of one", () => {
  assertEquals(broken("src/run/loop.ts", "const other = { ...world, env };"), ["no-copied-world"]);
  assertEquals(broken("src/run/loop.ts", "const env = { ...world.env, A: '1' };"), []);
  assertEquals(broken("tests/run/loop_test.ts", "const other = { ...world, env };"), []);
});

Deno.test("the import table has no cycle", () => {
  const above = (folder: string, seen: readonly string[] = []): boolean =>
    seen.includes(folder) || (MAY_IMPORT[folder] ?? []).some((next) => above(next, [...seen, folder]));
  assertEquals(Object.keys(MAY_IMPORT).filter((folder) => above(folder)), []);
});

for (
  const [what, path, text, ids] of [
    ["an idiom in a message", "src/run/a.ts", 'throw new Error("it is no file");', ["plain-words"]],
    ["an idiom in a template", "src/run/a.ts", "say(`nobody reads ${name}`);", ["plain-words"]],
    ["an idiom in a comment", "src/run/a.ts", "// Whoever calls this waits.", ["plain-words"]],
    ["an idiom over two lines of a comment", "src/run/a.ts", "/**\n * A path is\n * no name.\n */", ["plain-words"]],
    [
      "words that look like one",
      "src/run/a.ts",
      '// It is no longer there: there is no lock, "no" stands for false.',
      [],
    ],
    ["a question", "src/run/a.ts", 'ask("Is there a repository?");', []],
    ["what a test quotes", "tests/run/a_test.ts", 'const text = "it is no file";', []],
  ] as const
) {
  Deno.test(`plain-words: ${ids.length ? "refuses" : "accepts"} ${what}`, () => {
    assertEquals(broken(path, text), [...ids]);
  });
}
