import { assertEquals } from "@std/assert";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { excerptOf } from "../../src/model/excerpt.ts";

for (
  const [name, line, column, excerpt] of [
    ["a line as it is", "b: 2", 4, "b: 2\n   ^"],
    ["tabs below tabs", "\tb: 2", 2, "\tb: 2\n\t^"],
    ["a place behind the end", "", 1, "\n^"],
    [
      "what stands around the place in a long line",
      `${"a".repeat(200)}X${"b".repeat(200)}`,
      201,
      [
        `…${"a".repeat(100)}X${"b".repeat(99)}…`,
        `${" ".repeat(101)}^`,
      ].join("\n"),
    ],
  ] as const
) {
  Deno.test(`excerptOf() shows ${name}`, () => {
    assertEquals(excerptOf(line, column), excerpt);
  });
}

Deno.test("formatDiagnostic() lets no control character through to the terminal", () => {
  const text = formatDiagnostic({
    code: "unknown-key",
    severity: "warning",
    message: 'Unknown key "\x1b[31m\x9b"',
    hint: "a\r\n\tb",
  });
  assertEquals(text, 'warning: Unknown key "\ufffd[31m\ufffd"\n  hint: a\ufffd\n  \tb');
});
