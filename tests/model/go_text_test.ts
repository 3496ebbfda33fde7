import { assertEquals } from "@std/assert";
import { parseBoolean } from "../../src/model/go_text.ts";

for (
  const [text, value] of [
    ["1", true],
    ["t", true],
    ["True", true],
    ["TRUE", true],
    ["0", false],
    ["F", false],
    ["false", false],
    ["tRUE", undefined],
    ["yes", undefined],
    ["", undefined],
    [" true", undefined],
  ] as const
) {
  Deno.test(`parseBoolean() reads "${text}" as ${value}`, () => assertEquals(parseBoolean(text), value));
}
