import { assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { conformanceCases, denoTests, SMOKE_CASES, SMOKE_TESTS } from "../../scripts/test.ts";

for (
  const [what, output, success, passed, failed] of [
    ["success", "a ... ok (1ms)\n\nok | 21 passed | 0 failed (34ms)\n", true, 21, 0],
    ["steps", "ok | 2 passed (7 steps) | 0 failed (1s)\n", true, 2, 0],
    ["failures", "FAILED | 19 passed | 2 failed (56ms)\n", false, 19, 2],
    ["a crash before any test", "error: Module not found\n", false, 0, 1],
    ["a bad end after good tests", "ok | 3 passed | 0 failed (1s)\nerror: leak\n", false, 3, 1],
    ["a run without a test", "ok | 0 passed | 0 failed (0ms)\n", true, 0, 1],
  ] as const
) {
  Deno.test(`denoTests() counts ${what}`, () => assertEquals(denoTests(output, success), { passed, failed }));
}

for (
  const [what, output, success, passed, failed] of [
    ["success", "ok    hooks/a.txtar\n45 passed, 0 failed\n", true, 45, 0],
    ["failures", "FAIL  hooks/a.txtar\n      3 passed, 0 failed\n44 passed, 1 failed\n", false, 44, 1],
    ["a summary that the program printed", "9 passed, 0 failed\n44 passed, 1 failed\n", false, 44, 1],
    ["a crash", "error: no openssl\n", false, 0, 1],
  ] as const
) {
  Deno.test(`conformanceCases() counts ${what}`, () => {
    assertEquals(conformanceCases(output, success), { passed, failed });
  });
}

Deno.test("the source runs cases of every area, and only cases and tests that are there", () => {
  const areas = [...Deno.readDirSync("tests/conformance/cases")].map(({ name }) => name);
  assertEquals(areas.filter((area) => !SMOKE_CASES.some((path) => path.includes(`/cases/${area}/`))), []);
  assertEquals([...SMOKE_CASES, ...SMOKE_TESTS].filter((path) => !existsSync(path)), []);
});
