/**
 * Pipes that have a name, as `mkfifo` makes them, and those behind `/dev/stdout` and `/proc/1/fd/1`. To open or to write one waits
 * for its reader, and no signal ends that: here it is opened without waiting, and a reader that stopped is given up.
 */
import { FileError } from "./world.ts";

const PATIENCE_MS = 5_000;
const PAUSE_MS = 1;
/** Every system writes so much whole or not at all; of more, Deno does not tell how much a full pipe has taken. */
const WHOLE_BYTES = 512;

export function isPipe(path: string): boolean {
  try {
    return Deno.statSync(path).isFifo === true;
  } catch {
    return false; // to open it tells what is wrong
  }
}

/** @throws {FileError} without a reader */
export function writeToPipe(path: string, bytes: Uint8Array): void {
  const { openSync, writeSync, closeSync, constants } = process.getBuiltinModule("node:fs");
  const unread = () => new FileError("other", path, "it is a pipe without a reader");
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EAGAIN") return undefined;
      throw code === "ENXIO" || code === "EPIPE" ? unread() : error;
    }
  };
  const file = attempt(() => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)) ?? -1;
  try {
    const end = performance.now() + PATIENCE_MS;
    for (let done = 0; done < bytes.length;) {
      const written = attempt(() => writeSync(file, bytes, done, Math.min(WHOLE_BYTES, bytes.length - done)));
      if (written === undefined && performance.now() > end) throw unread();
      if (written === undefined) pause();
      done += written ?? 0;
    }
  } finally {
    closeSync(file);
  }
}

/** The shortest wait that leaves the processor to others. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
