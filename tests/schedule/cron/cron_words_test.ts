import { assertEquals } from "@std/assert";
import { cronWord, cronWords } from "../../../src/schedule/cron/cron_words.ts";

for (
  const [word, written] of [
    ["home", "home"],
    ["50%", "50\\%"],
    ["my 50% disk", '"my 50"\\%" disk"'],
    ["% of it", '\\%" of it"'],
    ["all of 100%", '"all of 100"\\%'],
    ["a %% b", '"a "\\%\\%" b"'],
    ['"$x`%', '"\\"\\$x\\`"\\%'],
    ["a\\b", `"a"'\\'"b"`],
    ["a\\\\$b\\", `"a"'\\''\\'"\\$b"'\\'`],
    ["\\%", `'\\'\\%`],
    ["~/%", '"~/"\\%'],
    ["%", "\\%"],
    ["", '""'],
  ] as const
) {
  Deno.test(`cronWord() of ${JSON.stringify(word)} means the same for every cron`, () => {
    assertEquals(cronWord(word), written);
    assertEquals(cronWords(`x ${written} y`), ["x", word, "y"]);
    assertEquals(written.includes("\\\\"), false); // of which Debian's makes one
  });
}

Deno.test("cronWords() reads lines of before, with percent signs and backslashes inside of quotes", () => {
  assertEquals(cronWords('cd "/a b 50\\% \\\\x"'), ["cd", "/a b 50% \\x"]);
});
