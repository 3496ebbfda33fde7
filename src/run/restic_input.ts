/** What restic reads on its standard input, when it comes through the tool. It must end only when all of it was there. */
import type { Failure } from "../model/outcome.ts";
import type { Child } from "../platform/world.ts";
import { interruptChild } from "./child.ts";
import type { RunContext } from "./run_context.ts";

/** How much must be there, unless the input ends before, until restic starts. */
const HEAD_BYTES = 8 * 1024;

/** restic 0.17 and newer notice an interruption only when a read of theirs, up to 512 KiB, returns: some of them are filled. */
const BLANK_BYTES = 4 * 1024 * 1024;

/** Thrown by a source that has failed, after its last bytes. */
export class InputError extends Error {
  override name = "InputError";
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export interface ResticInput {
  /** Settles when the first bytes, or the end, have arrived. @returns how many bytes @throws {InputError} */
  head(): Promise<number>;
  /** Writes head and rest to restic and closes its input; restic is interrupted, and ends, if the source fails. */
  feed(restic: Child): Promise<InputError | undefined>;
  /** Ends the source, which has no reader any more; settles when it has ended. */
  stop(): Promise<void>;
}

/** @param end makes the source come to its end soon */
export function inputFrom(
  source: AsyncGenerator<Uint8Array, void>,
  end: () => Promise<void>,
  context: RunContext,
): ResticInput {
  const begun: Uint8Array[] = [];
  let fed: Promise<unknown> = Promise.resolve();

  async function head(): Promise<number> {
    let size = 0;
    while (size < HEAD_BYTES) {
      const { value, done } = await source.next();
      if (done) break;
      begun.push(value);
      size += value.length;
    }
    return size;
  }
  async function pour(restic: Child): Promise<InputError | undefined> {
    const writer = restic.stdin!.getWriter();
    try {
      for (const bytes of begun) await write(writer, bytes);
      for await (const bytes of source) await write(writer, bytes);
      await writer.close().catch(() => {}); // restic has ended: its own failure tells why
      return undefined;
    } catch (error) {
      const interrupted = interruptChild(restic, context); // before its input ends
      writer.write(new Uint8Array(BLANK_BYTES)).catch(() => {});
      await interrupted;
      await writer.abort().catch(() => {});
      if (error instanceof InputError) return error;
      throw error;
    }
  }
  return {
    head,
    feed(restic) {
      const feeding = pour(restic);
      fed = feeding.catch(() => {}); // the caller gets the error
      return feeding;
    },
    async stop() {
      await end();
      await fed;
      await source.return();
    },
  };
}

/** A restic that has ended takes no input; the source is stopped then, so the bytes may vanish. */
async function write(writer: WritableStreamDefaultWriter<Uint8Array>, bytes: Uint8Array): Promise<void> {
  await writer.write(bytes).catch(() => {});
}
