/** `flock(2)` without waiting: Deno 2.6, with which the binary may be made, does not have it. */
import { HELD, loadLibc, LOCK, OPEN } from "./libc.ts";

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
  const libc = loadLibc();
  const file = libc.open(path, OPEN.CLOSED_IN_CHILDREN);
  const end = () => {
    if (file >= 0) libc.close(file);
    libc[Symbol.dispose]();
  };
  if (file >= 0 && libc.flock(file, LOCK.EXCLUSIVE | LOCK.WITHOUT_WAITING)) {
    return { statSync: () => Deno.statSync(`/proc/self/fd/${file}`), close: end };
  }
  const reason = libc.errno();
  end();
  if (reason === HELD) return undefined;
  throw new Error(`Cannot lock ${path}: error ${reason}`);
}
