/**
 * The tool's own lock of a profile: a file that exactly one of any number of racing processes creates.
 *
 * It appears complete: written beside, then linked to its name, which fails if the name is there. A dead owner's file is
 * replaced only by the holder of a second lock, `FILE.takeover`, taken in the same way: while somebody holds that, nobody
 * else changes a dead owner's file, so what is judged dead and what is replaced are the same file. Should the holder die
 * in between, its `FILE.takeover` is a dead owner's lock like any other.
 */
import { writeWhole } from "../platform/replace_file.ts";
import { FileError, type World } from "../platform/world.ts";
import { formatOwner, formatProcess, formatStarting, type LockFile, parseLockFile } from "./lock_file.ts";
import { bootTime, groupOf, hasYounger, identityOf, isAlive } from "./process_identity.ts";

/** A file without any process in it is a dead owner's when it is older. */
const UNFINISHED_MS = 60_000;

export interface OwnLock {
  /** Before a child starts that {@linkcode add} is to name: the tool may be killed before it knows the number. */
  announce(): void;
  /** Adds a child to those that hold the lock. */
  add(pid: number): void;
  /** Removes the file, if it is still ours. */
  release(): void;
  /** The same, unless one of the processes lives: then the file stays, and is theirs until they end. */
  leaveTo(pids: readonly number[]): void;
}

export type Attempt = TakenLock | HeldLock;

export interface TakenLock {
  readonly lock: OwnLock;
  /** The dead owner whose lock it was. */
  readonly replaced: string | undefined;
}

/** On another machine: nobody here can tell whether it lives. */
export type OwnerLife = "alive" | "dead" | "elsewhere";

export interface HeldLock {
  /** The first line of the file; empty if it has none. */
  readonly heldBy: string;
  readonly life: OwnerLife;
}

/**
 * One attempt.
 * @throws {FileError} when the file can be neither created nor read
 */
export function attemptLock(path: string, takeOver: boolean, world: World): Attempt {
  for (let patience = 10; patience > 0; patience--) {
    const found = read(path, world);
    if (found !== undefined) return attemptHeld(path, found, takeOver, world);
    const text = lockText(world);
    if (create(path, text, world)) return { lock: ownLock(path, text, world), replaced: undefined };
  }
  throw new FileError("other", path, "it is a link to nothing");
}

function attemptHeld(path: string, found: string, takeOver: boolean, world: World): Attempt {
  const { owner } = parseLockFile(found);
  const life = judge(path, found, world);
  if (!takeOver || life !== "dead") return { heldBy: owner, life };
  const lock = replaceDead(path, found, world);
  return lock ? { lock, replaced: owner } : { heldBy: owner, life: "alive" }; // whoever was quicker
}

/** @returns undefined when another process is about to do the same, or has done it */
function replaceDead(path: string, dead: string, world: World): OwnLock | undefined {
  const right = attemptLock(`${path}.takeover`, true, world);
  if (!("lock" in right)) return undefined;
  try {
    const now = read(path, world);
    if (now !== dead || judge(path, now, world) !== "dead") return undefined;
    const text = lockText(world);
    replace(path, text, world);
    return ownLock(path, text, world);
  } finally {
    right.lock.release();
  }
}

function lockText(world: World): string {
  const user = world.userName() ?? "unknown user";
  const owner = formatOwner({ user, host: world.hostname(), now: world.now() });
  return `${owner}\n${formatProcess({ pid: world.pid, identity: identityOf(world.pid, world) })}`;
}

function ownLock(path: string, text: string, world: World): OwnLock {
  const isOurs = () => read(path, world)?.startsWith(text) ?? false;
  // without the child's lines the lock counts as held as long as the tool itself lives: no reason to fail
  const append = (lines: string) => attempt(() => isOurs() && world.files.write(path, `\n${lines}`, { append: true }));
  const group = groupOf(world.pid, world);
  return {
    announce: () => group && append(formatStarting(group)),
    add: (pid) => append(formatProcess({ pid, identity: identityOf(pid, world) })),
    release: () => attempt(() => isOurs() && world.files.remove(path)),
    leaveTo: (pids) => pids.length > 0 || attempt(() => isOurs() && world.files.remove(path)),
  };
}

function attempt(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** @returns false when the file exists */
function create(path: string, text: string, world: World): boolean {
  const draft = writeDraft(path, text, world);
  try {
    world.files.link(draft, path);
    return true;
  } catch (error) {
    return !isReason(error, "exists") && createUnlinked(path, text, world);
  } finally {
    world.files.remove(draft);
  }
}

/** On file systems without hard links. */
function createUnlinked(path: string, text: string, world: World): boolean {
  try {
    writeWhole(world.files, path, text);
    return true;
  } catch (error) {
    if (isReason(error, "exists")) return false;
    throw error;
  }
}

function replace(path: string, text: string, world: World): void {
  const draft = writeDraft(path, text, world);
  try {
    world.files.rename(draft, path);
  } catch (error) {
    world.files.remove(draft);
    throw error;
  }
}

function writeDraft(path: string, text: string, world: World): string {
  const draft = `${path}.${crypto.randomUUID()}`;
  writeWhole(world.files, draft, text);
  return draft;
}

/** @returns undefined when there is no such file */
function read(path: string, world: World): string | undefined {
  try {
    return world.files.readText(path);
  } catch (error) {
    if (isReason(error, "missing")) return undefined;
    throw error;
  }
}

function isReason(error: unknown, reason: FileError["reason"]): boolean {
  return error instanceof FileError && error.reason === reason;
}

function judge(path: string, text: string, world: World): OwnerLife {
  const file = parseLockFile(text);
  if (file.host !== undefined && file.host !== world.hostname()) return "elsewhere";
  if (file.processes.length === 0) {
    const age = world.now() - (world.files.stat(path)?.modified ?? world.now());
    return Math.abs(age) > UNFINISHED_MS ? "dead" : "alive"; // a file of the future: the clock was set back since
  }
  if (isBeforeBoot(file, world)) return "dead";
  return file.processes.some((process) => isAlive(process, world)) || hasUnnamedChild(file, world) ? "alive" : "dead";
}

/** The owner was killed while it started a child: one younger than the child before. */
function hasUnnamedChild({ starting, processes }: LockFile, world: World): boolean {
  const before = processes.at(-1)?.identity ?? processes[0]?.identity; // a child that ended at once has none
  return starting !== undefined && before !== undefined && hasYounger(starting, before, world);
}

/** Then all its numbers mean other processes by now. Our own files say more exactly of each process which one it is. */
function isBeforeBoot({ date, processes }: LockFile, world: World): boolean {
  if (date === undefined || processes.some(({ identity }) => identity !== undefined)) return false;
  return date < (bootTime(world) ?? date);
}
