import { assertEquals } from "@std/assert";
import { parseCalendar } from "../../../src/schedule/calendar/calendar_event.ts";
import { onCalendar } from "../../../src/schedule/systemd/timer_times.ts";

for (
  const [time, ...written] of [
    ["Mon..Fri *:00,30", "Mon..Fri *:00,30"],
    ["*-04/6-01", "*-04,10-01 00:00:00"],
    ["*-1/5-1 3:00", "*-01,06,11-01 03:00:00"],
    ["Mon *-*-1/20 4:00 Europe/Paris", "Mon *-*-01,21 04:00:00 Europe/Paris"],
    ["*-1..7/3-1", "*-1..7/3-1"],
    ["0/7:0/7", "0/7:0/7"],
    ["*-*~1,26", "*-*~01 00:00:00", "*-*~26 00:00:00"],
    ["*-2/5~1,2,23 6:00", "*-02,07,12~01 06:00:00", "*-02,07,12~02 06:00:00", "*-02,07,12~23 06:00:00"],
    ["*-*~1,2,3", "*-*~1,2,3"],
    ["*-*~20..27,1", "*-*~01 00:00:00", "*-*~20..27 00:00:00"],
    ["*-*~28", "*-*~28"],
    ["*-*~7/2", "*-*~7/2"],
  ] as const
) {
  Deno.test(`onCalendar() writes "${time}" for every systemd`, () =>
    assertEquals(onCalendar(parseCalendar(time)), written));
}
