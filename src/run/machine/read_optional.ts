/** Files of the system that may not be there. */
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";

/** Trimmed; undefined for a file that is not there or cannot be read. */
export function readOptional(path: string, { files }: World): string | undefined {
  return unlessFileError(() => files.readText(path).trim(), undefined);
}
