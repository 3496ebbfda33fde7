import { assertEquals, assertThrows } from "@std/assert";
import { parseSyslog } from "./syslog_message.ts";

Deno.test("parseSyslog() reads both forms", () => {
  assertEquals(parseSyslog("<14>2026-11-23T23:45:01Z nas1 resticprofile[28179]: it's: fine", "network"), {
    facility: 1,
    severity: 6,
    time: "2026-11-23T23:45:01Z",
    host: "nas1",
    tag: "resticprofile",
    pid: 28179,
    text: "it's: fine",
  });
  const { severity, host } = parseSyslog("<11>Nov  3 23:45:05 resticprofile[1]: é", "local");
  assertEquals([severity, host], [3, undefined]);
});

for (
  const [what, text, form] of [
    ["an empty message", "<14>2026-11-23T23:45:01Z nas1 a[1]:  ", "network"],
    ["two lines", "<14>2026-11-23T23:45:01Z nas1 a[1]: x\ny", "network"],
    ["a priority out of range", "<192>2026-11-23T23:45:01Z nas1 a[1]: x", "network"],
    ["a priority with zeros", "<014>2026-11-23T23:45:01Z nas1 a[1]: x", "network"],
    ["a time that is none", "<14>2026-11-99T23:45:01Z nas1 a[1]: x", "network"],
    ["no host", "<14>2026-11-23T23:45:01Z a[1]: x", "network"],
    ["a day with a zero", "<14>Nov 03 23:45:05 a[1]: x", "local"],
    ["no number of a process", "<14>Nov  3 23:45:05 a: x", "local"],
    ["colours", "<14>Nov  3 23:45:05 a[1]: \x1b[31mx", "local"],
  ] as const
) {
  Deno.test(`parseSyslog() refuses ${what}`, () => void assertThrows(() => parseSyslog(text, form), Error, "no "));
}
