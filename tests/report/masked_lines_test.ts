import { assert, assertEquals } from "@std/assert";
import { masker } from "../../src/model/mask.ts";
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

for (
  const [what, line] of [
    ["a secret", `${"x".repeat(20_000)}hidden-word${"y".repeat(20_000)}`],
    ["secrets one behind another", "hidden-word".repeat(3_000)],
    ["a long secret", `${"z".repeat(9_000)}hidden-${"k".repeat(9_000)}${"y".repeat(9_000)}`],
    ["a URL", `${"é".repeat(9_000)} https://me:pw@host ${"é".repeat(9_000)}`],
    ["an endless URL", `https://me:${"p@".repeat(30_000)}`],
  ] as const
) {
  for (const size of [1_000, 4_095, 8_193, 30_000]) {
    Deno.test(`maskedLines() cuts a long line, never through ${what}, in chunks of ${size} bytes`, () => {
      const mask = masker({ A_TOKEN: "hidden-word", B_TOKEN: `hidden-${"k".repeat(9_000)}` });
      const lines = maskedLines();
      const all = bytes(line);
      const decoder = new TextDecoder();
      let text = "";
      for (let at = 0; at < all.length; at += size) {
        text += decoder.decode(lines.take(all.subarray(at, at + size), mask)); // a character in two parts would be lost
      }
      const before = text.length;
      text += decoder.decode(lines.rest());
      if (what !== "an endless URL") assertEquals(text, mask(line));
      assert(before > 0, "all of it was held back");
    });
  }
}
