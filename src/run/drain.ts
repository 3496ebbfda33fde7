/**
 * Reads what a child writes. Both of its streams are read at the same time, whatever takes the bytes: a full pipe would
 * stop the child for ever.
 */
import type { World } from "../platform/world.ts";
import { type Signals, untilSignal } from "./signals.ts";

/** How long a stream may stay silent after its child has ended, until the wait for it ends. */
const SILENCE_MS = 500;
/** How long it may go on after that end. */
const LEFTOVER_MS = 3_000;
/** The rest of what the child wrote: what waits in the pipe is one read, another one may be on its way. */
const READS_OF_CHILD = 2;

export interface Drain {
  /** Settles at the end of the stream; rejects with what `take` threw. */
  readonly done: Promise<void>;
  /** True while `take` works. */
  busy(): boolean;
  /** How many times something was read. */
  reads(): number;
}

/** What a pipe holds on Linux. */
const READ_BYTES = 64 * 1024;

/**
 * Starts to read. The next bytes are read when `take` is through with those before: they wait in the pipe.
 *
 * @param stream of bytes
 * @param take gets bytes that the next read overwrites: one buffer serves for gigabytes
 */
export function drain(
  stream: ReadableStream<Uint8Array>,
  take: (bytes: Uint8Array) => void | Promise<void> | undefined,
): Drain {
  let reads = 0;
  let busy = false;
  async function read(): Promise<void> {
    const reader = stream.getReader({ mode: "byob" });
    try {
      for (let buffer = new Uint8Array(READ_BYTES);;) {
        const { value, done } = await reader.read(buffer);
        if (done) return;
        reads++;
        busy = true;
        await take(value);
        busy = false;
        buffer = new Uint8Array(value.buffer);
      }
    } catch (error) {
      await reader.cancel(error).catch(() => {}); // the rest is not needed; a stream that broke itself refuses
      throw error;
    }
  }
  const done = read();
  done.catch(() => {}); // reported to those who wait for it
  return { done, busy: () => busy, reads: () => reads };
}

/**
 * Waits, once the child has ended, until all it wrote was taken. A process that the child left behind may hold the stream
 * open for ever (`daemon &` in a hook), and write all the time: after some silence, a few seconds or a signal it is left to
 * itself; what it still writes goes on being shown.
 */
export async function settle(drains: readonly Drain[], world: World, signals: Signals): Promise<void> {
  const all = Promise.all(drains.map(({ done }) => done)).then(() => true);
  const ofChild = drains.map((one) => one.reads() + READS_OF_CHILD);
  /** Work on what the child wrote takes the time it takes. */
  const works = () => drains.some((one, index) => one.busy() && one.reads() <= ofChild[index]!);
  await untilSignal(signals, async (next) => {
    const over = new AbortController();
    const pause = () => world.sleep(SILENCE_MS, AbortSignal.any([next, over.signal])).then(() => false);
    try {
      for (let patience = LEFTOVER_MS, before = -1; works() || (patience > 0 && before !== readsOf(drains));) {
        before = readsOf(drains);
        if (!works()) patience -= SILENCE_MS;
        if (await Promise.race([all, pause()])) return;
      }
    } catch (error) {
      if (!next.aborted) throw error;
    } finally {
      over.abort();
    }
  });
}

function readsOf(drains: readonly Drain[]): number {
  return drains.reduce((sum, one) => sum + one.reads(), 0);
}
