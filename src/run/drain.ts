/**
 * Reads what a child writes. Both of its streams are read at the same time, whatever takes the bytes: a full pipe would
 * stop the child for ever.
 */
import type { World } from "../platform/world.ts";

/** How long a stream may stay silent after its child has ended, before nobody waits for it any more. */
const SILENCE_MS = 500;

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
  take: (bytes: Uint8Array) => void | Promise<void>,
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
      await reader.cancel(error).catch(() => {}); // nobody takes the rest; a stream that broke itself refuses
      throw error;
    }
  }
  const done = read();
  done.catch(() => {}); // reported to whoever waits for it
  return { done, busy: () => busy, reads: () => reads };
}

/**
 * Waits, once the child has ended, until all it wrote was taken. A process that the child left behind may hold the stream
 * open for ever (`daemon &` in a hook): after some silence it is left to itself; what it still writes goes on being shown.
 */
export async function settle(drains: readonly Drain[], world: World): Promise<void> {
  const all = Promise.all(drains.map(({ done }) => done)).then(() => "ended" as const);
  const waited = new AbortController();
  try {
    for (let before = -1; before < 0 || drains.some((one) => one.busy()) || before !== readsOf(drains);) {
      before = readsOf(drains);
      const silence = world.sleep(SILENCE_MS, waited.signal).then(() => "silent" as const);
      if (await Promise.race([all, silence]) === "ended") return;
    }
  } finally {
    waited.abort();
  }
}

function readsOf(drains: readonly Drain[]): number {
  return drains.reduce((sum, one) => sum + one.reads(), 0);
}
