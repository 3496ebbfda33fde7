/** Calendar expressions as triggers of the Windows Task Scheduler. */
import { MONTHS, WEEKDAYS } from "../../model/calendar_names.ts";
import type { CalendarEvent } from "../calendar/calendar_event.ts";
import { DAY, HOUR, MINUTE, MONTH, SECOND, valuesOf } from "../calendar/calendar_field.ts";
import { nextElapse } from "../calendar/next_elapse.ts";
import { ScheduleError } from "../action.ts";
import { localOffset, type OffsetAt } from "../calendar/zone_offsets.ts";
import { type Tag, tag } from "../xml.ts";

const MOST_TRIGGERS = 60;
const DAY_MINUTES = 1_440;
/**
 * @param now milliseconds since the epoch
 * @throws {ScheduleError} for what Windows cannot do
 */
export function triggersOf(
  event: CalendarEvent,
  now: number,
  isLocal: (zone: string) => boolean,
  local: OffsetAt = localOffset,
): Tag[] {
  const { text, fromEnd, zone, year } = event;
  if (fromEnd) throw refusal(text, 'days from the end of the month ("~")');
  if (zone !== undefined && !isLocal(zone)) throw refusal(text, "other time zones");
  const next = nextElapse(event, now, local);
  if (next === undefined) throw new ScheduleError(`Cannot schedule "${text}": it has no future occurrence`);
  const day = new Date(next + local(next)).toISOString().slice(0, 10);
  const times = timesOfDay(event);
  if (isOneMoment(event)) return [tag("TimeTrigger", [tag("StartBoundary", `${day}T${clock(event, times[0]!)}`)])];
  if (year !== undefined) throw refusal(text, "years, except in a single date");
  const repetition = repetitionOf(times);
  const starts = repetition === undefined ? times : times.slice(0, 1);
  if (starts.length > MOST_TRIGGERS) {
    throw refusal(text, `more than ${MOST_TRIGGERS} times a day at different distances`);
  }
  return starts.map((start) =>
    tag("CalendarTrigger", [
      ...repetition === undefined ? [] : [repetition],
      tag("StartBoundary", `${day}T${clock(event, start)}`),
      scheduleOf(event),
    ])
  );
}

/** Windows has no schedule of weekdays with days of the month. */
export function isExpressible({ weekdays, day }: CalendarEvent): boolean {
  return weekdays === undefined || day === undefined;
}

function refusal(text: string, what: string): ScheduleError {
  return new ScheduleError(`Cannot schedule "${text}" with the Task Scheduler: it has no ${what}`);
}

function isOneMoment({ weekdays, year, month, day, hour, minute }: CalendarEvent): boolean {
  const isOne = (field: CalendarEvent["year"]) =>
    field?.length === 1 && field[0]?.end === undefined && field[0]?.step === undefined;
  return weekdays === undefined && [year, month, day, hour, minute].every(isOne);
}

/** In minutes, ascending. */
function timesOfDay({ hour, minute }: CalendarEvent): number[] {
  const minutes = valuesOf(minute, MINUTE);
  return valuesOf(hour, HOUR).flatMap((hours) => minutes.map((one) => hours * 60 + one));
}

function clock({ second }: CalendarEvent, minutes: number): string {
  const seconds = Math.floor((second?.[0]?.start ?? 0) / SECOND.unit);
  return [Math.floor(minutes / 60), minutes % 60, seconds].map((value) => String(value).padStart(2, "0")).join(":");
}

/** Several times a day at equal distances; it ends right after the last one, so that no day after is touched. */
function repetitionOf(times: readonly number[]): Tag | undefined {
  const [first = 0, second] = times;
  if (second === undefined) return undefined;
  const distance = second - first;
  if (times.some((time, index) => time !== first + index * distance)) return undefined;
  const duration = times.at(-1)! - first + 1;
  return tag("Repetition", [
    tag("Interval", period(distance)),
    tag("Duration", duration === DAY_MINUTES ? "P1D" : period(duration)),
  ]);
}

function period(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `PT${hours > 0 ? `${hours}H` : ""}${minutes % 60 > 0 ? `${minutes % 60}M` : ""}`;
}

function scheduleOf(event: CalendarEvent): Tag {
  const { weekdays, month, day } = event;
  const days = weekdays && tag("DaysOfWeek", weekdays.map((weekday) => tag(WEEKDAYS[(weekday + 1) % 7]!, "")));
  if (month === undefined && day === undefined) {
    return days === undefined
      ? tag("ScheduleByDay", [tag("DaysInterval", "1")])
      : tag("ScheduleByWeek", [tag("WeeksInterval", "1"), days]);
  }
  const months = tag("Months", valuesOf(month, MONTH).map((value) => tag(MONTHS[value - 1]!, "")));
  if (days === undefined) {
    const daysOfMonth = valuesOf(day, DAY).map((value) => tag("Day", String(value)));
    return tag("ScheduleByMonth", [tag("DaysOfMonth", daysOfMonth), months]);
  }
  const weeks = ["1", "2", "3", "4", "Last"].map((week) => tag("Week", week));
  return tag("ScheduleByMonthDayOfWeek", [tag("Weeks", weeks), days, months]);
}
