/** Files that several runs change at the same time: each reads, changes and replaces the whole file under its lock. */
import { folderOf } from "../model/path.ts";
import { besideOf, checkWritten, writeWhole } from "../platform/replace_file.ts";
import { FileError, type Files } from "../platform/world.ts";

/** Each further attempt means that somebody has removed the file just then. */
const LOCK_ATTEMPTS = 10;

/**
 * Does something while no other run can change the file, which is made with its folders.
 *
 * @param empty what a new file holds
 * @returns false when another process holds the file's lock: nothing was done
 * @throws {FileError} when it cannot be written
 */
export function whileLocked(path: string, empty: string, files: Files, change: () => void): boolean {
  checkWritten(files, path); // before the lock: to open a pipe waits for its writer
  const release = lockFile(path, empty, files);
  if (!release) return false;
  try {
    change();
    return true;
  } finally {
    release();
  }
}

/** The lock of the file itself leaves nothing behind. Undefined if another process holds it. */
function lockFile(path: string, empty: string, files: Files): (() => void) | undefined {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    createIfMissing(path, empty, files);
    const release = lockOf(path, files);
    if (release !== "missing") return release;
  }
  throw new FileError("other", path, "other processes remove it all the time");
}

/** `missing` if it has just vanished. */
function lockOf(path: string, files: Files): (() => void) | undefined | "missing" {
  try {
    return files.tryLock(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.reason === "missing") return "missing";
    if (files.stat(path)?.kind === "file") return () => {}; // a file system without locks, or a file that we may only replace
    throw error;
  }
}

/** It appears with its content, so that nobody reads an empty one. */
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
