/** Files that several runs change at the same time: each reads, changes and replaces the whole file under its lock. */
import { folderOf } from "../model/path.ts";
import { besideOf, checkWritten, writeWhole } from "../platform/replace_file.ts";
import { FileError, type Files } from "../platform/world.ts";

/** Each further attempt means that the file was removed just then. */
const LOCK_ATTEMPTS = 10;

const LINK_TO_NOTHING = "it is a link to a file that does not exist";

/**
 * `done`; `held`: another process holds the file's lock, and nothing was done; `unlocked`: done, but without a lock, since the file
 * system has no locks or the file may only be replaced. Another run could have changed the file meanwhile.
 */
export type FileChange = "done" | "held" | "unlocked";

/**
 * Does something while no other run can change the file, which is made with its folders.
 *
 * @param empty what a new file holds
 * @throws {FileError} when it cannot be written
 */
export function whileLocked(path: string, empty: string, files: Files, change: () => void): FileChange {
  checkWritten(files, path); // before the lock: to open a pipe waits for its writer
  const lock = lockFile(path, empty, files);
  if (lock === "held") return lock;
  try {
    change();
  } finally {
    if (lock !== "unlocked") lock();
  }
  return lock === "unlocked" ? lock : "done";
}

/** Its call releases it. */
type Lock = (() => void) | "held" | "unlocked";

/** The lock of the file itself leaves nothing behind. */
function lockFile(path: string, empty: string, files: Files): Lock {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    createIfMissing(path, empty, files);
    const lock = lockOf(path, files);
    if (lock !== "missing") return lock;
  }
  throw new FileError("other", path, isLink(path, files) ? LINK_TO_NOTHING : "other processes keep removing it");
}

function isLink(path: string, files: Files): boolean {
  return files.lstat(path)?.kind === "other";
}

/** `missing` if it has just vanished. */
function lockOf(path: string, files: Files): Lock | "missing" {
  try {
    return files.tryLock(path) ?? "held";
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.reason === "missing") return "missing";
    if (files.stat(path)?.kind === "file") return "unlocked";
    throw error;
  }
}

/** It appears with its content, so that readers never find it empty. */
function createIfMissing(path: string, empty: string, files: Files): void {
  if (files.stat(path)) return;
  const beside = besideOf(path);
  files.makeDir(folderOf(path));
  writeWhole(files, beside, empty);
  try {
    files.link(beside, path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.reason !== "exists") createUnlinked(path, empty, files);
  } finally {
    files.remove(beside);
  }
}

/** On file systems without hard links. */
function createUnlinked(path: string, empty: string, files: Files): void {
  try {
    writeWhole(files, path, empty);
  } catch (error) {
    if (!(error instanceof FileError) || error.reason !== "exists") throw error;
  }
}
