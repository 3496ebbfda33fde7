/**
 * `flock(2)`: a lock on an open file that the system gives back when its holder ends, however it ends. It tells of a holder in
 * another container or with another host name as well, as long as the system is the same. Deno's files are closed in children,
 * so none of them inherits it.
 */
const SHARED = 1;
const WITHOUT_WAITING = 4;
const CLOSED_IN_CHILDREN = 0o2000000;
/** EWOULDBLOCK of Linux. */
const HELD = 11;

/**
 * Holds it on a file that nobody else knows yet, so that there is no wait; until the returned function is called.
 * @returns undefined where there is none
 */
export function holdFlock(path: string): (() => void) | undefined {
  if (Deno.build.os === "windows") return undefined; // there it would keep everybody from reading the file
  let file: Deno.FsFile | undefined;
  try {
    file = Deno.openSync(path, { read: true, write: true });
    file.lockSync(true);
    return () => file?.close();
  } catch {
    file?.close();
    return undefined;
  }
}

/**
 * Whether a process holds it. Asking never waits, and those who ask do not see each other.
 * @returns undefined where the system does not tell
 */
export function isFlockHeld(path: string): boolean | undefined {
  try {
    return "tryLockSync" in Deno.FsFile.prototype ? askDeno(path) : askSystem(path);
  } catch {
    return undefined;
  }
}

function askDeno(path: string): boolean {
  using file = Deno.openSync(path);
  return !file.tryLockSync(false);
}

/** Deno 2.6, with which the binary may be made, can only wait for a lock. */
function askSystem(path: string): boolean | undefined {
  if (Deno.build.os !== "linux") return undefined;
  using library = systemLibrary();
  const { open, flock, close, __errno_location } = library.symbols;
  const file = open(new TextEncoder().encode(`${path}\0`), CLOSED_IN_CHILDREN, 0);
  if (file < 0) return undefined;
  const isFree = flock(file, SHARED | WITHOUT_WAITING) === 0;
  const address = __errno_location();
  const reason = isFree || address === null ? 0 : new Deno.UnsafePointerView(address).getInt32();
  close(file);
  return isFree ? false : reason === HELD ? true : undefined;
}

function systemLibrary() {
  const library = Deno.dlopen("libc.so.6", {
    open: { parameters: ["buffer", "i32", "i32"], result: "i32" },
    flock: { parameters: ["i32", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
    __errno_location: { parameters: [], result: "pointer" },
  });
  return { symbols: library.symbols, [Symbol.dispose]: () => library.close() };
}
