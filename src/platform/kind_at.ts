import { FileError, type FileInfo, type Files } from "./world.ts";

/** What stands at a path; undefined for nothing, and for what this user may not look at. */
export function kindAt(path: string, files: Files): FileInfo["kind"] | undefined {
  try {
    return files.stat(path)?.kind;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
