import { assertEquals } from "@std/assert";
import { maskedExcerpts } from "../../../src/config/nodes/masked_excerpt.ts";

for (
  const [text, place, wanted] of [
    ["default:\n  lcok: x\n", "2:3", "  lcok: x\n  ^"],
    ["a = 1\r\nb = 2\r\n", "2:5", "b = 2\n    ^"],
    ["{ MY_KEY: hidden, lcok: x }", "1:19", "{ MY_KEY: ×××, lcok: x }\n               ^"],
    ["{ MY_KEY: hidden, lcok: x }", "1:13", "{ MY_KEY: ×××, lcok: x }\n          ^"],
    [
      "send-after: { url: http://h/hidden, methods: x }",
      "1:37",
      "send-after: { url: ×××, methods: x }\n                        ^",
    ],
    ['send-after = { url = "http://h/hidden", methods = "x" }', "1:1", 'send-after = { url = ×××, methods = "x" }\n^'],
    ["prometheus-push: http://h/hidden", "1:1", "prometheus-push: ×××\n^"],
    ["{ env: { A: hidden, B: hidden }, lcok: x }", "1:34", "{ env: {×××}, lcok: x }\n              ^"],
    ["a { env { A = hidden } }", "1:1", "a { env {×××} }\n^"],
    ["{ env.A = hidden, lcok = x }", "1:19", "{ env.A = ×××, lcok = x }\n               ^"],
    ["x: |\n  a\nMY_KEY: |\n  hidden\nlcok: x", "5:1", "lcok: x\n^"],
    ["MY_KEY: |\n  hidden", "2:3", "  ×××\n  ^"],
    ["repository: rest:https://me:hidden@h/", "1:1", "repository: rest:https://me:×××@h/\n^"],
  ] as const
) {
  Deno.test(`the line of ${place} in ${JSON.stringify(text)}`, () => {
    const [line = 1, column = 1] = place.split(":").map(Number);
    assertEquals(maskedExcerpts(text)({ path: "p", line, column }), wanted);
  });
}

Deno.test("a line of megabytes is cut around each of its ten thousand places", () => {
  const part = "{ MY_KEY: hidden, lcok: x }, ";
  const read = maskedExcerpts(part.repeat(10_000));
  for (let index = 0; index < 10_000; index++) {
    const shown = read({ path: "p", line: 1, column: index * part.length + 19 }) ?? "";
    if (shown.includes("hidden") || shown.length > 410) throw new Error(shown);
  }
});

Deno.test("a text that is too large to be masked in no time has no lines to show", () => {
  assertEquals(maskedExcerpts(" ".repeat(2 ** 22 + 1))({ path: "p", line: 1, column: 1 }), undefined);
});
