/** Configuration files that others may change: what they write there runs as the user who runs the profile. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { World } from "../../platform/world.ts";

const BY_OTHERS = 0o002;

/** @param paths of the main file and its includes */
export function checkWriters(paths: readonly string[], { files, account }: World): Diagnostic[] {
  return paths.flatMap((path): Diagnostic[] => {
    const found = files.stat(path);
    if (found?.kind !== "file" || found.owner === undefined || (found.mode & BY_OTHERS) === 0) return [];
    if (account()?.uid !== 0) return [];
    return [{
      code: "writable-file",
      severity: "warning",
      message: "Every user of this machine can change this file, and root runs what is in it",
      at: { path, line: 1, column: 1 },
      hint: `Take the right away: chmod o-w "${path}"`,
    }];
  });
}
