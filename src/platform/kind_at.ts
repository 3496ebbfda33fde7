import { unlessFileError } from "./unless_file_error.ts";
import type { FileInfo, Files } from "./world.ts";

/** What is at a path; undefined for nothing, and for what this user may not access. */
export function kindAt(path: string, files: Files): FileInfo["kind"] | undefined {
  return unlessFileError(() => files.stat(path)?.kind, undefined);
}
