/**
 * What the system tells of a process (`/proc` of Linux): which one its number means, whether it lives, how nice it is. In a
 * namespace of processes without a `/proc` of its own, numbers there mean other processes: then it tells nothing.
 */
import { parseProcessStat, type ProcessStat } from "../platform/process_stat.ts";
import type { World } from "../platform/world.ts";
import type { LockedProcess, ProcessGroup, ProcessIdentity } from "./lock_file.ts";
import { readOptional } from "./machine/read_optional.ts";

const FIRST_PROCESS = 1;

/** Undefined where there is no `/proc`, or no such process. */
export function identityOf(pid: number, world: World): ProcessIdentity | undefined {
  const started = statOf(pid, world)?.started;
  const boot = bootId(world);
  return started && boot ? { started, boot } : undefined;
}

export function bootId(world: World): string | undefined {
  return readOptional("/proc/sys/kernel/random/boot_id", world);
}

/** Whether that very process still lives; a number that another process has got means it is dead. */
export function isAlive({ pid, identity }: LockedProcess, world: World): boolean {
  if (!world.signal(pid, undefined)) return false;
  if (statOf(pid, world)?.state === "Z") return false;
  const now = identityOf(pid, world);
  return !identity || !now || (identity.started === now.started && identity.boot === now.boot);
}

/** Undefined where the system does not tell. */
export function groupOf(pid: number, world: World): ProcessGroup | undefined {
  const { group, session } = statOf(pid, world) ?? {};
  return group && session ? { group, session } : undefined;
}

/**
 * Whether an orphan of the group lives that is not older than `since`: a child whose parent was killed, and which has the
 * first process or another one outside of its session for a parent since. This tool is never one: others of its runs may
 * wait in the group. A process that the same script left behind may be found: for a lock that is the safe mistake.
 */
export function hasOrphan({ group, session }: ProcessGroup, since: ProcessIdentity, world: World): boolean {
  if (since.boot !== bootId(world)) return false;
  const stats = processStats(world);
  const sessions = new Map(stats.map((stat) => [stat.pid, stat.session]));
  return stats.some((stat) =>
    stat.group === group && stat.session === session && stat.state !== "Z" &&
    stat.pid !== Number(group) && // the first of a group was not born into it
    Number(stat.started) >= Number(since.started) &&
    (stat.parent === FIRST_PROCESS || sessions.get(stat.parent) !== session) &&
    !isThisTool(stat, world)
  );
}

function isThisTool({ pid, name }: ProcessStat, world: World): boolean {
  const [theirs, ours] = [programOf(pid, world), programOf(world.pid, world)];
  return theirs && ours ? theirs === ours : name === statOf(world.pid, world)?.name;
}

/** Undefined for programs of other users, and for one that was replaced since. */
function programOf(pid: number, { files }: World): string | undefined {
  try {
    return files.realPath(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}

export function processNumbers({ files }: World): number[] {
  try {
    return files.list("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Milliseconds since the epoch; undefined where the system does not tell. */
export function bootTime(world: World): number | undefined {
  const seconds = /^btime (\d+)$/m.exec(readOptional("/proc/stat", world) ?? "")?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** -20…19; 0 where the system does not tell. */
export function niceOf(pid: number, world: World): number {
  return statOf(pid, world)?.nice ?? 0;
}

function statOf(pid: number, world: World): ProcessStat | undefined {
  return isOwnProc(world) ? listedStat(pid, world) : undefined;
}

/** Of the process that `/proc` lists under that number, whatever the number means here. */
export function listedStat(pid: number | "self", world: World): ProcessStat | undefined {
  const text = readOptional(`/proc/${pid}/stat`, world);
  return text === undefined ? undefined : parseProcessStat(text);
}

function isOwnProc(world: World): boolean {
  return (listedStat("self", world)?.pid ?? world.pid) === world.pid;
}

/** Of all processes, as far as the system tells. */
export function processStats(world: World): ProcessStat[] {
  return processNumbers(world).flatMap((pid) => statOf(pid, world) ?? []);
}
