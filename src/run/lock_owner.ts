/**
 * Whether the owner of a lock lives. While it does, it holds `flock(2)` on the file, which the system itself tells of, in
 * other containers and under other host names too; numbers of processes then matter only for the children of an owner that
 * was killed. Without that (another tool, an older version, a file system without locks) numbers alone decide.
 *
 * Children of a dead owner in a container beside ours cannot be seen; they count as ended, for what ends an owner there is
 * mostly the end of its container. Should one go on, restic's own locks are between it and us.
 */
import type { World } from "../platform/world.ts";
import { type LockFile, parseLockFile, type ProcessPlace } from "./lock_file.ts";
import { livesInside, placeHere } from "./process_place.ts";
import { bootTime, hasOrphan, isAlive } from "./process_identity.ts";

/** A file without any process in it is a dead owner's when it is older. */
const UNFINISHED_MS = 60_000;

/** Elsewhere: on another machine or in a container, where this machine cannot tell whether it lives. */
export type OwnerLife = "alive" | "dead" | "elsewhere";

/** @param text of the lock file */
export function judgeOwner(path: string, text: string, world: World): OwnerLife {
  const file = parseLockFile(text);
  const isHeld = file.holdsFlock ? world.files.isHeld(path) : undefined;
  if (isHeld) return "alive";
  const here = placeHere(world);
  if (!file.place || !here) {
    if (file.host !== undefined && file.host !== world.hostname()) return "elsewhere";
    return judgeHere(path, file, isHeld, world);
  }
  if (file.place.boot !== here.boot) return isEarlierBoot(file, here, world) ? "dead" : "elsewhere";
  if (file.place.namespace === here.namespace) return judgeHere(path, file, isHeld, world);
  if (livesInside(file.processes, file.place.namespace, world)) return "alive";
  return isHeld === false ? "dead" : "elsewhere";
}

/** By numbers that mean here what they mean in the file. */
function judgeHere(path: string, file: LockFile, isHeld: boolean | undefined, world: World): OwnerLife {
  if (file.processes.length === 0) {
    const age = world.now() - (world.files.stat(path)?.modified ?? world.now());
    return Math.abs(age) > UNFINISHED_MS ? "dead" : "alive"; // a file of the future: the clock was set back since
  }
  if (isBeforeBoot(file, world)) return "dead";
  const [tool, ...children] = file.processes;
  const suspects = isHeld === false && !tool?.identity ? children : file.processes;
  return suspects.some((process) => isAlive(process, world)) || hasUnnamedChild(file, world) ? "alive" : "dead";
}

/** The owner was killed while it started a child: one younger than the child before. */
function hasUnnamedChild({ starting, processes }: LockFile, world: World): boolean {
  const before = processes.at(-1)?.identity ?? processes[0]?.identity; // a child that ended immediately lacks one
  return starting !== undefined && before !== undefined && hasOrphan(starting, before, world);
}

/** Then all its numbers mean other processes by now. Our own files say more exactly of each process which one it is. */
function isBeforeBoot({ date, processes }: LockFile, world: World): boolean {
  if (date === undefined || processes.some(({ identity }) => identity !== undefined)) return false;
  return date < (bootTime(world) ?? date);
}

/** Two machines may share a host name (`localhost`) and a folder. */
function isEarlierBoot({ host, place }: LockFile, here: ProcessPlace, world: World): boolean {
  const known = [place?.machine, here.machine].filter((machine) => machine !== undefined);
  return host === world.hostname() && new Set(known).size <= 1;
}
