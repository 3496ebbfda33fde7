/** `flock(2)` without waiting: Deno 2.6, with which the binary may be made, does not have it. */

const EXCLUSIVE = 2;
const WITHOUT_WAITING = 4;
const CLOSED_IN_CHILDREN = 0o2000000;
/** EWOULDBLOCK of Linux. */
const HELD = 11;

/** An open file whose lock this process has. */
export interface LockedFile {
  statSync(): { readonly ino: number | null; readonly dev: number };
  /** Ends the lock, too. */
  close(): void;
}

/**
 * @returns undefined when another process has the lock
 * @throws {Error} when the file cannot be opened, or has no locks
 */
export function tryFlock(path: string): LockedFile | undefined {
  const file = Deno.openSync(path);
  const canTry = "tryLockSync" in Deno.FsFile.prototype;
  if (!canTry && Deno.build.os === "linux") {
    file.close();
    return askSystem(path);
  }
  try {
    if (!canTry) file.lockSync(true);
    if (!canTry || file.tryLockSync(true)) return file;
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
  return undefined;
}

function askSystem(path: string): LockedFile | undefined {
  const library = Deno.dlopen("libc.so.6", {
    open: { parameters: ["buffer", "i32", "i32"], result: "i32" },
    flock: { parameters: ["i32", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
    __errno_location: { parameters: [], result: "pointer" },
  });
  const { open, flock, close, __errno_location } = library.symbols;
  const file = open(new TextEncoder().encode(`${path}\0`), CLOSED_IN_CHILDREN, 0);
  const end = () => {
    if (file >= 0) close(file);
    library.close();
  };
  if (file >= 0 && flock(file, EXCLUSIVE | WITHOUT_WAITING) === 0) {
    return { statSync: () => Deno.statSync(`/proc/self/fd/${file}`), close: end };
  }
  const address = __errno_location();
  const reason = address === null ? 0 : new Deno.UnsafePointerView(address).getInt32();
  end();
  if (reason === HELD) return undefined;
  throw new Error(`Cannot lock ${path}: error ${reason}`);
}
