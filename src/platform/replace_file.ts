/** Files that others read at any time: written beside and renamed, so that nobody sees half of one. */
import { folderOf } from "../model/path.ts";
import { FileError, type Files } from "./world.ts";

/**
 * Makes missing folders. A symbolic link stays one: what it points to is replaced.
 * @param mode permission bits of a new file; one that is there keeps its own
 * @param pid of this process, for a name of its own beside the file
 * @throws {FileError}
 */
export function replaceFile(files: Files, path: string, data: string | Uint8Array, pid: number, mode = 0o644): void {
  const found = files.stat(path);
  const target = found ? files.realPath(path) : path;
  const beside = `${target}.${pid}.tmp`;
  files.makeDir(folderOf(target));
  try {
    files.write(beside, data, { mode });
    files.chmod(beside, found?.mode ?? mode);
    files.rename(beside, target);
  } catch (error) {
    files.remove(beside);
    throw error;
  }
}

/**
 * Makes a file; on a full disk it leaves no part of one behind.
 * @throws {FileError} also when there is one already
 */
export function writeWhole(files: Files, path: string, data: string, mode = 0o644): void {
  try {
    files.write(path, data, { createNew: true, mode });
  } catch (error) {
    if (!(error instanceof FileError && error.reason === "exists")) files.remove(path);
    throw error;
  }
}
