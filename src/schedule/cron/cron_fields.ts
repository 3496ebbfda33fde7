/** The five time fields of a crontab line, from a calendar expression and back. */
import type { CalendarEvent } from "../calendar/calendar_event.ts";
import { DAY, type Field, type FieldRule, HOUR, MINUTE, MONTH, SECOND, valuesOf } from "../calendar/calendar_field.ts";
import { ScheduleError } from "../action.ts";
import { formatWeekdays, runs, type Weekday } from "../calendar/weekdays.ts";

export interface CronTime {
  /** `MINUTE HOUR DAY MONTH WEEKDAY` */
  readonly fields: string;
  /** A test of the weekday, ending in `&& `; empty when the fields say all. */
  readonly dayTest: string;
}

/**
 * @param isLocal whether a time zone is the one of cron
 * @throws {ScheduleError} for what cron cannot do
 */
export function cronTime(event: CalendarEvent, isLocal: (zone: string) => boolean): CronTime {
  refuse(event, isLocal);
  const { minute, hour, day, month, weekdays } = event;
  const numbers = weekdays?.map(cronWeekday);
  // cron would take either of the two
  const isTested = numbers !== undefined && day !== undefined;
  const times = [list(minute, MINUTE), list(hour, HOUR), list(day, DAY), list(month, MONTH)];
  return {
    fields: [...times, numbers === undefined || isTested ? "*" : numbers.join(",")].join(" "),
    dayTest: isTested ? `${numbers.map((number) => `test $(date +\\%w) -eq ${number} `).join("|| ")}&& ` : "",
  };
}

/** What is lost; undefined: nothing. */
export function lostSeconds({ second, text }: CalendarEvent): string | undefined {
  const [only, ...more] = second ?? [];
  if (more.length === 0 && only?.start === SECOND.min && only.end === undefined && only.step === undefined) {
    return undefined;
  }
  return `Cannot schedule the seconds of "${text}" with cron: the job starts at the full minute`;
}

function refuse({ year, fromEnd, zone, text }: CalendarEvent, isLocal: (zone: string) => boolean): void {
  const what = year !== undefined
    ? "years"
    : fromEnd
    ? 'days from the end of the month ("~")'
    : zone !== undefined && !isLocal(zone)
    ? "other time zones"
    : undefined;
  if (what !== undefined) throw new ScheduleError(`Cannot schedule "${text}" with cron: it has no ${what}`);
}

/** Sunday is 0, and stays behind Saturday. */
function cronWeekday(day: Weekday): number {
  return (day + 1) % 7;
}

/** Three or more values in a row as a range. */
function list(field: Field, rule: FieldRule): string {
  if (field === undefined) return "*";
  const two = (value: number) => String(value).padStart(2, "0");
  return runs(valuesOf(field, rule)).flatMap((run) =>
    run.length > 2 ? [`${two(run[0]!)}-${two(run.at(-1)!)}`] : run.map(two)
  ).join(",");
}

/**
 * @param tested weekdays of a day test, as cron counts them
 * @returns undefined for other fields
 */
export function calendarOfCron(fields: readonly string[], tested: readonly number[]): string | undefined {
  const [minute, hour, day, month, weekday = ""] = fields;
  const parts = [
    calendarField(month, MONTH),
    calendarField(day, DAY),
    calendarField(hour, HOUR),
    calendarField(minute, MINUTE),
  ];
  const days = tested.length > 0 ? tested : weekdaysOf(weekday);
  if (days === undefined || parts.includes(undefined)) return undefined;
  const unique = [...new Set(days.map((number) => (number + 6) % 7 as Weekday))].sort();
  const prefix = unique.length === 0 || unique.length === 7 ? "" : `${formatWeekdays(unique)} `;
  return `${prefix}*-${parts[0]}-${parts[1]} ${parts[2]}:${parts[3]}`;
}

/** `1-5` is `1..5`, `*` with a step begins at the field's start. */
function calendarField(text: string | undefined, { min }: FieldRule): string | undefined {
  if (text === undefined || !/^(?:\*|\*\/\d+|\d+(?:-\d+)?(?:\/\d+)?(?:,\d+(?:-\d+)?(?:\/\d+)?)*)$/.test(text)) {
    return undefined;
  }
  return text.replace(/^\*\//, `${min}/`).replaceAll("-", "..");
}

/** As cron counts them, Sunday 0 or 7; none for `*`. */
function weekdaysOf(text: string): number[] | undefined {
  if (text === "*") return [];
  const days: number[] = [];
  for (const part of text.split(",")) {
    const [all, first = "0", last = first, step = "1"] = /^(?:\*|([0-7])(?:-([0-7]))?)(?:\/([1-9]))?$/.exec(part) ?? [];
    if (all === undefined) return undefined;
    const end = part.startsWith("*") ? 6 : Number(last);
    for (let day = Number(first); day <= end; day += Number(step)) days.push(day);
  }
  return days;
}
