import { assertEquals, assertThrows } from "@std/assert";
import { ScheduleError } from "../../../src/schedule/action.ts";
import { formatCalendar, parseCalendar } from "../../../src/schedule/calendar/calendar_event.ts";
import { calendarOfCron, cronTime, lostSeconds } from "../../../src/schedule/cron/cron_fields.ts";

const isLocal = (zone: string) => zone === "Europe/Paris";

for (
  const [expression, fields, dayTest = ""] of [
    ["daily", "00 00 * * *"],
    ["Mon..Fri *:00,30", "00,30 * * * 1,2,3,4,5"],
    ["*-1..3-1 0:0", "00 00 01 01-03 *"],
    ["8,9,10,11,15:05", "05 08-11,15 * * *"],
    ["Sat,Sun 12:00", "00 12 * * 6,0"],
    ["*:*", "* * * * *"],
    ["10:00 Europe/Paris", "00 10 * * *"],
    ["*:0/15", "00,15,30,45 * * * *"], // cron: steps are not possible
    ["*-*-1/10 8..12/2:00", "00 08,10,12 01,11,21,31 * *"],
    ["Mon *-*-1..7 10:00", "00 10 01-07 * *", "test $(date +\\%w) -eq 1 && "],
    ["Sat,Sun *-*-8,9 4:00", "00 04 08,09 * *", "test $(date +\\%w) -eq 6 || test $(date +\\%w) -eq 0 && "],
  ] as const
) {
  Deno.test(`cronTime() of "${expression}"`, () =>
    assertEquals(cronTime(parseCalendar(expression), isLocal), { fields, dayTest }));
}

// cron: year, seconds silently dropped
for (
  const [expression, reason] of [
    ["2027-01-02 03:04", "years"],
    ["*-*~1 03:04", "end of the month"],
    ["10:00 Asia/Tokyo", "other time zones"],
    ["10:00 UTC", "other time zones"],
  ] as const
) {
  Deno.test(`cronTime() refuses "${expression}", naming it and cron`, () => {
    const error = assertThrows(() => cronTime(parseCalendar(expression), isLocal), ScheduleError);
    for (const fact of [expression, "cron", reason]) assertEquals(error.message.includes(fact), true, error.message);
  });
}

for (
  const [expression, isLost] of [["10:00", false], ["10:00:15", true], ["*:*:*", true], ["*:*:0/30", true]] as const
) {
  Deno.test(`lostSeconds() of "${expression}" ${isLost ? "warns" : "is silent"}`, () =>
    assertEquals(lostSeconds(parseCalendar(expression)) !== undefined, isLost));
}

for (
  const [line, tested, calendar] of [
    ["00 10 * * *", [], "*-*-* 10:00:00"],
    ["00,30 * * * 1,2,3,4,5", [], "Mon..Fri *-*-* *:00,30:00"],
    ["05 04 01 * *", [6], "Sat *-*-01 04:05:00"],
    ["00 12 * * 6,0", [], "Sat,Sun *-*-* 12:00:00"], // read back as Sun,Sat by the original
    ["00 12 * * 7", [], "Sun *-*-* 12:00:00"],
    ["00 12 * * 1-5", [], "Mon..Fri *-*-* 12:00:00"],
    ["00 12 * * */2", [], "Tue,Thu,Sat,Sun *-*-* 12:00:00"],
    ["*/5 8-11,15 */2 */3 *", [], "*-01/3-01/2 08..11,15:00/5:00"], // steps that were edited in by hand
    ["0-30/10 0 * * *", [], "*-*-* 00:00..30/10:00"],
    ["0 0 * jan *", [], undefined],
    ["0 0 * * mon", [], undefined],
    ["x 0 * * *", [], undefined],
    ["0 0 * *", [], undefined],
  ] as const
) {
  Deno.test(`calendarOfCron() of "${line}"`, () => {
    const found = calendarOfCron(line.split(" "), tested);
    assertEquals(found && formatCalendar(parseCalendar(found)), calendar);
  });
}
