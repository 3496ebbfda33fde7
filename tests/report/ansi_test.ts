import { assertEquals } from "@std/assert";
import { ansiFilter } from "../../src/report/ansi.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const CHUNKS: [name: string, chunks: string[], left: string][] = [
  ["plain text", ["one\n", "two é\n"], "one\ntwo é\n"],
  ["colours", ["\x1b[31;1mred\x1b[0m"], "red"],
  ["cursor movements", ["\r\x1b[2K50%"], "\r50%"],
  ["titles and links", ["\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b"], "ab"],
  ["a sequence cut in two", ["a\x1b", "[3", "1mb\x1b[0", "m"], "ab"],
  ["a title cut before its end", ["a\x1b]0;ti", "tle\x1b", "\\b"], "ab"],
  ["an escape that begins no sequence", ["a\x1b5b"], "a\x1b5b"],
];
for (const [name, chunks, left] of CHUNKS) {
  Deno.test(`ansiFilter() with ${name}`, () => {
    const filter = ansiFilter();
    const text = chunks.map((chunk) => new TextDecoder().decode(filter(bytes(chunk)))).join("");
    assertEquals(text, left);
  });
}

Deno.test("ansiFilter() keeps bytes that are no text", () => {
  const binary = Uint8Array.from([0, 255, 128, 10, 13, 200]);
  assertEquals(ansiFilter()(binary), binary);
  assertEquals(ansiFilter()(Uint8Array.from([27, 91, 109, 255, 128])), Uint8Array.from([255, 128]));
});

Deno.test("ansiFilter() does not hold back for ever what looks like an endless title", () => {
  const filter = ansiFilter();
  assertEquals(filter(bytes(`\x1b]0;${"x".repeat(5_000)}`)).length, 5_004);
});
