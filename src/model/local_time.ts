/** Points in time as text, in the local time zone. */

import { shortMonth } from "./calendar_names.ts";

/** `2026/11/23 12:34:56` @param at milliseconds since the epoch, here and below */
export function logStamp(at: number): string {
  const { year, month, day, clock } = partsOf(at);
  return `${year}/${month}/${day} ${clock}`;
}

/** `Nov 23 12:34:56`, the day padded with a blank: the time of the local syslog. */
export function syslogStamp(at: number): string {
  const date = new Date(at);
  return `${shortMonth(date.getMonth())} ${String(date.getDate()).padStart(2)} ${partsOf(at).clock}`;
}

/** RFC 3339: `2026-11-23T12:34:56.789+01:00`, `Z` for UTC. @param fraction with decimals, as many as are not zero */
export function rfc3339(at: number, fraction: boolean): string {
  const { year, month, day, clock, offset } = partsOf(at);
  const decimals = fraction ? `.${String(Math.floor(at) % 1_000).padStart(3, "0")}`.replace(/\.?0+$/, "") : "";
  return `${year}-${month}-${day}T${clock}${decimals}${offset}`;
}

function partsOf(at: number): { year: string; month: string; day: string; clock: string; offset: string } {
  const date = new Date(at);
  const east = -date.getTimezoneOffset();
  const sign = east < 0 ? "-" : "+";
  return {
    year: String(date.getFullYear()).padStart(4, "0"),
    month: two(date.getMonth() + 1),
    day: two(date.getDate()),
    clock: [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":"),
    offset: east === 0 ? "Z" : `${sign}${two(Math.floor(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`,
  };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
