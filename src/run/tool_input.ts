/**
 * The tool's own standard input for further attempts of a restic that did not get its lock. The first attempt inherits it. A
 * real restic takes its lock before it reads, so all of it is still there; what has been read before must not become a
 * snapshot without its beginning.
 */
import type { RunContext } from "./context.ts";
import { failureWithoutChild } from "./failure.ts";
import { InputError, inputFrom, type ResticInput } from "./restic_input.ts";
import { untilSignal } from "./signals.ts";

/** Far more than what waits in a pipe that nobody reads. */
const KEPT_BYTES = 1024 * 1024;

/** @returns what makes the input of the next attempt */
export function toolInput(stage: string, context: RunContext): () => ResticInput {
  const reader = context.world.console.stdin.getReader();
  const kept: Uint8Array[] = [];
  let size = 0;
  let pending: ReturnType<typeof reader.read> | undefined;

  async function* source(stopped: Promise<undefined>): AsyncGenerator<Uint8Array, void> {
    if (size > KEPT_BYTES) throw readBefore(stage);
    yield* [...kept];
    for (;;) {
      pending ??= reader.read();
      const next = await Promise.race([pending, stopped]);
      if (next === undefined) return;
      if (next.done && size === 0) throw readBefore(stage);
      if (next.done) return;
      pending = undefined;
      size += next.value.length;
      if (size <= KEPT_BYTES) kept.push(next.value);
      yield next.value;
    }
  }
  return () => {
    const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>();
    const end = () => Promise.resolve(stop(undefined));
    const input = inputFrom(source(stopped), end, context);
    return { ...input, head: () => unlessSignal(input.head(), context) };
  };
}

function readBefore(stage: string): InputError {
  return new InputError(failureWithoutChild(stage, "Cannot try again: standard input has been read before"));
}

/** Who writes to the tool may take any time for the first bytes. */
async function unlessSignal(work: Promise<void>, { signals }: RunContext): Promise<void> {
  await untilSignal(signals, async (next) => {
    const signalled = new Promise<void>((resolve) => next.addEventListener("abort", () => resolve()));
    await Promise.race([work, signalled]);
  });
}
