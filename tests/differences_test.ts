/** The tests that `differences.ts` names are there, and are not ignored. */
import { assert, assertEquals } from "@std/assert";
import { DIFFERENCES } from "./differences.ts";
import { makeFolder } from "./support/folder.ts";
import { recordedTests } from "./support/recorded_tests.ts";

const HERE = new URL(".", import.meta.url).pathname;

/** @param test `FILE: TITLE` */
function parts(test: string): { file: string; title: string } {
  const end = test.indexOf(": ");
  return { file: test.slice(0, end), title: test.slice(end + 2) };
}

const rows = Object.entries(DIFFERENCES).flatMap(([subject, differences]) =>
  Object.entries(differences).map(([difference, tests]) => ({ subject, difference, tests: tests.map(parts) }))
);

Deno.test("each difference to the original has a test that runs", async () => {
  const files = new Set(rows.flatMap(({ tests }) => tests).map(({ file }) => `${HERE}${file}`));
  const recorded = await recordedTests([...files]);
  for (const { subject, difference, tests } of rows) {
    assert(tests.length > 0, `${subject}, ${difference}: no test`);
    for (const { file, title } of tests) {
      assert(recorded.get(HERE + file)?.has(title), `${subject}, ${difference}: ${file} runs no test "${title}"`);
    }
  }
});

Deno.test("recorded are all forms of tests but those that are ignored", async () => {
  const calls = [
    'Deno.test("by name", () => {})',
    'Deno.test({ name: "by options", fn() {} })',
    'Deno.test("with options", { permissions: "none" }, () => {})',
    'Deno.test({ name: "options first" }, () => {})',
    "Deno.test(function ofFunction() {})",
    'Deno.test({ name: "ignored", ignore: true, fn() {} })',
    'Deno.test.ignore("ignored too", () => {})',
  ];
  using folder = makeFolder({ "x.js": calls.join(";\n") });
  const path = `${folder.path}/x.js`;
  assertEquals([...(await recordedTests([path])).get(path)!], [
    "by name",
    "by options",
    "with options",
    "options first",
    "ofFunction",
  ]);
});
