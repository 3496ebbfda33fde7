/** Jobs as people read them: their times, and how long it takes. */
import { wholeSeconds } from "../model/duration.ts";
import { formatCalendar, parseCalendar } from "./calendar/calendar_event.ts";
import { nextElapse } from "./calendar/next_elapse.ts";
import type { JobName } from "./scheduled_job.ts";
import { localOffset, type OffsetAt, offsetOfZone } from "./calendar/zone_offsets.ts";

/**
 * One part for each time: the job, what was written, its normal form, the next time.
 * @param now milliseconds since the epoch
 * @throws {SyntaxError} for a time that cannot be read
 */
export function describeTimes(
  { command, name }: JobName,
  times: readonly string[],
  now: number,
  local: OffsetAt = localOffset,
): string {
  return times.map((time, index) => {
    const count = times.length > 1 ? ` (${index + 1}/${times.length})` : "";
    return `${command}@${name}${count}\n${describeTime(time, now, local)}`;
  }).join("\n");
}

function describeTime(time: string, now: number, local: OffsetAt): string {
  const event = parseCalendar(time);
  const next = nextElapse(event, now, event.zone === undefined ? local : offsetOfZone(event.zone));
  const rows = [["time", time], ["normal form", formatCalendar(event)], ...nextRows(next, now, local)];
  return rows.map(([key, value]) => `  ${`${key}:`.padEnd(13)} ${value}\n`).join("");
}

function nextRows(next: number | undefined, now: number, local: OffsetAt): string[][] {
  if (next === undefined) return [["next", "never again"]];
  return [
    ["next", stamp(next + local(next))],
    ["in UTC", stamp(next)],
    ["from now", timeLeft(next - now)],
  ];
}

/** `2026-11-23 12:34:56` */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** Days and hours are enough for what is far away. */
function timeLeft(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const rest = wholeSeconds(ms % 86_400_000);
  return days === 0 ? rest : `${days} day${days === 1 ? "" : "s"} ${rest}`;
}
