import { assertEquals, assertThrows } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { settleProfile, splitWord } from "../../src/cli/split_word.ts";
import { UsageError } from "../../src/cli/usage_error.ts";

const known = (name: string) => ["other", "a.b", "y"].includes(name);

const WORDS: [word: string, profile: string, command: string][] = [
  ["snapshots", "from-env", "snapshots"],
  ["other.snapshots", "other", "snapshots"],
  ["a.b.snapshots", "a.b", "snapshots"],
  ["snapshots@other", "other", "snapshots"],
  ["snapshots@a@b", "a@b", "snapshots"],
  ["other.", "other", ""],
  ["@other", "other", ""],
  [".snapshots", "default", "snapshots"],
  ["snapshots@", "default", "snapshots"],
  ["", "from-env", ""],
  ["snapshots@a.b", "a.b", "snapshots"],
  ["snapshots@c.d", "snapshots@c", "d"],
];
for (const [word, profile, command] of WORDS) {
  Deno.test(`splitWord() of "${word}"`, () => assertEquals(splitWord(word, "from-env", known), { profile, command }));
}

Deno.test("splitWord() without known names cuts at the dot", () => {
  assertEquals(splitWord("snapshots@a.b", "default"), { profile: "snapshots@a", command: "b" });
});

Deno.test("settleProfile() keeps a word whole with --name, unless it names a profile as well", () => {
  const whole = parseInvocation(["-n", "x", "z.snapshots"], {});
  assertEquals(settleProfile(whole, known), whole);
  assertThrows(() => settleProfile(parseInvocation(["-n", "x", "y.snapshots"], {}), known), UsageError, "y.snapshots");
});
