import { assertEquals, assertThrows } from "@std/assert";
import { formatDuration, parseDuration, wholeSeconds } from "../../src/model/duration.ts";

for (
  const [text, ms] of [
    ["30s", 30_000],
    ["1h5m30s", 3_930_000],
    ["1.5s", 1_500],
    ["150ms", 150],
    ["1s727.5ms", 1_727.5],
    ["2545h3m23.2s", 9_162_203_200],
    ["-5m", -300_000],
    ["0", 0],
    ["1us", 1e-3],
  ] as const
) {
  Deno.test(`parseDuration() reads "${text}"`, () => assertEquals(parseDuration(text), ms));
}

for (const text of ["", "5", "soon", "5 m", "1d", "m", "1.2.3s"]) {
  Deno.test(`parseDuration() refuses "${text}"`, () => {
    assertThrows(() => parseDuration(text), SyntaxError, text);
  });
}

for (
  const [ms, text] of [
    [0, "0s"],
    [1_500, "1.5s"],
    [60_000, "1m0s"],
    [3_600_000, "1h0m0s"],
    [250, "250ms"],
    [0.5, "500µs"],
    [-1_000, "-1s"],
  ] as const
) {
  Deno.test(`formatDuration() writes "${text}"`, () => assertEquals(formatDuration(ms), text));
}

for (const [ms, text] of [[15_984.8, "16s"], [1, "1s"], [60_000, "1m0s"]] as const) {
  Deno.test(`wholeSeconds() of ${ms} ms is ${text}`, () => assertEquals(wholeSeconds(ms), text));
}
