import { assertEquals } from "@std/assert";
import { byteLength, compareText, fromBytes, toBytes, wellFormed } from "../../../src/template/values/bytes.ts";

Deno.test("bytes that are no UTF-8 survive, and make their character when they meet again", () => {
  const [first, second] = [fromBytes(Uint8Array.of(0xc3)), fromBytes(Uint8Array.of(0xa9))];
  assertEquals([...toBytes(`${first}x`)], [0xc3, 0x78]);
  assertEquals(wellFormed(first + second), "é");
  assertEquals(wellFormed(`${first}x`), "\ufffdx");
});

Deno.test("fromBytes() keeps characters around a stray byte, and a byte order mark", () => {
  const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0xff, 0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f);
  const text = fromBytes(bytes);
  assertEquals(text, "\ufeffé\udcff😀\udcf0\udc9f");
  assertEquals(toBytes(text), bytes);
});

Deno.test("byteLength() counts UTF-8", () => {
  assertEquals(["", "abc", "é世😀"].map(byteLength), [0, 3, 9]);
});

Deno.test("compareText() orders by code points, not by UTF-16 units", () => {
  const sorted = ["", "A", "a", "ab", "é", "\uffff", "😀"];
  assertEquals([...sorted].reverse().sort(compareText), sorted);
});
