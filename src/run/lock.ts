/**
 * The tool's own lock of a profile: a file that exactly one of any number of racing processes creates.
 *
 * It appears complete, and held by `flock(2)`: written beside, then linked to its name, which fails if the name exists. A
 * dead owner's file is replaced only by the holder of a second lock, `FILE.takeover`, taken in the same way: while one process
 * holds that, no other changes a dead owner's file, so what is judged dead and what is replaced are the same file. Should
 * the holder die in between, its `FILE.takeover` is a dead owner's lock like any other.
 */
import { writeWhole } from "../platform/replace_file.ts";
import { unlessFileError } from "../platform/unless_file_error.ts";
import { FileError, type World } from "../platform/world.ts";
import { draftPath, removeDeadDrafts } from "./lock_drafts.ts";
import { formatOrigin, formatOwner, formatProcess, formatStarting, parseLockFile } from "./lock_file.ts";
import { judgeOwner, type OwnerLife } from "./lock_owner.ts";
import { placeHere } from "./process_place.ts";
import { groupOf, identityOf } from "./process_identity.ts";

/** Longer than any lock; a longer file may be a disk. */
const LONGEST_FILE = 4 * 1024 * 1024;

export interface OwnLock {
  /** Whether the system tells others that this run lives; else they go by numbers of processes. */
  readonly isFlock: boolean;
  /** Before a child starts that {@linkcode add} is to name: the tool may be killed before it knows the number. */
  announce(): void;
  /** Adds a child to those that hold the lock. */
  add(pid: number): void;
  /** Removes the file, if it is still ours. */
  release(): void;
  /** The same, unless there are processes, named in it before: then the file stays, and is theirs until they end. */
  leaveTo(pids: readonly number[]): void;
}

export type LockAttempt = TakenLock | HeldOwnLock;

export interface TakenLock {
  readonly lock: OwnLock;
  /** Whether it was a dead owner's. */
  readonly isReplaced: boolean;
  /** That owner, as in {@linkcode HeldOwnLock}. */
  readonly owner: string | undefined;
}

export interface HeldOwnLock {
  /** The first line of the file; undefined if it is not in the usual form. */
  readonly owner: string | undefined;
  readonly isEmpty: boolean;
  readonly life: OwnerLife;
}

/** What a new lock file holds, and the end of its flock. */
interface Draft {
  readonly path: string;
  readonly text: string;
  readonly letGo: (() => void) | undefined;
}

/**
 * One attempt; one that gets the lock removes what killed runs have left beside it.
 * @throws {FileError} when the file can be neither created nor read
 */
export function attemptLock(path: string, takeOver: boolean, world: World): LockAttempt {
  const attempt = attemptOnce(path, takeOver, world);
  if ("lock" in attempt) removeDeadDrafts(path, world);
  return attempt;
}

function attemptOnce(path: string, takeOver: boolean, world: World): LockAttempt {
  for (let patience = 10; patience > 0; patience--) {
    const found = read(path, world);
    if (found !== undefined) return attemptHeld(path, found, takeOver, world);
    const lock = create(path, world);
    if (lock) return { lock, isReplaced: false, owner: undefined };
  }
  throw new FileError("other", path, "it is a link to nothing");
}

function attemptHeld(path: string, found: string, takeOver: boolean, world: World): LockAttempt {
  const { owner } = parseLockFile(found);
  const life = judgeOwner(path, found, world);
  const isEmpty = found === "";
  if (!takeOver || life !== "dead") return { owner, isEmpty, life };
  const lock = replaceDead(path, found, world);
  return lock ? { lock, isReplaced: true, owner } : { owner, isEmpty, life: "alive" }; // another process was quicker
}

/** @returns undefined when another process is about to do the same, or has done it */
function replaceDead(path: string, dead: string, world: World): OwnLock | undefined {
  const right = attemptOnce(`${path}.takeover`, true, world);
  if (!("lock" in right)) return undefined;
  try {
    const now = read(path, world);
    if (now !== dead || judgeOwner(path, now, world) !== "dead") return undefined;
    return replace(path, world);
  } finally {
    right.lock.release();
  }
}

function lockText(holdsFlock: boolean, world: World): string {
  const user = world.userName() ?? "unknown user";
  const owner = formatOwner({ user, host: world.hostname(), now: world.now() });
  const tool = { pid: world.pid, identity: identityOf(world.pid, world) };
  return `${owner}\n${formatOrigin(placeHere(world), holdsFlock, tool)}`;
}

function ownLock(path: string, { text, letGo }: Draft, world: World): OwnLock {
  const isOurs = () => read(path, world)?.startsWith(text) ?? false;
  // without the child's lines the lock counts as held as long as the tool itself lives: no reason to fail
  const append = (lines: string) => succeeds(() => isOurs() && world.files.write(path, `\n${lines}`, { append: true }));
  const group = groupOf(world.pid, world);
  const release = () => {
    succeeds(() => isOurs() && world.files.remove(path));
    letGo?.();
  };
  return {
    isFlock: letGo !== undefined,
    announce: () => group && append(formatStarting(group)),
    add: (pid) => append(formatProcess({ pid, identity: identityOf(pid, world) })),
    release,
    leaveTo: (pids) => pids.length === 0 ? release() : letGo?.(),
  };
}

function succeeds(action: () => unknown): boolean {
  return unlessFileError(() => {
    action();
    return true;
  }, false);
}

/** @returns undefined when the file exists */
function create(path: string, world: World): OwnLock | undefined {
  const draft = writeDraft(path, world);
  try {
    world.files.link(draft.path, path);
    return ownLock(path, draft, world);
  } catch (error) {
    draft.letGo?.();
    return isReason(error, "exists") ? undefined : createUnlinked(path, world);
  } finally {
    world.files.remove(draft.path);
  }
}

/** On file systems without hard links: there it cannot appear together with its flock. */
function createUnlinked(path: string, world: World): OwnLock | undefined {
  const text = lockText(false, world);
  try {
    writeWhole(world.files, path, text);
    return ownLock(path, { path, text, letGo: undefined }, world);
  } catch (error) {
    if (isReason(error, "exists")) return undefined;
    throw error;
  }
}

function replace(path: string, world: World): OwnLock {
  const draft = writeDraft(path, world);
  try {
    world.files.rename(draft.path, path);
    return ownLock(path, draft, world);
  } catch (error) {
    draft.letGo?.();
    world.files.remove(draft.path);
    throw error;
  }
}

/** Under a name of its own, that no other process can know. */
function writeDraft(lock: string, world: World): Draft {
  const path = draftPath(lock);
  const [held, unheld] = [lockText(true, world), lockText(false, world)]; // the draft of a killed run stays: it lives shortly
  writeWhole(world.files, path, "");
  try {
    return writeHeld(path, held, world) ?? writeUnheld(path, unheld, world);
  } catch (error) {
    world.files.remove(path);
    throw error;
  }
}

/** @returns undefined also where a held file is for its holder alone (SMB): others could not read whose lock it is */
function writeHeld(path: string, text: string, world: World): Draft | undefined {
  const letGo = world.files.hold(path);
  if (!letGo) return undefined;
  const isShared = succeeds(() => {
    world.files.write(path, text);
    world.files.readText(path);
  });
  if (isShared) return { path, text, letGo };
  letGo();
  return undefined;
}

function writeUnheld(path: string, text: string, world: World): Draft {
  world.files.write(path, text);
  return { path, text, letGo: undefined };
}

/** @returns undefined when there is no such file */
function read(path: string, { files }: World): string | undefined {
  try {
    return files.readRegular(path, LONGEST_FILE);
  } catch (error) {
    if (isReason(error, "missing")) return undefined;
    throw error;
  }
}

function isReason(error: unknown, reason: FileError["reason"]): boolean {
  return error instanceof FileError && error.reason === reason;
}
