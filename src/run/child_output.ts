/** What hooks, callbacks and stdin-commands write: shown at once; standard error is kept as well, for ERROR_STDERR. */
import type { Child } from "../platform/world.ts";
import { masked, type RunContext, tellOutput } from "./run_context.ts";
import { type Drain, drain } from "./drain.ts";
import { untilWritten } from "./reader.ts";
import { tail } from "./tail.ts";

/** What is kept of a child's standard error, in bytes. */
export const KEPT_STDERR_BYTES = 1024 * 1024;

export interface KeptStderr {
  readonly drain: Drain;
  /** Masked. */
  text(): string;
}

export function keepStderr({ stderr }: Child, context: RunContext): KeptStderr {
  const kept = tail(KEPT_STDERR_BYTES);
  const take = (bytes: Uint8Array) => {
    kept.add(bytes);
    tellOutput("stderr", bytes, context);
    return untilWritten(context);
  };
  return { drain: drain(stderr!, take), text: () => masked(kept.text(), context) };
}

/** Standard output of a hook or callback, if the job reads it at all. */
export function showStdout({ stdout }: Child, context: RunContext): Drain[] {
  const stream = context.job.hookStdout === "stderr" ? "stderr" : "stdout";
  const take = (bytes: Uint8Array) => {
    tellOutput(stream, bytes, context);
    return untilWritten(context);
  };
  return stdout ? [drain(stdout, take)] : [];
}
