/** What happens during a run, in order, for everybody who tells of it: console, log, status file, metrics. */
import type { LogLevel } from "./invocation.ts";
import type { Mask } from "./mask.ts";
import type { Job, ResticStep, Step } from "./plan.ts";

/** Why a run (or a step) failed; what ERROR… variables and body templates show. Texts are already masked. */
export interface Failure {
  /** `backup on profile 'root': exit status 1` */
  readonly message: string;
  /** `exit status 1`, `signal: interrupt`, or text: `message` without its stage. */
  readonly cause: string;
  /** Every part in double quotes, passwords masked; empty when nothing was started. */
  readonly commandLine: string;
  /** -1: killed by a signal, or never started. */
  readonly exitCode: number;
  /** At most the last 1 MiB. */
  readonly stderr: string;
}

/** Counters of a backup; bytes before and after compression. */
export interface Summary {
  readonly filesNew: number;
  readonly filesChanged: number;
  readonly filesUnmodified: number;
  readonly dirsNew: number;
  readonly dirsChanged: number;
  readonly dirsUnmodified: number;
  readonly filesTotal: number;
  readonly bytesAdded: number;
  readonly bytesAddedPacked: number;
  readonly bytesTotal: number;
}

/** The outcome of one restic command (after all its attempts), as monitoring wants it. */
export interface ResticOutcome {
  /** Milliseconds of the last attempt. */
  readonly durationMs: number;
  readonly stderr: string;
  /** restic's exit status; undefined when a signal ended it or it never started. */
  readonly status: number | undefined;
  readonly summary: Summary | undefined;
}

export type RunEvent =
  & { /** Milliseconds since the epoch. */ readonly at: number }
  & (
    | { readonly type: "run-started"; readonly job: Job }
    | { readonly type: "step-started"; readonly job: Job; readonly step: Step }
    /** A line of the tool for people; already masked. */
    | { readonly type: "message"; readonly level: LogLevel; readonly text: string }
    /** What a child wrote, when it is not inherited. The bytes are there until it has been told: whoever keeps them copies them. */
    | {
      readonly type: "output";
      readonly stream: "stdout" | "stderr";
      readonly bytes: Uint8Array;
      /** Hides the secrets of the run from whoever keeps the text; a console gets the bytes. Undefined: there are none. */
      readonly mask?: Mask;
    }
    | { readonly type: "step-ended"; readonly job: Job; readonly step: Step; readonly failure: Failure | undefined }
    | {
      readonly type: "restic-ended";
      readonly job: Job;
      readonly step: ResticStep;
      readonly failure: Failure | undefined;
      readonly outcome: ResticOutcome;
    }
    | { readonly type: "run-ended"; readonly job: Job; readonly failure: Failure | undefined }
  );

/** Gets every event at once; must not throw and must have written what it writes when it returns. */
export type Tell = (event: RunEvent) => void;
