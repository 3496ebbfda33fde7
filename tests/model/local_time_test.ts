import { assertEquals } from "@std/assert";
import { logStamp, rfc3339, syslogStamp } from "../../src/model/local_time.ts";

/** The local time as its parts, so that the tests hold in every zone. */
function local(year: number, month: number, day: number, hour: number, minute: number, second: number, ms = 0): number {
  return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
}

Deno.test("logStamp() is the date and time of log lines", () => {
  assertEquals(logStamp(local(2026, 1, 2, 3, 4, 5, 999)), "2026/01/02 03:04:05");
});

Deno.test("syslogStamp() pads the day with a blank", () => {
  assertEquals(syslogStamp(local(2026, 11, 3, 23, 45, 5)), "Nov  3 23:45:05");
});

for (
  const [ms, fraction, text] of [
    [0, true, ""],
    [120, true, ".12"],
    [7, true, ".007"],
    [120, false, ""],
  ] as const
) {
  Deno.test(`rfc3339() of ${ms} ms, ${fraction ? "with" : "without"} decimals`, () => {
    const at = local(2026, 11, 23, 12, 34, 56, ms);
    const written = rfc3339(at, fraction);
    assertEquals(written.replace(/(Z|[+-]\d\d:\d\d)$/, ""), `2026-11-23T12:34:56${text}`);
    assertEquals(Date.parse(written), fraction ? at : at - ms);
  });
}
