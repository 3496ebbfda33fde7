/** The reader of the tool's standard output may be slow, stop reading, or quit. A run waits for a reader until a signal comes. */
import { EXIT } from "../model/exit_status.ts";
import type { ExitStatus, World } from "../platform/world.ts";
import type { RunContext } from "./run_context.ts";
import { LAST_SIGNAL, type Signals, untilSignal } from "./signals.ts";

/** How long a reader is waited for after a signal, in milliseconds. */
const GRACE_MS = 1_000;

/** Runs whose reader was waited for in vain after a signal: it is not waited for before every further step. */
const givenUp = new WeakSet<Signals>();

/** Why a run ends whose output has lost its reader. */
export const READER_QUIT = "standard output was closed by its reader";

/** Whether a child that has standard output of the tool has ended because its reader is gone; shells pass that on as a status. */
export function diedOfBrokenPipe({ code, signal }: ExitStatus, { console }: World): boolean {
  return (signal === "SIGPIPE" || (signal === undefined && code === EXIT.readerQuit)) && !console.stdoutHasReader();
}

/** Settles when all output is written, or after a signal: undefined when it is written. */
export function untilWritten(context: Pick<RunContext, "world" | "signals">): Promise<void> | undefined {
  const written = context.world.console.written();
  return written && untilWrittenOrSignal(written, context);
}

async function untilWrittenOrSignal(
  written: Promise<void>,
  { world, signals }: Pick<RunContext, "world" | "signals">,
): Promise<void> {
  if (signals.count() === 0 && await isWrittenFirst(written, (next) => untilAborted(next))) return;
  if (signals.count() >= LAST_SIGNAL || givenUp.has(signals)) return;
  if (!await isWrittenFirst(written, (next) => world.sleep(GRACE_MS, next))) givenUp.add(signals);

  async function isWrittenFirst(all: Promise<void>, other: (next: AbortSignal) => Promise<void>): Promise<boolean> {
    const done = new AbortController();
    return await untilSignal(signals, (next) => {
      const ends = AbortSignal.any([next, done.signal]);
      const waited = other(ends).then(() => false, () => false);
      return Promise.race([all.then(() => true), waited]).finally(() => done.abort());
    });
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
