/**
 * A child together with what it has started: restic behind a script, the commands of a hook's shell. A signal to the child
 * alone ends a shell and leaves its commands running, or waits in a shell for the end of a command that never heard of it.
 * Only Linux (`/proc`) tells who they are; elsewhere it is the child alone.
 */
import { baseName } from "../model/path.ts";
import type { ProcessStat } from "../platform/process_stat.ts";
import type { Child, Signal, World } from "../platform/world.ts";
import type { LockedProcess } from "./lock_file.ts";
import { readOptional } from "./machine/read_optional.ts";
import { identityOf, isAlive, processStats } from "./process_identity.ts";

/** How often to look whether they have ended: the system reports only the end of a process's own children. */
const LOOK_MS = 100;
/** How long they are waited for when the child itself has ended. */
const PATIENCE_MS = 10_000;
/** Killed ones, which only the system or another user's rights keep alive. */
const KILLED_PATIENCE_MS = 2_000;
const SIGINT_BIT = 1n << 1n;

/**
 * The same child, whose signals reach all. Its status settles when those have ended, too, that got one.
 * @param found gets each descendant before its first signal
 */
export function withDescendants(child: Child, world: World, found: (process: LockedProcess) => void): Child {
  const signalled = new Map<number, LockedProcess>();
  let killed = false;

  const isLiving = (process: LockedProcess) => isAlive(process, world);

  function kill(signal: Signal): void {
    killed ||= signal === "SIGKILL";
    const living = [...signalled.values()].filter(isLiving).map(({ pid }) => pid);
    const below = descendantsOf([child.pid, ...living], killed, world)
      .filter((pid) => !signalled.has(pid) && (killed || !ignoresInterruption(pid, world)));
    for (const pid of below) {
      const process = { pid, identity: identityOf(pid, world) };
      signalled.set(pid, process);
      found(process);
    }
    child.kill(signal); // first: a shell must not go on with its next command
    for (const pid of [...living, ...below]) world.signal(pid, signal);
  }
  async function ended(): Promise<void> {
    for (let waited = 0; [...signalled.values()].some(isLiving); waited += LOOK_MS) {
      if (waited >= (killed ? KILLED_PATIENCE_MS : PATIENCE_MS)) return;
      await world.sleep(LOOK_MS);
    }
  }
  const status = child.status.then(async (status) => {
    await ended();
    return status;
  });
  return { ...child, status, kill };
}

/** Without what restic starts (`ssh`, `rclone`): it needs them to clean up in the repository. @param all these, too */
function descendantsOf(pids: readonly number[], all: boolean, world: World): number[] {
  const stats = processStats(world);
  const living = new Map(stats.map((stat) => [stat.pid, stat]));
  const found = new Set<number>();
  for (let parents = pids; parents.length > 0;) {
    const open = parents.filter((pid) => all || !isRestic(living.get(pid), world));
    const below = stats.filter(({ parent, state }) => open.includes(parent) && state !== "Z").map(({ pid }) => pid);
    parents = below.filter((pid) => !found.has(pid) && !pids.includes(pid));
    parents.forEach((pid) => found.add(pid));
  }
  return [...found];
}

/** A script may have that name as well: it is the shell's program that runs then. */
function isRestic(stat: ProcessStat | undefined, { files }: World): boolean {
  if (stat === undefined) return false;
  try {
    return /restic/i.test(baseName(files.realPath(`/proc/${stat.pid}/exe`)));
  } catch {
    return /restic/i.test(stat.name); // another user's, or its file was replaced since
  }
}

/** As what a shell starts with `&`: it goes on, by its author's wish. */
function ignoresInterruption(pid: number, world: World): boolean {
  const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readOptional(`/proc/${pid}/status`, world) ?? "")?.[1] ?? "0";
  return (BigInt(`0x${ignored}`) & SIGINT_BIT) !== 0n;
}
