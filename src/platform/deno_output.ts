/**
 * Standard output and standard error. Writing waits for the reader of a pipe, and a reader may stop reading: a run must hear
 * signals nevertheless, so it defers what a pipe does not take at once.
 */
import { systemReason } from "./deno_files.ts";
import { type ImpatientPipe, openImpatiently } from "./impatient_pipe.ts";
import { pause } from "./pipe_file.ts";
import { type Console, FileError, ReaderQuit } from "./world.ts";

type Stream = "stdout" | "stderr";

/** From so many bytes on it pays to try first whether the pipe takes them: a thread for each write costs twice the time. */
const BULK_BYTES = 1024 * 1024;

const kinds = new Map<Stream, "fifo" | "socket" | "other">();
let isDeferred = false;
let isBroken = false;
/** The last of the writes that wait, of both streams: their order is kept. */
let waiting: Promise<void> | undefined;
let size = 0;
/** Standard output once more; Linux has that for pipes. */
let impatient: ImpatientPipe | undefined;

export const denoOutput: Pick<
  Console,
  "stdoutIsPipe" | "stdoutIsBroken" | "write" | "print" | "defer" | "written" | "stdoutHasReader"
> = {
  get stdoutIsPipe() {
    return isPipe("stdout");
  },
  get stdoutIsBroken() {
    return isBroken;
  },
  write(stream, data) {
    const bytes = bytesOf(data);
    if (isDeferred && isPipe(stream)) later(stream, bytes);
    else writeAll(stream, bytes, () => {});
  },
  print(text) {
    if (isDeferred && isPipe("stdout")) return later("stdout", bytesOf(text));
    writeAll("stdout", bytesOf(text), (error) => {
      throw new FileError("other", "/dev/stdout", systemReason(error));
    });
    if (isBroken) throw new ReaderQuit();
  },
  defer() {
    isDeferred = true;
    return () => {
      isDeferred = waiting !== undefined; // a reader that stopped must not keep the program after all
    };
  },
  written: () => waiting,
  stdoutHasReader() {
    if (isBroken || kindOf("stdout") !== "fifo" || Deno.build.os !== "linux") return !isBroken;
    return canOpen("/dev/fd/1");
  },
};

/** Whether a pipe has a reader: without one it cannot be opened. */
function canOpen(path: string): boolean {
  const { openSync, closeSync, constants: { O_WRONLY, O_NONBLOCK } } = process.getBuiltinModule("node:fs");
  try {
    closeSync(openSync(path, O_WRONLY | O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === "string" ? new TextEncoder().encode(data) : data;
}

function isPipe(stream: Stream): boolean {
  return kindOf(stream) !== "other";
}

function kindOf(stream: Stream): "fifo" | "socket" | "other" {
  const known = kinds.get(stream) ?? findKind(stream);
  kinds.set(stream, known);
  return known;
}

function findKind(stream: Stream): "fifo" | "socket" | "other" {
  if (Deno.build.os === "windows") return "other";
  try {
    const { isFifo, isSocket } = Deno.statSync(stream === "stdout" ? "/dev/fd/1" : "/dev/fd/2");
    return isFifo ? "fifo" : isSocket ? "socket" : "other";
  } catch {
    return "other"; // closed, or a system without /dev/fd
  }
}

function writeAll(stream: Stream, bytes: Uint8Array, giveUp: (error: unknown) => void): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += Deno[stream].writeSync(bytes.subarray(done));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) pause(); // a process that shares the pipe made it non-blocking
      else if (error instanceof Deno.errors.BrokenPipe) return lose(stream);
      else return giveUp(error); // the disk below is full
    }
  }
}

function lose(stream: Stream): void {
  if (stream === "stdout") isBroken = true;
}

/** Keeps a copy of what has to wait. */
function later(stream: Stream, bytes: Uint8Array): void {
  if (stream === "stdout" && isBroken) return;
  size += bytes.length;
  const rest = bytes.subarray(stream === "stdout" && waiting === undefined ? writeAtOnce(bytes) : 0);
  if (rest.length === 0) return;
  const kept = rest.slice();
  const written = (waiting ?? Promise.resolve()).then(() => writeWaiting(stream, kept));
  waiting = written;
  written.then(() => {
    if (waiting === written) waiting = undefined;
  });
}

async function writeWaiting(stream: Stream, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    try {
      done += await Deno[stream].write(bytes.subarray(done));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) await new Promise((resolve) => setTimeout(resolve, 1));
      else if (error instanceof Deno.errors.BrokenPipe) return lose(stream);
      else return; // no run fails for its messages
    }
  }
}

/** @returns how many bytes the pipe has taken */
function writeAtOnce(bytes: Uint8Array): number {
  if (size < BULK_BYTES || kindOf("stdout") !== "fifo" || Deno.build.os !== "linux") return 0;
  impatient ??= openImpatiently("/dev/fd/1");
  return impatient?.write(bytes) ?? 0; // whether it is full or broken, the write that follows tells
}
