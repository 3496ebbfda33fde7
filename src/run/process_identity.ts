/** What the system tells of a process (`/proc` of Linux): which one its number means, whether it lives, how nice it is. */
import { parseProcessStat, type ProcessStat } from "../platform/process_stat.ts";
import type { World } from "../platform/world.ts";
import type { LockedProcess, ProcessGroup, ProcessIdentity } from "./lock_file.ts";
import { readOptional } from "./machine/read_optional.ts";

/** Undefined where there is no `/proc`, or no such process. */
export function identityOf(pid: number, world: World): ProcessIdentity | undefined {
  const started = statOf(pid, world)?.started;
  const boot = bootId(world);
  return started && boot ? { started, boot } : undefined;
}

function bootId(world: World): string | undefined {
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
 * Whether a process of the group lives, this one apart, that is no older than `since`. Others than the one looked for may
 * be found, if the same script started them: for a lock it is the safe mistake.
 */
export function hasYounger({ group, session }: ProcessGroup, since: ProcessIdentity, world: World): boolean {
  if (since.boot !== bootId(world)) return false;
  return processNumbers(world).some((pid) => {
    const stat = pid === world.pid ? undefined : statOf(pid, world);
    return stat?.group === group && stat.session === session && stat.state !== "Z" &&
      Number(stat.started) >= Number(since.started);
  });
}

function processNumbers({ files }: World): number[] {
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
  const text = readOptional(`/proc/${pid}/stat`, world);
  return text === undefined ? undefined : parseProcessStat(text);
}

/** Of all processes, as far as the system tells. */
export function processStats(world: World): ProcessStat[] {
  return processNumbers(world).flatMap((pid) => statOf(pid, world) ?? []);
}
