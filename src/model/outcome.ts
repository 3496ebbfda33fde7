/** What things come to: hooks, restic commands, steps, jobs. Texts are masked already. */

import type { FailureKind } from "./failure_kind.ts";

/** Why a run (or a step) failed; what ERROR… variables and body templates show. */
export interface Failure {
  readonly kind: FailureKind;
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

/** Why a job cannot start, found before its first step: no restic, too little memory, its lock. */
export interface StartFailure {
  readonly kind: FailureKind;
  /** `Cannot find restic: set restic-binary` */
  readonly cause: string;
  /** The program's. */
  readonly exitStatus: number;
}

/** Of a step, or of a job. */
export type Result =
  | { readonly kind: "done" }
  | {
    readonly kind: "failed";
    readonly failure: Failure;
    /** It changes nothing of what its run comes to. */
    readonly ignored: boolean;
  }
  | { readonly kind: "skipped"; readonly reason: SkipReason };

/**
 * `failure`: something before it has failed; `chain`: so has another step of its list; `interrupted`: a signal came before it;
 * `reader-quit`: its output has no reader any more; `repository`: an automatic init that is doubtful; `battery`: the job must not
 * run on battery.
 */
export type SkipReason = "failure" | "chain" | "interrupted" | "reader-quit" | "repository" | "battery";

export const DONE: Result = { kind: "done" };

export function failed(failure: Failure, ignored: boolean): Result {
  return { kind: "failed", failure, ignored };
}

/** Undefined unless it has failed. */
export function failureOf(result: Result): Failure | undefined {
  return result.kind === "failed" ? result.failure : undefined;
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

/** What one restic command came to after all its attempts, beside its result. */
export interface ResticOutcome {
  /** Milliseconds of the last attempt. */
  readonly durationMs: number;
  readonly stderr: string;
  /** restic's exit status; undefined when a signal ended it or it never started. */
  readonly status: number | undefined;
  readonly summary: Summary | undefined;
}
