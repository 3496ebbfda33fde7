/** Arithmetic of times and durations, as Go's `time` does it. */
import { daysOf } from "./civil_date.ts";
import { CallError } from "../values/template_error.ts";
import { clockOf } from "./time_layout.ts";
import { int64, type NamedNumber, type TimeValue, type Zone } from "../values/go_value.ts";

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
/** Rounding counts from January 1 of year 1, UTC. */
const YEAR_ONE = 62_135_596_800n * SECOND;
const MAX_DURATION = (1n << 63n) - 1n;
/** Years, months or days that are added at most: what is beyond has no use, and no exact number. */
const MAX_STEP = 10_000_000n;

/** @param nanoseconds since 1970 UTC */
export function timeAt(nanoseconds: bigint, zone: Zone, local: Zone = zone): TimeValue {
  const rest = ((nanoseconds % SECOND) + SECOND) % SECOND;
  return {
    kind: "time",
    seconds: Number((nanoseconds - rest) / SECOND),
    nanoseconds: Number(rest),
    zone,
    local,
  };
}

/** Nanoseconds since 1970 UTC, of any size. */
export function nanosecondsOf({ seconds, nanoseconds }: TimeValue): bigint {
  return BigInt(seconds) * SECOND + BigInt(nanoseconds);
}

function duration(number: bigint): NamedNumber {
  return { kind: "duration", number: int64(number) };
}

export function isYearOne(time: TimeValue): boolean {
  return nanosecondsOf(time) === -YEAR_ONE;
}

export function addDuration(time: TimeValue, nanoseconds: bigint): TimeValue {
  return timeAt(nanosecondsOf(time) + nanoseconds, time.zone, time.local);
}

/** The difference; what does not fit into 64 bits is the longest duration. */
export function subtract(left: TimeValue, right: TimeValue): NamedNumber {
  const difference = nanosecondsOf(left) - nanosecondsOf(right);
  if (difference > MAX_DURATION) return duration(MAX_DURATION);
  return duration(difference < -MAX_DURATION ? -MAX_DURATION - 1n : difference);
}

/** Overflow is carried: January 31 and a month are March 2 or 3. */
export function addDate(time: TimeValue, years: bigint, months: bigint, days: bigint): TimeValue {
  for (const step of [years, months, days]) {
    if (step > MAX_STEP || step < -MAX_STEP) throw new CallError(`${step} is out of range`);
  }
  const clock = clockOf(time);
  const date = daysOf(clock.year + Number(years), clock.month + Number(months), clock.day + Number(days));
  const wall = date * 86_400 + clock.hour * 3600 + clock.minute * 60 + clock.second;
  return { ...time, seconds: secondsOfWall(wall, time.zone) };
}

/** The moment when clocks in the zone show `wall`; in a gap or an overlap the one that Go picks. */
function secondsOfWall(wall: number, zone: Zone): number {
  const guess = wall - zone.at(wall).seconds;
  return wall - zone.at(guess).seconds;
}

export function truncateTime(time: TimeValue, unit: bigint): TimeValue {
  if (unit <= 0n) return time;
  return addDuration(time, -remainder(time, unit));
}

/** Half is rounded up. */
export function roundTime(time: TimeValue, unit: bigint): TimeValue {
  if (unit <= 0n) return time;
  const rest = remainder(time, unit);
  return addDuration(time, rest * 2n < unit ? -rest : unit - rest);
}

function remainder(time: TimeValue, unit: bigint): bigint {
  return (((nanosecondsOf(time) + YEAR_ONE) % unit) + unit) % unit;
}

export function truncateDuration(nanoseconds: bigint, unit: bigint): NamedNumber {
  return duration(unit <= 0n ? nanoseconds : nanoseconds - (nanoseconds % unit));
}

/** Half is rounded away from zero; what does not fit into 64 bits is the longest duration. */
export function roundDuration(nanoseconds: bigint, unit: bigint): NamedNumber {
  if (unit <= 0n) return duration(nanoseconds);
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const rest = size % unit;
  const rounded = rest * 2n < unit ? size - rest : size + unit - rest;
  const limited = rounded > MAX_DURATION ? MAX_DURATION : rounded;
  return duration(nanoseconds < 0n ? -limited : limited);
}

/** In a unit, with fraction: `.Hours`, `.Minutes`, `.Seconds`. */
export function durationIn(nanoseconds: bigint, unit: "hours" | "minutes" | "seconds"): number {
  const size = { hours: HOUR, minutes: MINUTE, seconds: SECOND }[unit];
  return Number(nanoseconds / size) + Number(nanoseconds % size) / Number(size);
}

/** `1h2m3.004s`, `1.5µs`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "0s";
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${fraction(size, 3)}µs`;
  if (size < SECOND) return `${sign}${fraction(size, 6)}ms`;
  const hours = size / HOUR;
  const minutes = (size / MINUTE) % 60n;
  const head = hours > 0n ? `${hours}h${minutes}m` : minutes > 0n ? `${minutes}m` : "";
  return `${sign}${head}${fraction(size % MINUTE, 9)}s`;
}

/** A number divided by 10^decimals, without trailing zeros. */
function fraction(number: bigint, decimals: number): string {
  const digits = number.toString().padStart(decimals + 1, "0");
  const behind = digits.slice(-decimals).replace(/0+$/, "");
  return digits.slice(0, -decimals) + (behind === "" ? "" : `.${behind}`);
}
