/**
 * Writing into a pipe as much as it takes at once. By the system's own calls: Deno's `node:fs` writes a part, and tells of an error and
 * not of that part, when the pipe is full.
 */
import { type Libc, loadLibc, OPEN } from "./libc.ts";

export interface ImpatientPipe {
  /** @returns how many bytes the pipe has taken: 0 when it is full, or broken */
  write(bytes: Uint8Array): number;
}

/**
 * Opens a pipe once more; what shares its other openings goes on waiting. For Linux.
 * @returns undefined without a reader, or when the system's library cannot be loaded
 */
export function openImpatiently(path: string): ImpatientPipe | undefined {
  const libc = libcOrNone();
  if (libc === undefined) return undefined;
  const file = libc.open(path, OPEN.WRITE_ONLY | OPEN.WITHOUT_WAITING | OPEN.CLOSED_IN_CHILDREN);
  if (file < 0) return undefined;
  return {
    write(bytes) {
      let done = 0;
      for (let taken = 1; taken > 0 && done < bytes.length; done += Math.max(taken, 0)) {
        taken = libc.write(file, bytes.subarray(done));
      }
      return done;
    },
  };
}

function libcOrNone(): Libc | undefined {
  try {
    return loadLibc();
  } catch {
    return undefined;
  }
}
