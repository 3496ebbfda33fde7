import { assertEquals } from "@std/assert";
import { lastLines } from "../../src/model/last_lines.ts";
import { tail } from "../../src/run/tail.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

for (
  const { text, limit, kept } of [
    { text: "", limit: 4, kept: "" },
    { text: "abcd", limit: 4, kept: "abcd" },
    { text: "one\ntwo\n", limit: 4, kept: "two\n" },
    { text: "one\ntwo\n", limit: 5, kept: "two\n" },
    { text: "one\ntwo\nthree", limit: 9, kept: "two\nthree" },
    { text: "endless line\n", limit: 5, kept: "line\n" },
    { text: "aéé", limit: 3, kept: "é" },
  ]
) {
  Deno.test(`the tail of ${JSON.stringify(text)} in ${limit} bytes is ${JSON.stringify(kept)}, however it comes`, () => {
    assertEquals(lastLines(text, limit), kept);
    const whole = tail(limit);
    whole.add(bytes(text));
    const single = tail(limit);
    for (const byte of bytes(text)) single.add(Uint8Array.of(byte));
    assertEquals([whole.text(), single.text()], [kept, kept]);
  });
}

Deno.test("a tail of megabytes costs its limit", () => {
  const kept = tail(1024);
  const line = bytes("x".repeat(99) + "\n");
  for (let n = 0; n < 20_000; n++) kept.add(line);
  assertEquals(kept.text(), ("x".repeat(99) + "\n").repeat(10));
});
