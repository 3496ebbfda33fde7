/**
 * The text of a lock file. Other tools and older versions read and write it too, so its form is fixed:
 *
 *     root on Monday, 23-Nov-26 23:34:26 UTC from nas1
 *     # pid namespace 4026531836 boot 2a7f5a8e-… machine 5f1c22d0
 *     # holds flock
 *     # 30757 started 1482910 boot 2a7f5a8e-…
 *     30757
 *
 * without line feed at the end; a line that starts with `#` is a remark for those who know it. The first one tells where
 * the numbers mean what they meant to the owner; the second one, that the owner holds `flock(2)` on this very file as long
 * as it lives. The one before a number tells which process that is, because numbers come again: after a reboot, and all the
 * time in containers. Another remark precedes the lines of each child, written before the child starts:
 *
 *     # starting a child in group 30757 of session 30101
 *
 * A tool that is killed before it can write the number has left this remark as the last line, and its child can be found.
 */
import { MONTHS, shortMonth, WEEKDAYS } from "../model/calendar_names.ts";

/** What tells one process from another of the same number. */
export interface ProcessIdentity {
  /** In clock ticks since the boot. */
  readonly started: string;
  readonly boot: string;
}

export interface LockedProcess {
  readonly pid: number;
  /** Undefined: the writer did not know it, or is the original tool. */
  readonly identity: ProcessIdentity | undefined;
}

/** Where numbers of processes mean the same. */
export interface ProcessPlace {
  readonly namespace: string;
  readonly boot: string;
  /** Undefined: the machine has no number of its own, as in most containers. */
  readonly machine: string | undefined;
}

/** Where a child is among all processes: it is born into the group and the session of its parent. */
export interface ProcessGroup {
  readonly group: string;
  readonly session: string;
}

export interface LockFile {
  /** The first line, to be quoted to people; undefined if it is not in the usual form: then it may be anything. */
  readonly owner: string | undefined;
  readonly host: string | undefined;
  /** Milliseconds since the epoch; undefined if unreadable, or in a zone that has no fixed meaning. */
  readonly date: number | undefined;
  /** Undefined: an older version of this tool has written the file, or another tool. */
  readonly place: ProcessPlace | undefined;
  readonly holdsFlock: boolean;
  /** The tool is the first. */
  readonly processes: readonly LockedProcess[];
  /** Where a child was about to start whose number was not written. */
  readonly starting: ProcessGroup | undefined;
}

const FIRST_LINE = / on \w+day, (\d\d)-(\w{3})-(\d\d) (\d\d):(\d\d):(\d\d) (\S+) from (.+)$/;
const LONGEST_OWNER = 200;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const PLACE = /^# pid namespace (\d+) boot (\S+) machine (\S+)$/;
const UNKNOWN_MACHINE = "unknown";
const FLOCK = "# holds flock";
const REMARK = /^# (\d+) started (\S+) boot (\S+)$/;
const STARTING = /^# starting a child in group (\d+) of session (\d+)$/;

export function formatOwner(owner: { readonly user: string; readonly host: string; readonly now: number }): string {
  const date = new Date(owner.now);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${two(date.getDate())}-${shortMonth(date.getMonth())}-${two(date.getFullYear() % 100)}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${owner.user} on ${WEEKDAYS[date.getDay()]}, ${day} ${time} ${zoneOf(date)} from ${owner.host}`;
}

/** The lines that follow the first one, without line feed at the end. */
export function formatOrigin(place: ProcessPlace | undefined, holdsFlock: boolean, tool: LockedProcess): string {
  const where = place &&
    `# pid namespace ${place.namespace} boot ${place.boot} machine ${place.machine ?? UNKNOWN_MACHINE}`;
  return [...where ? [where] : [], ...holdsFlock ? [FLOCK] : [], formatProcess(tool)].join("\n");
}

/** The lines of one process, the last one without line feed. */
export function formatProcess({ pid, identity }: LockedProcess): string {
  return identity ? `# ${pid} started ${identity.started} boot ${identity.boot}\n${pid}` : String(pid);
}

/** Without line feed. */
export function formatStarting({ group, session }: ProcessGroup): string {
  return `# starting a child in group ${group} of session ${session}`;
}

export function parseLockFile(text: string): LockFile {
  const [first = "", ...lines] = text.split("\n");
  const identities = new Map<number, ProcessIdentity>();
  const processes: LockedProcess[] = [];
  let starting: ProcessGroup | undefined;
  for (const line of lines) {
    const [remark, pid, started, boot] = REMARK.exec(line) ?? [];
    if (remark !== undefined) identities.set(Number(pid), { started: started!, boot: boot! });
    const [announced, group, session] = STARTING.exec(line) ?? [];
    if (announced !== undefined) starting = { group: group!, session: session! };
    if (!/^\d+$/.test(line)) continue;
    processes.push({ pid: Number(line), identity: identities.get(Number(line)) });
    starting = undefined;
  }
  return { ...parseOwner(first), place: placeOf(lines), holdsFlock: lines.includes(FLOCK), processes, starting };
}

function parseOwner(line: string): Pick<LockFile, "owner" | "host" | "date"> {
  const found = FIRST_LINE.exec(line);
  if (!found) return { owner: undefined, host: undefined, date: undefined };
  const owner = CONTROLS.test(line) ? undefined : line.slice(0, LONGEST_OWNER);
  return { owner, host: found[8], date: dateOf(found) };
}

function placeOf(lines: readonly string[]): ProcessPlace | undefined {
  for (const line of lines) {
    const [found, namespace, boot, machine] = PLACE.exec(line) ?? [];
    if (found === undefined) continue;
    return { namespace: namespace!, boot: boot!, machine: machine === UNKNOWN_MACHINE ? undefined : machine };
  }
  return undefined;
}

function dateOf([, day, month, year, hour, minute, second, zone]: readonly string[]): number | undefined {
  const parts = [
    2000 + Number(year),
    MONTHS.findIndex((name) => name.startsWith(month!)),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ];
  const [years, months, days, hours, minutes, seconds] = parts as [number, number, number, number, number, number];
  if (months < 0) return undefined;
  if (zone === "UTC" || zone === "GMT") return Date.UTC(years, months, days, hours, minutes, seconds);
  const local = new Date(years, months, days, hours, minutes, seconds);
  return zoneOf(local) === zone ? local.getTime() : undefined;
}

/** Some languages' abbreviations for the zones of their countries; without any Go, too, prints `+03`. */
const ABBREVIATING = ["en-US", "en-GB", "en-AU", "en-CA", "en-IN", "en-ZA"];

/** By locale: to make one takes a millisecond. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(locale: string): Intl.DateTimeFormat {
  const format = formats.get(locale) ?? new Intl.DateTimeFormat(locale, { timeZoneName: "short" });
  formats.set(locale, format);
  return format;
}

function zoneOf(date: Date): string {
  for (const locale of ABBREVIATING) {
    const name = formatIn(locale).formatToParts(date)
      .find(({ type }) => type === "timeZoneName")?.value;
    if (name !== undefined && /^[A-Z]+$/.test(name)) return name;
  }
  const offset = -date.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) =>
    String(n).padStart(2, "0")
  );
  return `${offset < 0 ? "-" : "+"}${hours}${minutes === "00" ? "" : minutes}`;
}
