import { assertEquals } from "@std/assert";
import { maskedLines } from "../../src/report/masked_lines.ts";

const hide = (text: string) => text.replaceAll("hidden", "×××");
const bytes = (text: string) => new TextEncoder().encode(text);

for (
  const [what, chunks, written] of [
    ["a secret that two chunks share", ["a hid", "den b\n"], ["", "a ××× b\n", ""]],
    ["progress that ends with carriage returns", ["1 hidden\r2 hid", "den\r"], ["1 ×××\r", "2 ×××\r", ""]],
    ["a line that does not end", ["hid", "den"], ["", "", "×××"]],
    ["a long line, which is not kept", ["x".repeat(9_000), "y\n"], ["x".repeat(9_000), "y\n", ""]],
  ] as const
) {
  Deno.test(`maskedLines() hides, line by line: ${what}`, () => {
    const lines = maskedLines();
    const buffer = new Uint8Array(10_000); // used again for each chunk, as readers do
    const taken = chunks.map((chunk) => {
      buffer.set(bytes(chunk));
      return new TextDecoder().decode(lines.take(buffer.subarray(0, chunk.length), hide));
    });
    assertEquals([...taken, new TextDecoder().decode(lines.rest())], [...written]);
  });
}

Deno.test("maskedLines() leaves bytes that are no text as they are, and holds nothing where nothing is secret", () => {
  const odd = Uint8Array.from([0xff, 0xc3, 0x0a]);
  assertEquals([maskedLines().take(odd, hide), maskedLines().take(odd.subarray(0, 2), undefined)], [
    odd,
    odd.subarray(0, 2),
  ]);
});
