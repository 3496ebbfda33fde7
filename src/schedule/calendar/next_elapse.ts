/** When a calendar expression elapses next. Local times are counted as if they were UTC, in microseconds. */
import { type CalendarEvent, dayRule } from "./calendar_event.ts";
import { firstFrom, HOUR, MICROSECONDS, MINUTE, MONTH, SECOND, YEAR } from "./calendar_field.ts";
import type { OffsetAt } from "./zone_offsets.ts";

const MINUTE_MICROSECONDS = 60 * MICROSECONDS;
const HOUR_MICROSECONDS = 60 * MINUTE_MICROSECONDS;
const DAY_MICROSECONDS = 24 * HOUR_MICROSECONDS;
const DAY_MS = 86_400_000;

/**
 * A time that a change of the clock skips does not elapse; one that it repeats elapses at its first occurrence.
 * @param from milliseconds since the epoch; the result is later
 * @param offset of the expression's zone
 * @returns undefined when there is no more until the year 2199
 */
export function nextElapse(event: CalendarEvent, from: number, offset: OffsetAt): number | undefined {
  let after = Math.floor((from + offset(from)) * 1_000);
  for (;;) {
    const local = nextLocal(event, after);
    if (local === undefined) return undefined;
    const moment = firstMoment(local / 1_000, offset);
    if (moment === undefined) after = endOfMinute(local);
    else if (moment > from) return moment;
    else after = Math.max(local, (from + local / 1_000 - moment) * 1_000); // to the end of the repeated time
  }
}

/** Clocks change on whole minutes: the rest of a skipped one need not be tried. */
function endOfMinute(local: number): number {
  return Math.floor(local / MINUTE_MICROSECONDS + 1) * MINUTE_MICROSECONDS - 1;
}

/** @returns undefined for a local time that does not exist */
function firstMoment(local: number, offset: OffsetAt): number | undefined {
  const around = [offset(local - DAY_MS), offset(local + DAY_MS)];
  const moments = around.map((east) => local - east).filter((moment) => moment + offset(moment) === local);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The first matching local time after another one. */
function nextLocal(event: CalendarEvent, after: number): number | undefined {
  const today = Math.floor(after / DAY_MICROSECONDS);
  const later = firstTime(event, after - today * DAY_MICROSECONDS + 1);
  if (later !== undefined && matchesDay(event, today)) return today * DAY_MICROSECONDS + later;
  const day = nextDay(event, today + 1);
  const earliest = firstTime(event, 0);
  return day === undefined || earliest === undefined ? undefined : day * DAY_MICROSECONDS + earliest;
}

/** The first matching time of a day, from `from` on, both in microseconds. */
function firstTime({ hour, minute, second }: CalendarEvent, from: number): number | undefined {
  for (let h = firstFrom(hour, HOUR, Math.floor(from / HOUR_MICROSECONDS)); h !== undefined;) {
    const inHour = Math.max(0, from - h * HOUR_MICROSECONDS);
    for (let m = firstFrom(minute, MINUTE, Math.floor(inHour / MINUTE_MICROSECONDS)); m !== undefined;) {
      const s = firstFrom(second, SECOND, Math.max(0, inHour - m * MINUTE_MICROSECONDS));
      if (s !== undefined) return h * HOUR_MICROSECONDS + m * MINUTE_MICROSECONDS + s;
      m = firstFrom(minute, MINUTE, m + 1);
    }
    h = firstFrom(hour, HOUR, h + 1);
  }
  return undefined;
}

/** @param from days since 1970, as the result */
function nextDay(event: CalendarEvent, from: number): number | undefined {
  const { year: first, month: firstMonth, date } = dateOf(from);
  for (
    let year = firstFrom(event.year, YEAR, first);
    year !== undefined;
    year = firstFrom(event.year, YEAR, year + 1)
  ) {
    const start = year === first ? firstMonth : MONTH.min;
    for (let month = firstFrom(event.month, MONTH, start); month !== undefined;) {
      const found = dayInMonth(event, year, month, year === first && month === firstMonth ? date : 1);
      if (found !== undefined) return found;
      month = firstFrom(event.month, MONTH, month + 1);
    }
  }
  return undefined;
}

function dayInMonth(event: CalendarEvent, year: number, month: number, from: number): number | undefined {
  const first = Date.UTC(year, month - 1, 1) / DAY_MS;
  const last = Date.UTC(year, month, 1) / DAY_MS - 1;
  for (let day = first + from - 1; day <= last; day++) if (matchesDay(event, day)) return day;
  return undefined;
}

/** @param day since 1970 */
function matchesDay(event: CalendarEvent, day: number): boolean {
  const { year, month, date, daysLeft, weekday } = dateOf(day);
  const number = event.fromEnd ? daysLeft + 1 : date;
  return firstFrom(event.year, YEAR, year) === year && firstFrom(event.month, MONTH, month) === month &&
    (event.day === undefined || firstFrom(event.day, dayRule(event), number) === number) &&
    (event.weekdays === undefined || event.weekdays.some((one) => one === weekday));
}

function dateOf(day: number) {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return {
    year,
    month,
    date: date.getUTCDate(),
    daysLeft: Date.UTC(year, month, 1) / DAY_MS - 1 - day,
    weekday: (date.getUTCDay() + 6) % 7,
  };
}
