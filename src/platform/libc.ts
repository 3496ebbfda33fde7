/** Calls of the system that Deno does not offer, from its C library. For Linux. */

/** Flags of `open(2)`; none: for reading. */
export const OPEN = { WRITE_ONLY: 1, WITHOUT_WAITING: 0o4000, CLOSED_IN_CHILDREN: 0o2000000 } as const;
/** Operations of `flock(2)`. */
export const LOCK = { SHARED: 1, EXCLUSIVE: 2, WITHOUT_WAITING: 4 } as const;
/** EWOULDBLOCK: another open file has the lock. */
export const HELD = 11;

export type Libc = ReturnType<typeof loadLibc>;

/** @throws {Error} when there is no such library, as on systems without glibc */
export function loadLibc() {
  const library = Deno.dlopen("libc.so.6", {
    open: { parameters: ["buffer", "i32", "i32"], result: "i32" },
    write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
    flock: { parameters: ["i32", "i32"], result: "i32" },
    opendir: { parameters: ["buffer"], result: "pointer" },
    readdir: { parameters: ["pointer"], result: "pointer" },
    closedir: { parameters: ["pointer"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
    __errno_location: { parameters: [], result: "pointer" },
  });
  const { open, write, flock, opendir, readdir, closedir, close, __errno_location } = library.symbols;
  return {
    /** @returns a descriptor, negative when the file cannot be opened */
    open: (path: string, flags: number) => open(cString(path), flags, 0),
    /** @returns how many bytes were written, negative when none could be */
    write: (file: number, bytes: Uint8Array) => Number(write(file, bytes, BigInt(bytes.length))),
    /** Whether it is done. */
    flock: (file: number, operation: number) => flock(file, operation) === 0,
    close: (file: number) => void close(file),
    /** Each `struct dirent` of a folder, there until the next is asked for; none when it cannot be read. */
    *entries(folder: string) {
      const stream = opendir(cString(folder));
      if (stream === null) return;
      try {
        for (let entry = readdir(stream); entry !== null; entry = readdir(stream)) {
          yield new Deno.UnsafePointerView(entry);
        }
      } finally {
        closedir(stream);
      }
    },
    /** Why the call before has failed. */
    errno() {
      const address = __errno_location();
      return address === null ? 0 : new Deno.UnsafePointerView(address).getInt32();
    },
    [Symbol.dispose]: () => library.close(),
  };
}

function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}
