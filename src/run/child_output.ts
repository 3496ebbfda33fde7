/** What hooks, callbacks and stdin-commands write: shown at once; standard error is kept as well, for ERROR_STDERR. */
import type { Child } from "../platform/world.ts";
import type { RunContext } from "./context.ts";
import { type Drain, drain } from "./drain.ts";
import { tail } from "./tail.ts";

/** What is kept of a child's standard error, in bytes. */
export const KEPT_STDERR_BYTES = 1024 * 1024;

export interface KeptStderr {
  readonly drain: Drain;
  text(): string;
}

export function keepStderr({ stderr }: Child, { world, tell }: RunContext): KeptStderr {
  const kept = tail(KEPT_STDERR_BYTES);
  const take = (bytes: Uint8Array) => {
    kept.add(bytes);
    tell({ type: "output", at: world.now(), stream: "stderr", bytes });
  };
  return { drain: drain(stderr!, take), text: kept.text };
}

/** Standard output of a hook or callback, if the job reads it at all. */
export function showStdout({ stdout }: Child, { job, world, tell }: RunContext): Drain[] {
  const stream = job.hookStdout === "stderr" ? "stderr" : "stdout";
  return stdout ? [drain(stdout, (bytes) => tell({ type: "output", at: world.now(), stream, bytes }))] : [];
}
