/** Files that others read at any time: written beside and renamed, so that half of one is never seen. */
import { folderOf } from "../model/path.ts";
import { unlessFileError } from "./unless_file_error.ts";
import { FileError, type FileInfo, type Files } from "./world.ts";

/** Permission bits, and whose a file is. */
export type Rights = Pick<FileInfo, "mode" | "owner">;

/**
 * Makes missing folders. A symbolic link stays one: what it points to is replaced.
 * @param mode permission bits of a new file, less the umask; an existing file keeps its own, and its owner where that may be set
 * @throws {FileError}
 */
export function replaceFile(files: Files, path: string, data: string | Uint8Array, mode = 0o644): void {
  const found = checkWritten(files, path);
  const target = found ? files.realPath(path) : path;
  files.makeDir(folderOf(target));
  putInPlace(files, target, data, found, mode);
}

/**
 * Whether a file may be written to. The folder may be another user's, who could make this one overwrite any file by a link to it.
 * @param kinds that are accepted
 * @returns what exists; undefined for nothing
 * @throws {FileError} when it is of another kind, or a link of another user to a file that is not that user's
 */
export function checkWritten(
  files: Files,
  path: string,
  kinds: readonly FileInfo["kind"][] = ["file"],
): FileInfo | undefined {
  const found = files.stat(path);
  if (found?.kind === "directory") throw new FileError("other", path, "is a directory");
  if (found && !kinds.includes(found.kind)) throw new FileError("other", path, "it is not a regular file");
  const name = files.lstat(path);
  const trusted = [0, found?.owner?.uid];
  if (name && name.kind !== "file" && !name.isOwn && !trusted.includes(name.owner?.uid)) {
    const target = found ? "a file that is not theirs" : "a file that does not exist";
    throw new FileError("denied", path, `it is a link of another user to ${target}`);
  }
  return found;
}

/**
 * Puts a new file at a path, in place of what may be there: of a link the link itself.
 * @param like whose mode and owner it gets
 * @throws {FileError}
 */
export function putInPlace(
  files: Files,
  path: string,
  data: string | Uint8Array,
  like: Rights | undefined,
  mode = 0o644,
): void {
  const beside = besideOf(path);
  try {
    writeWhole(files, beside, data, like ? 0o600 : mode);
    try {
      if (like) copyRights(files, like, beside);
      files.rename(beside, path);
    } catch (error) {
      files.remove(beside);
      throw error;
    }
  } catch (error) {
    throw error instanceof FileError ? new FileError(error.reason, path, error.message) : error;
  }
}

/** A name that no process can guess, and that no killed run has left. */
export function besideOf(path: string): string {
  return `${path}.${crypto.randomUUID().slice(-12)}.tmp`;
}

/** Only root may give files away: of another user's file the group is kept, where this user is a member. */
function copyRights(files: Files, { mode, owner }: Rights, path: string): void {
  const ours = files.stat(path)?.owner;
  if (owner && ours) void (attemptChown(files, path, owner) || attemptChown(files, path, { ...ours, gid: owner.gid }));
  files.chmod(path, mode);
}

function attemptChown(files: Files, path: string, owner: NonNullable<FileInfo["owner"]>): boolean {
  return unlessFileError(() => {
    files.chown(path, owner);
    return true;
  }, false);
}

/**
 * Makes a file; on a full disk it leaves no part of one behind.
 * @throws {FileError} also when there is one already
 */
export function writeWhole(files: Files, path: string, data: string | Uint8Array, mode = 0o644): void {
  try {
    files.write(path, data, { createNew: true, mode });
  } catch (error) {
    if (!(error instanceof FileError && error.reason === "exists")) files.remove(path);
    throw error;
  }
}
