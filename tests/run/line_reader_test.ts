import { assertEquals } from "@std/assert";
import { ANALYSED_LENGTH, lineReader } from "../../src/run/line_reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("lineReader() finds lines across pieces, and characters too", () => {
  const reader = lineReader();
  const [start, end] = [bytes("é").subarray(0, 1), bytes("é").subarray(1)];
  assertEquals([
    reader.add(bytes("one\n\nt")),
    reader.add(start),
    reader.add(end),
    reader.add(bytes("o\nrest")),
    reader.end(),
  ], [
    ["one", ""],
    [],
    [],
    ["téo"],
    ["rest"],
  ]);
  assertEquals(reader.end(), []);
});

Deno.test("lineReader() keeps the first 65,536 characters of a line and finds the next one", () => {
  const reader = lineReader();
  const piece = bytes("x".repeat(50_000));
  reader.add(piece);
  reader.add(piece);
  const [long, next] = reader.add(bytes("x\nnext\n"));
  assertEquals([long?.length, next], [ANALYSED_LENGTH, "next"]);
});

Deno.test("lineReader() gives a line with a mark that arrives in pieces, and leaves out what has none", () => {
  const reader = lineReader("mark");
  assertEquals([
    reader.add(bytes("one\ntwo\nthe ma")),
    reader.add(bytes("rk\nno\n")),
    reader.add(bytes("no\n")),
    reader.add(bytes("a mark")),
    reader.end(),
  ], [[], ["the mark", "no"], [], [], ["a mark"]]);
});
