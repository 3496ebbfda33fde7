import { FileError, type FileInfo, type Files } from "./world.ts";

/** What is at a path; undefined for nothing, and for what this user may not access. */
export function kindAt(path: string, files: Files): FileInfo["kind"] | undefined {
  try {
    return files.stat(path)?.kind;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
