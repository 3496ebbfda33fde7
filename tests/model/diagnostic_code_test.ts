import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIAGNOSTIC_CODES } from "../../src/model/diagnostic_code.ts";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));
const TABLE = join(SOURCES, "model", "diagnostic_code.ts");

async function* modulesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* modulesIn(path);
    else if (name.endsWith(".ts") && path !== TABLE) yield path;
  }
}

/** As a field, or as an argument behind the place that the problem is at. */
const MADE =
  /(?:\bcode: |\b(?:nodeError|nodeWarning|configError|wrong|warning)\((?:[^"'`()[\]]|\[[^\]]*\])*)"([a-z]+(?:-[a-z]+)*)"/g;

async function codesMade(): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  for await (const path of modulesIn(SOURCES)) {
    for (const [, code = ""] of (await Deno.readTextFile(path)).matchAll(MADE)) made.add(code);
  }
  return made;
}

Deno.test("every code of a diagnostic is made somewhere", async () => {
  const made = await codesMade();
  assertEquals(Object.keys(DIAGNOSTIC_CODES).filter((code) => !made.has(code)), []);
});

for (const [code, doc] of Object.entries(DIAGNOSTIC_CODES)) {
  Deno.test(`diagnostic code: ${code}`, () => {
    assertMatch(code, /^[a-z]+(?:-[a-z]+)*$/);
    assertMatch(doc, /^(?:[A-Z]|restic ).*[^.]$/);
    assert(doc.length <= 100, doc);
  });
}
