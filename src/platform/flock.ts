/**
 * `flock(2)`: a lock on an open file that the system gives back when its holder ends, however it ends. It tells of a holder in
 * another container or with another host name as well, as long as the system is the same. Deno's files are closed in children,
 * so none of them inherits it.
 */
import { HELD, loadLibc, LOCK, OPEN } from "./libc.ts";

/**
 * Holds it on a file that no other process knows yet, so that there is no wait; until the returned function is called.
 * @returns undefined on systems without it
 */
export function holdFlock(path: string): (() => void) | undefined {
  if (Deno.build.os === "windows") return undefined; // there it would keep all others from reading the file
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
  using libc = loadLibc();
  const file = libc.open(path, OPEN.CLOSED_IN_CHILDREN);
  if (file < 0) return undefined;
  const isFree = libc.flock(file, LOCK.SHARED | LOCK.WITHOUT_WAITING);
  const reason = isFree ? 0 : libc.errno();
  libc.close(file);
  return isFree ? false : reason === HELD ? true : undefined;
}
