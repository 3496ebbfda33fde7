import { assertEquals } from "@std/assert";
import { printable } from "../../src/model/printable.ts";

for (
  const [text, shown] of [
    ["a\x1b[2Jb", "a\ufffd[2Jb"],
    ["C1 \x9b31m and \x7f", "C1 \ufffd31m and \ufffd"],
    ["lines\r\nand\ttabs\n", "lines\nand\ttabs\n"],
    ["a lone \r", "a lone \ufffd"],
    ["é ×××", "é ×××"],
  ] as const
) {
  Deno.test(`printable() of ${JSON.stringify(text)}`, () => assertEquals(printable(text), shown));
}
