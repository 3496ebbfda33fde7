import { assertEquals } from "@std/assert";
import { decodeText } from "../../src/model/decode.ts";

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const utf16 = (text: string, bigEndian: boolean) =>
  [...text].flatMap((character) => {
    const code = character.charCodeAt(0);
    return bigEndian ? [code >> 8, code & 0xff] : [code & 0xff, code >> 8];
  });

const CASES: readonly (readonly [what: string, bytes: readonly number[], text: string])[] = [
  ["nothing", [], ""],
  ["UTF-8", utf8("é ü 😀"), "é ü 😀"],
  ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, ...utf8("é")], "é"],
  ["UTF-8 with a mark and a wrong byte", [0xef, 0xbb, 0xbf, 0x61, 0xe9], "a\ufffd"],
  ["UTF-16 LE with a mark", [0xff, 0xfe, ...utf16("aé", false)], "aé"],
  ["UTF-16 BE with a mark", [0xfe, 0xff, ...utf16("aé", true)], "aé"],
  ["UTF-16 without a mark as UTF-8", utf16("ab", false), "a\0b\0"],
  ["ISO 8859-1", [0x61, 0xe9, 0xfc], "aéü"],
  ["ISO 8859-1, not windows-1252", [0x80, 0x93, 0xe9], "\u0080\u0093é"],
  ["a character that is cut off at the end as ISO 8859-1", [0x61, 0xc3], "aÃ"],
  ["CR LF as it is", utf8("a\r\nb"), "a\r\nb"],
];
for (const [what, bytes, text] of CASES) {
  Deno.test(`decodeText() reads ${what}`, () => assertEquals(decodeText(Uint8Array.from(bytes)), text));
}

Deno.test("decodeText() looks at the first 128 KiB only", () => {
  const bytes = new Uint8Array(128 * 1024 + 1).fill(0x61);
  bytes[128 * 1024] = 0xe9;
  assertEquals(decodeText(bytes).at(-1), "\ufffd");
  bytes[100_000] = 0xe9;
  assertEquals(decodeText(bytes).at(-1), "é");
});

Deno.test("decodeText() takes a character across the 128 KiB for what it is", () => {
  const text = "a".repeat(128 * 1024 - 1) + "é";
  assertEquals(decodeText(new TextEncoder().encode(text)), text);
});

Deno.test("decodeText() reads a large ISO 8859-1 file whole", () => {
  assertEquals(decodeText(new Uint8Array(300_000).fill(0xe9)), "é".repeat(300_000));
});
