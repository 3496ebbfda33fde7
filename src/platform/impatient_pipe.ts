/**
 * Writing into a pipe as much as it takes at once. By the system's own calls: Deno's `node:fs` writes a part, and tells of an error and
 * not of that part, when the pipe is full.
 */

const WRITE_ONLY = 1;
const WITHOUT_WAITING = 0o4000;
const CLOSED_IN_CHILDREN = 0o2000000;

export interface ImpatientPipe {
  /** @returns how many bytes the pipe has taken: 0 when it is full, or broken */
  write(bytes: Uint8Array): number;
}

/**
 * Opens a pipe once more; what shares its other openings goes on waiting. For Linux.
 * @returns undefined when nobody reads it, or the system's library cannot be loaded
 */
export function openImpatiently(path: string): ImpatientPipe | undefined {
  const library = loadLibrary();
  if (library === undefined) return undefined;
  const { open, write } = library.symbols;
  const file = open(new TextEncoder().encode(`${path}\0`), WRITE_ONLY | WITHOUT_WAITING | CLOSED_IN_CHILDREN, 0);
  if (file < 0) return undefined;
  return {
    write(bytes) {
      let done = 0;
      for (let taken = 1; taken > 0 && done < bytes.length; done += Math.max(taken, 0)) {
        taken = Number(write(file, bytes.subarray(done), BigInt(bytes.length - done)));
      }
      return done;
    },
  };
}

function loadLibrary() {
  try {
    return Deno.dlopen("libc.so.6", {
      open: { parameters: ["buffer", "i32", "i32"], result: "i32" },
      write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
    });
  } catch {
    return undefined;
  }
}
