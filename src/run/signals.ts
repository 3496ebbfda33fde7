/**
 * What SIGINT and its like do to a run: every one is passed to the running children as SIGINT, because older restic cleans
 * up on nothing else; after the first no further step of the plain list starts, failure and final hooks do; the third ends
 * everything. One watch serves all jobs of a group, so that a signal ends the group as well.
 */
import type { Signal, World } from "../platform/world.ts";

/** From this many on there is no patience left: children are killed, no step starts. */
export const LAST_SIGNAL = 3;

export interface Signals {
  /** How many have come so far. */
  count(): number;
  /** Calls back, with the new count, for each that comes from now on; the returned function ends that. */
  onEach(listener: (count: number) => void): () => void;
  /** Does something during which one kind of signal does not count. */
  ignoring<T>(signal: Signal, action: () => Promise<T>): Promise<T>;
  /** Ends the watch: a further signal does what it does to any program. */
  close(): void;
}

export function watchSignals(world: World): Signals {
  const listeners = new Set<(count: number) => void>();
  const ignored = new Set<Signal>();
  let count = 0;
  const close = world.onSignal((signal) => {
    if (ignored.has(signal)) return;
    count++;
    for (const listener of [...listeners]) listener(count);
  });
  return {
    count: () => count,
    onEach(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async ignoring(signal, action) {
      ignored.add(signal);
      try {
        return await action();
      } finally {
        ignored.delete(signal);
      }
    },
    close,
  };
}

/** Does something that the next signal aborts; after the last one it is aborted from the beginning. */
export async function untilSignal<T>(signals: Signals, action: (next: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  if (signals.count() >= LAST_SIGNAL) controller.abort();
  const stop = signals.onEach(() => controller.abort());
  try {
    return await action(controller.signal);
  } finally {
    stop();
  }
}

/** @returns false when a signal came first */
export async function sleepUntilSignal(ms: number, world: World, signals: Signals): Promise<boolean> {
  try {
    await untilSignal(signals, (next) => world.sleep(ms, next));
    return true;
  } catch {
    return false;
  }
}

/** Waits for something that may take a little longer after a signal, and no longer after the last one. @returns false when it was left */
export async function untilLate(work: Promise<void>, ms: number, world: World, signals: Signals): Promise<boolean> {
  const { promise: late, resolve: leave } = Promise.withResolvers<boolean>();
  const done = new AbortController();
  const hurry = (count: number) => {
    if (count >= LAST_SIGNAL) leave(false);
    else world.sleep(ms, done.signal).then(() => leave(false), () => {}); // the work was quicker
  };
  if (signals.count() > 0) hurry(signals.count());
  const stop = signals.onEach(hurry);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    stop();
    done.abort();
  }
}
