import { assertEquals, assertThrows } from "@std/assert";
import { describeTimes } from "../../src/schedule/job_times.ts";

const JOB = { command: "backup", name: "home" };
const NOW = Date.UTC(2026, 10, 23, 12, 34, 56);
const PARIS = () => 3_600_000;

Deno.test("describeTimes() shows what was written, its normal form and the next time, local and UTC", () => {
  assertEquals(
    describeTimes(JOB, ["Tue 10:00"], NOW, PARIS),
    `backup@home
  time:         Tue 10:00
  normal form:  Tue *-*-* 10:00:00
  next:         2026-11-24 10:00:00
  in UTC:       2026-11-24 09:00:00
  from now:     20h25m4s
`,
  );
});

Deno.test("describeTimes() counts several times, and says that there is no next", () => {
  const text = describeTimes(JOB, ["2020-01-01", "@1800000000"], NOW, PARIS);
  assertEquals(text.match(/backup@home \(\d\/2\)/g), ["backup@home (1/2)", "backup@home (2/2)"]);
  assertEquals(text.match(/next: .*|from now: .*/g), [
    "next:         never again",
    "next:         2027-01-15 09:00:00",
    "from now:     52 days 19h25m4s",
  ]);
});

Deno.test("describeTimes() refuses a time that cannot be read", () => {
  assertThrows(() => describeTimes(JOB, ["never"], NOW, PARIS), SyntaxError, '"never"');
});
