/** Times of timers: written so that every systemd reads them, and compared with those it says it has. */
import { type CalendarEvent, dayRule, formatCalendar, parseCalendar } from "../calendar/calendar_event.ts";
import {
  DAY,
  DAY_FROM_END,
  type Field,
  type FieldPart,
  type FieldRule,
  MONTH,
  valuesOf,
} from "../calendar/calendar_field.ts";

/**
 * Values of `OnCalendar=` for an expression: as it was written, where systemd (252 to 262 at least) can be trusted with that.
 * A step of months or days without an end makes it give up in zones with summer time; in a list of days from the month's
 * end it takes three days less for each element.
 */
export function onCalendar(event: CalendarEvent): string[] {
  const { month, day, fromEnd } = event;
  const isOpen = (field: Field) => field?.some(({ step, end }) => step !== undefined && end === undefined) ?? false;
  const isListed = isOpen(month) || isOpen(day) && !fromEnd;
  const listed = isListed
    ? { ...event, month: list(month, MONTH), day: fromEnd ? day : list(day, dayRule(event)) }
    : event;
  if (fromEnd && day !== undefined && isTooLate(day)) {
    return day.map((part) => formatCalendar({ ...listed, day: [part] }));
  }
  return [isListed ? formatCalendar(listed) : event.text];
}

function list(field: Field, rule: FieldRule): Field {
  return field && valuesOf(field, rule).map((start) => ({ start, end: undefined, step: undefined }));
}

function isTooLate(parts: readonly FieldPart[]): boolean {
  const last = Math.max(...parts.map(({ start, end = start }) => end));
  return last > DAY_FROM_END.max - 3 * (parts.length - 1) && last <= DAY.max;
}

/** Whether systemd may read a time in another way, or not at all: zones depend on the machine, see above for the others. */
export function isDoubtful(time: string): boolean {
  return /[/~]| [A-Za-z]\S*$/.test(time);
}

const ENTRY = /^TimersCalendar=\{ OnCalendar=(.*?) ; next_elapse=(.*?) \}$/gm;

/**
 * Warnings for what a timer does not do, by `systemctl show -p TimersCalendar -p SubState`.
 * @param times as they are in its unit
 * @param output empty: nothing is known
 */
export function lostTimes(job: string, times: readonly string[], output: string): string[] {
  if (!/^(TimersCalendar|SubState)=/m.test(output)) return [];
  const entries = Array.from(output.matchAll(ENTRY), ([, time = "", next = ""]) => ({ time: normalForm(time), next }));
  const known = new Set(entries.map(({ time }) => time));
  const lost = times.filter((time) => !known.has(normalForm(time)));
  const state = /^SubState=(.*)$/m.exec(output)?.[1];
  const isOver = state === undefined
    ? entries.every(({ next }) => ["n/a", "(null)", ""].includes(next))
    : state === "elapsed";
  return [
    ...lost.map((time) =>
      `systemd does not start ${job} at "${time}": it cannot read that time, name a time zone as "timedatectl list-timezones" does`
    ),
    ...isOver && entries.length > 0 ? [`The timer of ${job} has elapsed: systemd does not start the job any more`] : [],
  ];
}

function normalForm(time: string): string {
  try {
    return formatCalendar(parseCalendar(time));
  } catch (error) {
    if (error instanceof SyntaxError) return time;
    throw error;
  }
}
