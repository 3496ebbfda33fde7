/** What happens during a run, in order and as data, for all that report it: console, log, status file, metrics. */
import type { Diagnostic } from "./diagnostic.ts";
import type { HookAttempt, HookOutcome, HookRef, ShownRequest } from "./hook_event.ts";
import type { LogLevel } from "./invocation.ts";
import type { Mask } from "./mask.ts";
import type { Failure, ResticOutcome, Result } from "./outcome.ts";
import type { Job, Plan, ResticStep, Step } from "./plan.ts";
import type { Remark } from "./remark.ts";
import type { JobId, RunId } from "./run_id.ts";

export type RunEvent = Stamp & Happening;

/** When and where something happened. */
export interface Stamp {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly run: RunId;
  /** Undefined: before, between or after the jobs of the run. */
  readonly job?: JobId | undefined;
}

/** How long something took. */
interface Span {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds, by a clock that cannot be set. */
  readonly durationMs: number;
}

export type Happening = PlanHappening | JobHappening | StepHappening | HookHappening | Telling;

type PlanHappening =
  | { readonly type: "plan-started"; readonly plan: Plan }
  /** `exitStatus`: that of the program. */
  | ({ readonly type: "plan-ended"; readonly exitStatus: number } & Span);

type JobHappening =
  | { readonly type: "run-started"; readonly planned: Job }
  /** What fails the job outside of its steps: its lock, its folder, a signal between two steps. */
  | { readonly type: "run-failed"; readonly failure: Failure }
  /** `exitStatus`: what the program would end with if this were all. */
  | ({ readonly type: "run-ended"; readonly result: Result; readonly exitStatus: number } & Span);

type StepHappening =
  | { readonly type: "step-started"; readonly step: Step }
  /** Without a start when it is skipped. `exitStatus`: that of its program; undefined when there was none, or a signal ended it. */
  | ({
    readonly type: "step-ended";
    readonly step: Step;
    readonly result: Result;
    readonly exitStatus: number | undefined;
    /** The reader closed standard output: the run ends, without an alarm. */
    readonly readerQuit?: boolean;
  } & Span)
  | { readonly type: "restic-started"; readonly step: ResticStep }
  /**
   * After all its attempts. `exists`: an automatic `init` has found its repository.
   */
  | {
    readonly type: "restic-ended";
    readonly step: ResticStep;
    readonly result: Result;
    readonly outcome: ResticOutcome;
    readonly exists?: boolean;
  };

type HookHappening =
  | { readonly type: "hook-started"; readonly hook: HookRef; readonly request: ShownRequest }
  /** `to`: the next place, `https://host/…`; `method`: what is sent there. */
  | {
    readonly type: "hook-redirected";
    readonly hook: HookRef;
    readonly status: number;
    readonly to: string;
    readonly method: string;
  }
  /** `number`: of the attempt that has failed, from 1. */
  | {
    readonly type: "hook-retried";
    readonly hook: HookRef;
    readonly number: number;
    readonly attempt: HookAttempt;
    readonly waitMs: number;
  }
  | ({ readonly type: "hook-ended"; readonly hook: HookRef } & HookOutcome);

type Telling =
  /** `isEnvironment`: found in the environment of a step; the text says of which profile. */
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic; readonly isEnvironment?: boolean }
  | {
    readonly type: "lock-waiting";
    /** Undefined: it is restic's own. */
    readonly path: string | undefined;
    readonly owner: string | undefined;
    /** Milliseconds that may still be spent waiting. */
    readonly leftMs: number;
    /** Milliseconds to the next attempt. */
    readonly nextMs: number;
  }
  | { readonly type: "remark"; readonly remark: Remark }
  /** A line of the program for people, of commands that have no event for it. */
  | { readonly type: "message"; readonly level: LogLevel; readonly text: string }
  /** What a child wrote, when it is not inherited. The bytes are valid only until `Tell` returns: to keep them, copy them. */
  | {
    readonly type: "output";
    readonly stream: "stdout" | "stderr";
    readonly bytes: Uint8Array;
    /** Hides the secrets of the run from those who keep the text; a console gets the bytes. Undefined: the run has no secrets. */
    readonly mask?: Mask;
  };

/** Gets every event at once; must not throw and must have written what it writes when it returns. */
export type Tell = (event: RunEvent) => void;

/** The same for what gets its stamp later. */
export type TellHappening = (happening: Happening) => void;
