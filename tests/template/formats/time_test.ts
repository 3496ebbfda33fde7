import { assertEquals, assertThrows } from "@std/assert";
import { dateOfDay, dayOfYear, daysOf, weekdayOf } from "../../../src/template/formats/civil_date.ts";
import { CallError } from "../../../src/template/values/template_error.ts";
import { DEFAULT_LAYOUT, formatTime } from "../../../src/template/formats/time_layout.ts";
import { parsePosixZone } from "../../../src/template/formats/posix_zone.ts";
import {
  addDate,
  formatDuration,
  roundDuration,
  roundTime,
  subtract,
  timeAt,
  truncateTime,
} from "../../../src/template/formats/time.ts";
import { UTC } from "../../../src/template/formats/zone.ts";
import type { Zone } from "../../../src/template/values/go_value.ts";

const BERLIN: Zone = { name: "Local", at: parsePosixZone("CET-1CEST,M3.5.0,M10.5.0/3")! };
const at = (text: string, zone: Zone = UTC) => timeAt(BigInt(Date.parse(text)) * 1_000_000n, zone);
const shown = (time: ReturnType<typeof timeAt>) => formatTime(time, DEFAULT_LAYOUT);

Deno.test("days and dates go back and forth over four thousand years", () => {
  for (let days = -1_200_000; days < 600_000; days += 97) {
    const { year, month, day } = dateOfDay(days);
    const date = new Date(days * 86_400_000);
    assertEquals([year, month, day], [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
    assertEquals(weekdayOf(days), date.getUTCDay());
    assertEquals(daysOf(year, month, day), days);
  }
  assertEquals(dayOfYear(daysOf(2024, 12, 31)), 366);
});

for (
  const [start, step, result] of [
    ["2023-01-31T10:00:00Z", [0n, 1n, 0n], "2023-03-03 10:00:00 +0000 UTC"],
    ["2024-01-31T10:00:00Z", [0n, 1n, 0n], "2024-03-02 10:00:00 +0000 UTC"],
    ["2024-02-29T10:00:00.5Z", [1n, 0n, 0n], "2025-03-01 10:00:00.5 +0000 UTC"],
    ["2024-01-01T00:00:00Z", [0n, -13n, -1n], "2022-11-30 00:00:00 +0000 UTC"],
  ] as const
) {
  Deno.test(`addDate() adds ${step} to ${start}`, () =>
    assertEquals(shown(addDate(at(start), step[0], step[1], step[2])), result));
}

Deno.test("addDate() keeps the clock when summer time begins, and goes past a gap", () => {
  assertEquals(shown(addDate(at("2024-03-30T11:00:00Z", BERLIN), 0n, 0n, 1n)), "2024-03-31 12:00:00 +0200 CEST");
  assertEquals(shown(addDate(at("2024-03-30T01:30:00Z", BERLIN), 0n, 0n, 1n)), "2024-03-31 03:30:00 +0200 CEST");
  assertEquals(shown(addDate(at("2024-10-26T00:30:00Z", BERLIN), 0n, 0n, 1n)), "2024-10-27 02:30:00 +0100 CET");
});

Deno.test("addDate() refuses steps that no calendar has", () => {
  assertThrows(() => addDate(at("2024-01-01T00:00:00Z"), 1n << 62n, 0n, 0n), CallError, "out of range");
});

Deno.test("rounding counts from year 1, half goes up", () => {
  const week = 7n * 86_400_000_000_000n;
  assertEquals(shown(truncateTime(at("2024-02-29T12:00:00Z"), week)), "2024-02-26 00:00:00 +0000 UTC"); // a Monday
  assertEquals(shown(roundTime(at("2024-02-29T12:30:00Z"), 3_600_000_000_000n)), "2024-02-29 13:00:00 +0000 UTC");
  assertEquals(shown(roundTime(at("2024-02-29T12:30:00Z"), 0n)), "2024-02-29 12:30:00 +0000 UTC");
});

Deno.test("a difference that does not fit is the longest duration", () => {
  const difference = subtract(at("2500-01-01T00:00:00Z"), at("1700-01-01T00:00:00Z"));
  assertEquals(formatDuration(difference.number), "2562047h47m16.854775807s");
});

for (
  const [nanoseconds, text] of [
    [0n, "0s"],
    [1n, "1ns"],
    [-1500n, "-1.5µs"],
    [1_500_000n, "1.5ms"],
    [59_999_999_999n, "59.999999999s"],
    [60_000_000_000n, "1m0s"],
    [-90_061_500_000_000n, "-25h1m1.5s"],
    [-9223372036854775808n, "-2562047h47m16.854775808s"],
  ] as const
) {
  Deno.test(`formatDuration() writes ${text}`, () => assertEquals(formatDuration(nanoseconds), text));
}

Deno.test("roundDuration() rounds half away from zero", () => {
  assertEquals([15n, -15n, 14n, 15n].map((span, index) => roundDuration(span, index === 3 ? 0n : 10n).number), [
    20n,
    -20n,
    10n,
    15n,
  ]);
});
