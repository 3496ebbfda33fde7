/** Go's time layouts: a date written as Monday January 2 15:04:05 2006 MST (-0700), each part standing for itself. */
import { MONTHS, WEEKDAYS } from "../../model/calendar_names.ts";
import { dateOfDay, dayOfYear, weekdayOf } from "./civil_date.ts";
import type { TimeValue } from "../values/go_value.ts";

/** What a time prints as. */
export const DEFAULT_LAYOUT = "2006-01-02 15:04:05.999999999 -0700 MST";

/** The parts of a time in its zone. */
export interface Clock {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
}

export function clockOf({ seconds, zone }: TimeValue): Clock {
  const local = seconds + zone.at(seconds).seconds;
  const days = Math.floor(local / 86_400);
  const rest = local - days * 86_400;
  return {
    ...dateOfDay(days),
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: weekdayOf(days),
    yearDay: dayOfYear(days),
  };
}

/** In the order in which they are tried: the longer one first, and names only if no lower case letter follows. */
const PART = new RegExp(
  [
    "January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST",
    "0[1-6]|002|15|1|2006|2|__2|_2(?!006)|[345]|PM|pm",
    "[-Z](?:070000|07:00:00|0700|07:00|07)",
    "[.,](?:0+|9+)(?![0-9])",
  ].join("|"),
  "g",
);

export function formatTime(time: TimeValue, layout: string): string {
  const clock = clockOf(time);
  const offset = time.zone.at(time.seconds);
  return layout.replace(PART, (part) => {
    if (part.startsWith("-") || part.startsWith("Z")) return formatOffset(part, offset.seconds);
    if (part.startsWith(".") || part.startsWith(",")) return formatFraction(part, time.nanoseconds);
    return part === "MST" ? offset.abbreviation || formatOffset("-0700", offset.seconds) : PARTS[part]!(clock);
  });
}

function pad(number: number, width: number, fill = "0"): string {
  const sign = number < 0 ? "-" : "";
  return sign + String(Math.abs(number)).padStart(width, fill);
}

const PARTS: Readonly<Record<string, (clock: Clock) => string>> = {
  "2006": ({ year }) => pad(year, 4),
  "06": ({ year }) => pad(((year % 100) + 100) % 100, 2),
  "01": ({ month }) => pad(month, 2),
  "1": ({ month }) => String(month),
  "Jan": ({ month }) => MONTHS[month - 1]!.slice(0, 3),
  "January": ({ month }) => MONTHS[month - 1]!,
  "02": ({ day }) => pad(day, 2),
  "2": ({ day }) => String(day),
  "_2": ({ day }) => pad(day, 2, " "),
  "002": ({ yearDay }) => pad(yearDay, 3),
  "__2": ({ yearDay }) => pad(yearDay, 3, " "),
  "Mon": ({ weekday }) => WEEKDAYS[weekday]!.slice(0, 3),
  "Monday": ({ weekday }) => WEEKDAYS[weekday]!,
  "15": ({ hour }) => pad(hour, 2),
  "03": ({ hour }) => pad(hour % 12 || 12, 2),
  "3": ({ hour }) => String(hour % 12 || 12),
  "04": ({ minute }) => pad(minute, 2),
  "4": ({ minute }) => String(minute),
  "05": ({ second }) => pad(second, 2),
  "5": ({ second }) => String(second),
  "PM": ({ hour }) => hour < 12 ? "AM" : "PM",
  "pm": ({ hour }) => hour < 12 ? "am" : "pm",
};

/** `-07:00` and its like; with `Z` in front UTC is just that letter. */
function formatOffset(part: string, seconds: number): string {
  if (part.startsWith("Z") && seconds === 0) return "Z";
  const size = Math.abs(seconds);
  const numbers = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const count = part.replace(/[^0-9]/g, "").length / 2;
  const text = numbers.slice(0, count).map((number) => pad(number, 2)).join(part.includes(":") ? ":" : "");
  return (seconds < 0 ? "-" : "+") + text;
}

/** So many digits, cut off; those written with 9 lose their trailing zeros, and the point if nothing is left. */
function formatFraction(part: string, nanoseconds: number): string {
  const digits = String(nanoseconds).padStart(9, "0").slice(0, part.length - 1);
  if (part[1] === "0") return part[0] + digits;
  const trimmed = digits.replace(/0+$/, "");
  return trimmed === "" ? "" : part[0] + trimmed;
}
