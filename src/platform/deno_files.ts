/** Files by Deno's synchronous calls, with errors that give the bare reason: callers say what they could not do. */
import { reasonOf } from "../model/reason.ts";
import { holdFlock, isFlockHeld } from "./flock.ts";
import { isPipe, writeToPipe } from "./pipe_file.ts";
import { untoldEntries } from "./raw_names.ts";
import { type LockedFile, tryFlock } from "./try_flock.ts";
import { FileError, type FileInfo, type Files, type FolderEntry } from "./world.ts";

const WINDOWS = Deno.build.os === "windows";
/** A writer is done in milliseconds; one that only holds the lock must not keep this program from hearing signals. */
const LOCK_ATTEMPTS = 50;
const LOCK_PAUSE_MS = 5;

export const denoFiles: Files = {
  read: (path) => withFileError(path, () => Deno.readFileSync(path)),
  readText: (path) => withFileError(path, () => Deno.readTextFileSync(path)),
  readStart: (path, bytes) => withFileError(path, () => readStart(path, bytes)),
  readRegular(path, longest) {
    const { isFile, isDirectory, size } = withFileError(path, () => Deno.statSync(path));
    if (!isFile && !isDirectory) throw new FileError("other", path, "it is not a regular file");
    if (isFile && size > longest) throw new FileError("other", path, `it is longer than ${longest} bytes`);
    return withFileError(path, () => Deno.readTextFileSync(path));
  },
  write(path, data, options = {}) {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    withFileError(path, () => writeBytes(path, bytes, options));
  },
  stat: (path) => find(path, Deno.statSync),
  lstat: (path) => find(path, Deno.lstatSync),
  realPath: (path) => withFileError(path, () => Deno.realPathSync(path)),
  list: (path) => withFileError(path, () => Array.from(Deno.readDirSync(path), (entry) => entry.name)),
  entries: (path) => withFileError(path, () => entriesIn(path)),
  makeDir: (path, mode = 0o755) => withFileError(path, () => Deno.mkdirSync(path, { recursive: true, mode })),
  remove(path, options = {}) {
    try {
      Deno.removeSync(path, options);
    } catch (error) {
      if (!isMissing(error)) throw fileError(error, path);
    }
  },
  rename: (from, to) => withFileError(from, () => Deno.renameSync(from, to)),
  link: (from, to) => withFileError(to, () => Deno.linkSync(from, to)),
  chmod: (path, mode) => withFileError(path, () => Deno.chmodSync(path, mode)),
  chown: (path, { uid, gid }) => withFileError(path, () => Deno.chownSync(path, uid, gid)),
  isExecutable(path) {
    try {
      const { isFile, mode } = Deno.statSync(path);
      return isFile && (WINDOWS ? /\.(exe|com|bat|cmd)$/i.test(path) : ((mode ?? 0) & 0o111) !== 0);
    } catch {
      return false;
    }
  },
  lock(path) {
    for (;;) {
      const file = withFileError(path, () => openLocked(path));
      if (isStillAt(path, file)) return () => file.close();
      file.close();
    }
  },
  tryLock(path) {
    if (WINDOWS) return denoFiles.lock(path);
    for (let left = LOCK_ATTEMPTS; left > 0; left--) {
      const file = withFileError(path, () => tryFlock(path));
      if (file && isStillAt(path, file)) return () => file.close();
      file?.close();
      if (!file) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_PAUSE_MS);
    }
    return undefined;
  },
  hold: holdFlock,
  isHeld: isFlockHeld,
};

/** Not by `Deno.writeFileSync`, which gives the mode of a new file to an existing one too, even to a device or another user's file. */
function writeBytes(path: string, bytes: Uint8Array, options: NonNullable<Parameters<Files["write"]>[2]>): void {
  const { append = false, createNew = false, mode } = options;
  if (append && isPipe(path)) return writeToPipe(path, bytes);
  const file = Deno.openSync(path, {
    write: true,
    append,
    truncate: !append && !createNew,
    create: !createNew,
    createNew,
    ...(mode === undefined ? {} : { mode }),
  });
  try {
    for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
  } finally {
    file.close();
  }
}

function readStart(path: string, bytes: number): Uint8Array {
  using file = Deno.openSync(path);
  const buffer = new Uint8Array(bytes);
  return buffer.subarray(0, file.readSync(buffer) ?? 0);
}

/** Deno shows bytes that are not UTF-8 as U+FFFD, and finds nothing by that name, or another file whose name really has it. */
function entriesIn(folder: string): FolderEntry[] {
  const seen = new Set<string>();
  const told = Array.from(Deno.readDirSync(folder), ({ name, isDirectory, isSymlink }): FolderEntry => {
    const isText = !name.includes("\ufffd") ||
      (!seen.has(name) && find(`${folder}/${name}`, Deno.lstatSync) !== undefined);
    seen.add(name);
    return { name, kind: isSymlink ? "link" : isDirectory ? "directory" : "file", isText };
  });
  return [...told, ...untoldEntries(folder).map((entry) => ({ ...entry, isText: false }))];
}

/** Windows keeps everybody, this program too, from reading a locked file: there one beside it is locked. */
function openLocked(path: string): Deno.FsFile {
  const file = WINDOWS ? Deno.openSync(`${path}.lock`, { create: true, write: true }) : Deno.openSync(path);
  try {
    file.lockSync(true);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The previous holder may have replaced the file. The open one keeps its inode, so another file has another. */
function isStillAt(path: string, file: LockedFile): boolean {
  if (WINDOWS) return true; // the file beside is never replaced
  const { ino, dev } = file.statSync();
  const found = find(path, Deno.statSync);
  return found?.inode === ino && found?.device === dev;
}

function withFileError<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileError(error, path);
  }
}

function find(path: string, stat: (path: string) => Deno.FileInfo): FileInfo | undefined {
  try {
    const { isFile, isDirectory, isFifo, isCharDevice, size, mtime, ino, dev, mode, uid, gid } = stat(path);
    return {
      kind: isFile ? "file" : isDirectory ? "directory" : isFifo || isCharDevice ? "stream" : "other",
      size,
      modified: mtime?.getTime() ?? 0,
      inode: ino ?? 0,
      device: dev,
      mode: (mode ?? 0) & 0o7777,
      owner: uid === null || gid === null ? undefined : { uid, gid },
      isOwn: uid === Deno.uid(),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError(error, path);
  }
}

/** Nothing is below something that is not a folder, either. */
function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

function fileError(error: unknown, path: string): FileError {
  if (error instanceof FileError) return error;
  if (error instanceof Deno.errors.NotFound) return new FileError("missing", path, "no such file or directory");
  if (error instanceof Deno.errors.AlreadyExists) return new FileError("exists", path, "file exists");
  if (error instanceof Deno.errors.PermissionDenied) return new FileError("denied", path, "permission denied");
  return new FileError("other", path, systemReason(error));
}

/** The system's words alone: `Is a directory (os error 21): open '/etc'` is `is a directory`. */
export function systemReason(error: unknown): string {
  const text = reasonOf(error);
  const words = /^(?:.*: )?([^:]+) \(os error \d+\)/.exec(text)?.[1] ?? text;
  return words.charAt(0).toLowerCase() + words.slice(1);
}
