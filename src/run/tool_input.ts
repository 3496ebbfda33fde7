/**
 * The tool's own standard input for further attempts of a restic that did not get its lock, and for the first one where the
 * tool has to look at it; else the first attempt inherits it. A real restic takes its lock before it reads, so all of it is still there; what has been read before must not become a
 * snapshot without its beginning.
 */
import type { RunContext } from "./run_context.ts";
import { failureWithoutChild } from "./failure.ts";
import { InputError, inputFrom, type ResticInput } from "./restic_input.ts";
import { untilSignal } from "./signals.ts";

/** Far more than what waits in a pipe without a reader. */
const KEPT_BYTES = 1024 * 1024;

/** @param isRead an attempt that inherited it may have read from it @returns what makes the input of the next attempt */
export function toolInput(stage: string, isRead: boolean, context: RunContext): () => ResticInput {
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
      if (next.done && size === 0 && isRead) throw readBefore(stage);
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
  return new InputError(
    failureWithoutChild("repository-locked", stage, "Cannot retry: standard input is already consumed"),
  );
}

/** The writer may take any time for the first bytes. @returns 0 after a signal */
async function unlessSignal(work: Promise<number>, { signals }: RunContext): Promise<number> {
  let size = 0;
  await untilSignal(signals, async (next) => {
    const signalled = new Promise<number>((resolve) => next.addEventListener("abort", () => resolve(0)));
    size = await Promise.race([work, signalled]);
  });
  return size;
}
