import { assertEquals, assertThrows } from "@std/assert";
import { formatCalendar, parseCalendar } from "../../../src/schedule/calendar/calendar_event.ts";
import { nextElapse } from "../../../src/schedule/calendar/next_elapse.ts";
import { offsetOfZone } from "../../../src/schedule/calendar/zone_offsets.ts";

interface Vector {
  readonly expression: string;
  readonly normalized: string;
  readonly error?: true;
  readonly from: string;
  /** Absent for fractions of seconds. */
  readonly next?: readonly string[];
  readonly tz?: string;
}

const VECTORS: readonly Vector[] = JSON.parse(
  Deno.readTextFileSync(new URL("../../conformance/calendar-vectors.json", import.meta.url)),
);

for (const { expression, normalized, error, from, next, tz = "UTC" } of VECTORS) {
  if (error) {
    Deno.test(`parseCalendar() refuses "${expression}"`, () => {
      assertThrows(() => parseCalendar(expression), SyntaxError, `Cannot read calendar expression "${expression}": `);
    });
    continue;
  }
  Deno.test(`formatCalendar() of "${expression}"`, () => {
    assertEquals(formatCalendar(parseCalendar(expression)), normalized);
    assertEquals(formatCalendar(parseCalendar(normalized)), normalized);
  });
  if (next === undefined) continue;
  Deno.test(`nextElapse() of "${expression}" in ${tz} from ${from}`, () => {
    const event = parseCalendar(expression);
    const offset = offsetOfZone(event.zone ?? tz);
    const found: string[] = [];
    for (let at: number | undefined = Date.parse(from); found.length < 3;) {
      at = nextElapse(event, at, offset);
      if (at === undefined) break;
      found.push(new Date(at).toISOString().replace(".000Z", "Z"));
    }
    assertEquals(found, next);
  });
}

for (
  const [text, reason] of [
    ["daily CEST", 'after "daily" there can be a time zone alone, and "CEST" is the name of none'],
    ["Weekly at noon", 'after "Weekly" there can be a time zone alone, and "at" is the name of none'],
    ["12:00 MESZ", '"MESZ" is neither weekday, date, time nor time zone at its place'],
    ["Dayly 12:00", '"Dayly" is not a day of the week'],
  ] as const
) {
  Deno.test(`parseCalendar() tells what is wrong with "${text}"`, () => {
    assertThrows(() => parseCalendar(text), SyntaxError, `Cannot read calendar expression "${text}": ${reason}`);
  });
}

Deno.test("any day from the end of the month is any day", () => {
  assertEquals(formatCalendar(parseCalendar("*-3~* 10:00")), "*-03-* 10:00:00");
});

Deno.test("nextElapse() finds fractions of seconds", () => {
  const from = Date.UTC(2026, 0, 1, 0, 0, 0);
  assertEquals(nextElapse(parseCalendar("*:*:0/0.25"), from, offsetOfZone("UTC")), from + 250);
});

Deno.test("nextElapse() does not leave the hour with the last second of it", () => {
  const from = Date.UTC(2026, 0, 1, 10, 59, 59);
  assertEquals(nextElapse(parseCalendar("10:59:*"), from, offsetOfZone("UTC")), Date.UTC(2026, 0, 2, 10, 59, 0));
});

Deno.test("nextElapse() gives up quickly on a day that never comes", () => {
  assertEquals(nextElapse(parseCalendar("*-02-30"), Date.UTC(2026, 0, 1), offsetOfZone("UTC")), undefined);
});
