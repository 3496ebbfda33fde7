/** Calendar expressions in the grammar of systemd's `OnCalendar=` (systemd.time(7)), for all schedulers. */
import {
  DAY,
  DAY_FROM_END,
  type Field,
  type FieldRule,
  formatField,
  HOUR,
  MICROSECONDS,
  MINUTE,
  MONTH,
  parseField,
  SECOND,
  YEAR,
} from "./calendar_field.ts";
import { formatWeekdays, parseWeekdays, type Weekday } from "./weekdays.ts";
import { isZoneName } from "./zone_offsets.ts";

export interface CalendarEvent {
  /** As it was written. */
  readonly text: string;
  /** Monday first; undefined: any day. */
  readonly weekdays: readonly Weekday[] | undefined;
  readonly year: Field;
  readonly month: Field;
  readonly day: Field;
  /** `day` counts from the end of the month, the last one is 1. */
  readonly fromEnd: boolean;
  readonly hour: Field;
  readonly minute: Field;
  /** In microseconds. */
  readonly second: Field;
  /** `UTC` or a name of the zone database; undefined: local time. */
  readonly zone: string | undefined;
}

type DateFields = Pick<CalendarEvent, "year" | "month" | "day" | "fromEnd">;
type TimeFields = Pick<CalendarEvent, "hour" | "minute" | "second">;

const HALF_YEARLY = "*-01,07-01";
const YEARLY = "*-01-01";

const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ["minutely", "*:*"],
  ["hourly", "*:00"],
  ["daily", "00:00"],
  ["weekly", "Mon 00:00"],
  ["monthly", "*-*-01"],
  ["quarterly", "*-01,04,07,10-01"],
  ["semiannually", HALF_YEARLY],
  ["semi-annually", HALF_YEARLY],
  ["biannually", HALF_YEARLY],
  ["bi-annually", HALF_YEARLY],
  ["yearly", YEARLY],
  ["annually", YEARLY],
  ["anually", YEARLY],
]);

/** The words that stand for an expression, in lower case. */
export const CALENDAR_KEYWORDS: readonly string[] = [...KEYWORDS.keys()];

/** @throws {SyntaxError} */
export function parseCalendar(text: string): CalendarEvent {
  try {
    if (text === "" || /^\s|\s$|[^\S ]/.test(text)) {
      throw new SyntaxError("there are blanks around it, or nothing in it");
    }
    return { text, ...parseWords(text.split(/ +/)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`Cannot read calendar expression "${text}": ${error.message}`);
  }
}

function parseWords(written: readonly string[]): Omit<CalendarEvent, "text"> {
  const last = written.at(-1) ?? "";
  const zone = written.length > 1 && isZoneName(last) ? /^utc$/i.test(last) ? "UTC" : last : undefined;
  const words = zone === undefined ? written : written.slice(0, -1);
  const [only = ""] = words;
  if (words.length === 1 && only.startsWith("@")) return parseMoment(only);
  const keyword = words.length === 1 ? KEYWORDS.get(only.toLowerCase()) : undefined;
  if (words.length > 1 && KEYWORDS.has(only.toLowerCase())) {
    throw new SyntaxError(`after "${only}" there can be a time zone alone, and "${words[1]}" is the name of none`);
  }
  const rest = keyword === undefined ? [...words] : keyword.split(" ");
  const weekdays = /^[A-Za-z]/.test(rest[0] ?? "") ? parseWeekdays(rest.shift()!) : undefined;
  const date = /[-~]/.test(rest[0] ?? "") ? parseDate(rest.shift()!) : ANY_DATE;
  const time = rest.length > 0 ? parseTime(rest.shift()!) : MIDNIGHT;
  if (rest.length > 0) throw new SyntaxError(`"${rest[0]}" is neither weekday, date, time nor time zone at its place`);
  return { weekdays, ...date, ...time, zone };
}

const ANY_DATE: DateFields = { year: undefined, month: undefined, day: undefined, fromEnd: false };

/** `YEAR-MONTH-DAY` or `MONTH-DAY`, with `~` for the last `-` if the day counts from the end. */
function parseDate(text: string): DateFields {
  const [, years, month, separator, day] = /^(?:([^-~]*)-)?([^-~]*)([-~])([^-~]*)$/.exec(text) ?? [];
  if (month === undefined) throw new SyntaxError(`"${text}" is not a date`);
  const fromEnd = separator === "~" && day !== "*"; // any day is any day
  return {
    year: years === undefined ? undefined : parseField(years, YEAR),
    month: parseField(month, MONTH),
    day: parseField(day!, fromEnd ? DAY_FROM_END : DAY),
    fromEnd,
  };
}

const MIDNIGHT = parseTime("00:00");

/** `HOUR:MINUTE[:SECOND]` */
function parseTime(text: string): TimeFields {
  const [hour, minute, second = "00", ...more] = text.split(":");
  if (minute === undefined || more.length > 0) throw new SyntaxError(`"${text}" is neither a date nor a time`);
  return { hour: parseField(hour!, HOUR), minute: parseField(minute, MINUTE), second: parseField(second, SECOND) };
}

/** `@SECONDS` since 1970. */
function parseMoment(text: string): Omit<CalendarEvent, "text"> {
  const date = new Date(/^@\d+$/.test(text) ? Number(text.slice(1)) * 1_000 : NaN);
  if (!(date.getUTCFullYear() <= YEAR.max)) throw new SyntaxError("seconds since 1970 follow @, until the year 2199");
  const one = (value: number): Field => [{ start: value, end: undefined, step: undefined }];
  return {
    weekdays: undefined,
    year: one(date.getUTCFullYear()),
    month: one(date.getUTCMonth() + 1),
    day: one(date.getUTCDate()),
    fromEnd: false,
    hour: one(date.getUTCHours()),
    minute: one(date.getUTCMinutes()),
    second: one(date.getUTCSeconds() * MICROSECONDS),
    zone: "UTC",
  };
}

/** `[WEEKDAYS ]YEAR-MONTH-DAY HOUR:MINUTE:SECOND[ ZONE]`, as systemd-analyze writes it. */
export function formatCalendar(event: CalendarEvent): string {
  const { weekdays, fromEnd, zone } = event;
  const date = `${formatField(event.year, YEAR)}-${formatField(event.month, MONTH)}${fromEnd ? "~" : "-"}` +
    formatField(event.day, dayRule(event));
  const time = [formatField(event.hour, HOUR), formatField(event.minute, MINUTE), formatField(event.second, SECOND)];
  return [...weekdays === undefined ? [] : [formatWeekdays(weekdays)], date, time.join(":"), ...zone ? [zone] : []]
    .join(" ");
}

export function dayRule({ fromEnd }: CalendarEvent): FieldRule {
  return fromEnd ? DAY_FROM_END : DAY;
}
