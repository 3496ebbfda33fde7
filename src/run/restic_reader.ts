/**
 * restic beside a reader of its output that may quit, as `head -1` does. restic itself would die of the broken pipe and leave its
 * lock in the repository; led through the tool, its output breaks nothing, and SIGINT lets it clean up.
 */
import type { ResticStep } from "../model/plan.ts";
import type { Child, ExitStatus } from "../platform/world.ts";
import { interruptChild } from "./child.ts";
import type { RunContext } from "./run_context.ts";
import { diedOfBrokenPipe } from "./reader.ts";

/** Gets what one stream of restic brings. */
export interface Taker {
  take(bytes: Uint8Array): Promise<void> | undefined;
}

export interface ReaderWatch {
  /** Standard output: once its reader is gone, restic is interrupted, and the rest of it dropped. */
  watched(output: Taker): Taker;
  /** Standard error: not what restic says of that interruption. */
  quiet(errors: Taker): Taker;
  /** To be asked when restic has ended. */
  hasQuit(status: ExitStatus): boolean;
}

export function watchReader(child: Child, { stdout }: ResticStep, context: RunContext): ReaderWatch {
  const { console } = context.world;
  let hasQuit = false;
  return {
    watched: (output) => ({
      async take(bytes) {
        if (hasQuit) return;
        await output.take(bytes);
        if (stdout === "stderr" || !console.stdoutIsBroken) return;
        hasQuit = true;
        interruptChild(child, context); // the wait for the child's end covers this
      },
    }),
    quiet: (errors) => ({ take: (bytes) => hasQuit ? undefined : errors.take(bytes) }),
    hasQuit: (status) => hasQuit || (stdout === "inherit" && diedOfBrokenPipe(status, context.world)),
  };
}
