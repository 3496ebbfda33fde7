/** Zones in the notation of POSIX (`CET-1CEST,M3.5.0,M10.5.0/3`): the footer of zone files, and a form of `TZ`. */
import { dayOfYear, daysOf, weekdayOf, yearOfDay } from "./civil_date.ts";
import type { Offset } from "../values/go_value.ts";

const NAME = String.raw`([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)`;
const CLOCK = String.raw`([+-]?\d{1,3}(?::\d{1,2}){0,2})`;
const DAY = String.raw`(J\d{1,3}|\d{1,3}|M\d{1,2}\.[1-5]\.[0-6])`;
const ZONE = new RegExp(`^${NAME}${CLOCK}(?:${NAME}${CLOCK}?(?:,${DAY}(?:/${CLOCK})?,${DAY}(?:/${CLOCK})?)?)?$`);
const DAY_SECONDS = 86_400;
/** Without rules daylight saving time is that of the United States, as in all implementations. */
const DEFAULT_RULES = ["M3.2.0", "M11.1.0"] as const;

/** @returns the offset of every moment, or `undefined` if the text is not in this notation */
export function parsePosixZone(text: string): ((seconds: number) => Offset) | undefined {
  const parts = ZONE.exec(text);
  if (!parts) return undefined;
  const [, name, offset, summerName, summerOffset, startDay, startTime, endDay, endTime] = parts;
  const winter: Offset = { seconds: -clock(offset!), abbreviation: bare(name!) };
  if (summerName === undefined) return () => winter;
  const summer: Offset = {
    seconds: summerOffset === undefined ? winter.seconds + 3600 : -clock(summerOffset),
    abbreviation: bare(summerName),
  };
  const start = { day: startDay ?? DEFAULT_RULES[0], time: clock(startTime ?? "2") - winter.seconds };
  const end = { day: endDay ?? DEFAULT_RULES[1], time: clock(endTime ?? "2") - summer.seconds };
  return (seconds) => {
    const year = yearOfDay(Math.floor((seconds + winter.seconds) / DAY_SECONDS));
    const from = ruleDay(start.day, year) * DAY_SECONDS + start.time;
    const to = ruleDay(end.day, year) * DAY_SECONDS + end.time;
    const isSummer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
    return isSummer ? summer : winter;
  };
}

function bare(name: string): string {
  return name.replace(/[<>]/g, "");
}

/** `hh[:mm[:ss]]` in seconds. */
function clock(text: string): number {
  const [hours, minutes = "0", seconds = "0"] = text.replace(/^[+-]/, "").split(":");
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return text.startsWith("-") ? -size : size;
}

/** Days since 1970 of `Jn` (1 to 365, without February 29), `n` (0 to 365) or `Mmonth.week.weekday`. */
function ruleDay(rule: string, year: number): number {
  const january = daysOf(year, 1, 1);
  if (rule.startsWith("J")) {
    const number = Number(rule.slice(1));
    const isAfterLeapDay = number >= 60 && dayOfYear(daysOf(year, 3, 1)) === 61;
    return january + number - 1 + (isAfterLeapDay ? 1 : 0);
  }
  if (!rule.startsWith("M")) return january + Number(rule);
  const [month, week, weekday] = rule.slice(1).split(".").map(Number) as [number, number, number];
  const first = daysOf(year, month, 1);
  const inFirstWeek = first + (weekday - weekdayOf(first) + 7) % 7;
  const day = inFirstWeek + (week - 1) * 7;
  return day < daysOf(year, month + 1, 1) ? day : day - 7; // week 5 is the last one
}
