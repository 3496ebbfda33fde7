/** Files of the system that may not be there. */
import { FileError, type World } from "../../platform/world.ts";

/** Trimmed; undefined for a file that is not there or cannot be read. */
export function readOptional(path: string, { files }: World): string | undefined {
  try {
    return files.readText(path).trim();
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
