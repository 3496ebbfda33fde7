/** Calendar expressions as the `StartCalendarInterval` of launchd, and back. */
import { type CalendarEvent } from "../calendar/calendar_event.ts";
import { DAY, type Field, type FieldRule, HOUR, MINUTE, MONTH, valuesOf } from "../calendar/calendar_field.ts";
import { ScheduleError } from "../action.ts";
import { formatWeekdays, type Weekday } from "../calendar/weekdays.ts";

/** What is absent may be anything; `Weekday` 0 (and 7) is Sunday. */
export type Interval = Readonly<Partial<Record<"Month" | "Day" | "Weekday" | "Hour" | "Minute", number>>>;

/**
 * The product of all values; one empty interval for every minute.
 * @param isLocal whether a time zone is the one of launchd
 * @throws {ScheduleError} for what launchd cannot do
 */
export function intervalsOf(event: CalendarEvent, isLocal: (zone: string) => boolean): Interval[] {
  const { text, weekdays, month, day, fromEnd, hour, minute, zone } = event;
  if (fromEnd) throw refusal(text, 'days from the end of the month ("~")');
  if (weekdays !== undefined && day !== undefined) throw refusal(text, "weekdays together with days of the month");
  if (zone !== undefined && !isLocal(zone)) throw refusal(text, "other time zones");
  const axes = [
    axis("Month", month, MONTH),
    axis("Day", day, DAY),
    (weekdays ?? []).map((weekday) => ({ Weekday: (weekday + 1) % 7 })),
    axis("Hour", hour, HOUR),
    axis("Minute", minute, MINUTE),
  ];
  return axes.filter((values) => values.length > 0).reduce<Interval[]>(
    (intervals, values) => intervals.flatMap((interval) => values.map((value) => ({ ...interval, ...value }))),
    [{}],
  );
}

function axis(name: keyof Interval, field: Field, rule: FieldRule): Interval[] {
  return field === undefined ? [] : valuesOf(field, rule).map((value) => ({ [name]: value }));
}

function refusal(text: string, what: string): ScheduleError {
  return new ScheduleError(`Cannot schedule "${text}" with launchd: it has no ${what}`);
}

/** What has no effect. */
export function lostByLaunchd({ year, second, text }: CalendarEvent): string[] {
  const [only, ...more] = second ?? [];
  const isFullMinute = only?.start === 0 && only.end === undefined && only.step === undefined && more.length === 0;
  const lost = [...year === undefined ? [] : ["year"], ...isFullMinute ? [] : ["seconds"]];
  return lost.map((what) =>
    `Cannot schedule the ${what} of "${text}" with launchd: the job starts without regard to it`
  );
}

export function calendarOfInterval({ Month, Day, Weekday, Hour, Minute }: Interval): string {
  const weekday = Weekday === undefined ? "" : `${formatWeekdays([(Weekday + 6) % 7 as Weekday])} `;
  return `${weekday}*-${Month ?? "*"}-${Day ?? "*"} ${Hour ?? "*"}:${Minute ?? "*"}`;
}
