/**
 * What is known of one job, folded from its events: while it runs by its own hooks, afterwards by everybody who tells of it. It is
 * plain data that can be written as JSON; secrets are not in it, for they are not in the texts of events.
 */
import type { Diagnostic } from "./diagnostic.ts";
import type { RunEvent } from "./event.ts";
import type { HookOutcome, HookRef } from "./hook_event.ts";
import { type Failure, failureOf, type ResticOutcome, type Result } from "./outcome.ts";
import type { ResticStep, Step } from "./plan.ts";
import type { JobId, RunId } from "./run_id.ts";

/** Points in time are in milliseconds since the epoch. */
export interface RunReport {
  /** Of this form. */
  readonly version: 1;
  readonly job: JobId;
  readonly run: RunId;
  readonly profile: string;
  readonly group: string | undefined;
  readonly command: string;
  readonly startedAt: number;
  /** Undefined while it runs. */
  readonly durationMs: number | undefined;
  /** Undefined while it runs. */
  readonly result: Result | undefined;
  /** Undefined while it runs. */
  readonly exitStatus: number | undefined;
  /** The first failure that counts: the one that hooks and monitoring get. */
  readonly failure: Failure | undefined;
  /** In the order in which they began, or were skipped. */
  readonly steps: readonly StepReport[];
  /** A backup is to be made: if it does not come to that, it counts as failed. */
  readonly hasBackup: boolean;
  /** What monitoring reports, in the order of events. */
  readonly sections: readonly SectionReport[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface StepReport {
  readonly id: string;
  readonly kind: Step["kind"];
  readonly startedAt: number;
  /** Undefined while it goes on. */
  readonly durationMs: number | undefined;
  /** Undefined while it goes on. */
  readonly result: Result | undefined;
  /** Of its program; undefined when there was none, or a signal ended it. */
  readonly exitStatus: number | undefined;
  /** Of restic commands. */
  readonly outcome: ResticOutcome | undefined;
  /** Of HTTP steps, in the order in which they ended. */
  readonly hooks: readonly HookReport[];
}

export type HookReport = HookRef & Omit<HookOutcome, "reply">;

/** What backup, check or retention came to, or a backup that did not even start. */
export interface SectionReport {
  readonly section: NonNullable<ResticStep["report"]>;
  /** Its end. */
  readonly at: number;
  readonly failure: Failure | undefined;
  /** Why it failed: `exit status 1` for restic itself, else with the name of what failed; else empty. */
  readonly error: string;
  readonly outcome: ResticOutcome;
}

/** The reports of all jobs among the events. */
export function runReports(events: Iterable<RunEvent>): ReadonlyMap<JobId, RunReport> {
  const reports = new Map<JobId, RunReport>();
  for (const event of events) {
    const report = event.job === undefined ? undefined : foldRun(reports.get(event.job), event);
    if (report !== undefined) reports.set(report.job, report);
  }
  return reports;
}

/**
 * What is known after one more event of the job.
 * @param report undefined before its beginning; the same is returned for events that add nothing
 */
export function foldRun(report: RunReport | undefined, event: RunEvent): RunReport | undefined {
  if (event.type === "run-started") return begun(event);
  if (report === undefined) return undefined;
  switch (event.type) {
    case "run-failed":
      return { ...report, failure: report.failure ?? event.failure };
    case "run-ended": {
      const { result, exitStatus, durationMs } = event;
      const ended = { ...report, result, exitStatus, durationMs };
      const failure = failureOf(result);
      return failure === undefined ? ended : withoutBackup(ended, event.at, failure);
    }
    case "step-started":
      return { ...report, steps: [...report.steps, stepBegun(event.step, event.at)] };
    case "step-ended":
      return stepEnded(report, event);
    case "restic-ended":
      return resticEnded(report, event);
    case "hook-ended": {
      const { hook, shown, isSent, attempts, delivered, problem } = event;
      const hookReport = { ...hook, shown, isSent, attempts, delivered, problem };
      return changeStep(report, hook.phase, (step) => ({ ...step, hooks: [...step.hooks, hookReport] }));
    }
    case "diagnostic":
      return { ...report, diagnostics: [...report.diagnostics, event.diagnostic] };
    default:
      return report;
  }
}

type Of<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

function begun({ at, run, job = run, planned }: Of<"run-started">): RunReport {
  return {
    version: 1,
    job,
    run,
    profile: planned.profile,
    group: planned.group,
    command: planned.command,
    startedAt: at,
    durationMs: undefined,
    result: undefined,
    exitStatus: undefined,
    failure: undefined,
    steps: [],
    hasBackup: planned.steps.some((step) => step.kind === "restic" && step.report === "backup"),
    sections: [],
    diagnostics: [],
  };
}

function stepBegun({ id, kind }: Step, startedAt: number): StepReport {
  return {
    id,
    kind,
    startedAt,
    durationMs: undefined,
    result: undefined,
    exitStatus: undefined,
    outcome: undefined,
    hooks: [],
  };
}

function stepEnded(report: RunReport, event: Of<"step-ended">): RunReport {
  const { at, step, result, exitStatus, startedAt, durationMs } = event;
  const end = { result, exitStatus, durationMs };
  const ended = result.kind === "skipped" && !report.steps.some(isOpen(step.id))
    ? { ...report, steps: [...report.steps, { ...stepBegun(step, startedAt), ...end }] }
    : changeStep(report, step.id, (before) => ({ ...before, ...end }));
  const failure = failureOf(result);
  if (failure === undefined) return ended;
  const counts = result.kind === "failed" && !result.ignored;
  const counted = counts ? { ...ended, failure: ended.failure ?? failure } : ended;
  return step.onError === "fail" ? withoutBackup(counted, at, failure) : counted;
}

function resticEnded(report: RunReport, { at, step, result, outcome }: Of<"restic-ended">): RunReport {
  const ended = changeStep(report, step.id, (before) => ({ ...before, outcome }));
  if (step.report === undefined) return ended;
  const failure = failureOf(result);
  const error = failure === undefined ? "" : reasonIn(failure, step);
  return { ...ended, sections: [...ended.sections, { section: step.report, at, failure, error, outcome }] };
}

/** A stdin-command has failed under a name of its own, behind that of the step. */
function reasonIn({ message, cause }: Failure, { stage }: ResticStep): string {
  const own = `${stage}: `;
  return message.startsWith(own) ? message.slice(own.length) : cause;
}

const NOTHING: ResticOutcome = { durationMs: 0, stderr: "", status: undefined, summary: undefined };

/** It did not come to the backup. */
function withoutBackup(report: RunReport, at: number, failure: Failure): RunReport {
  if (!report.hasBackup || report.sections.some(({ section }) => section === "backup")) return report;
  const { message: error, stderr } = failure;
  const section = { section: "backup", at, failure, error, outcome: { ...NOTHING, stderr } } as const;
  return { ...report, sections: [...report.sections, section] };
}

/** Changes the step of that name which goes on; a job may have begun it more than once. */
function changeStep(report: RunReport, id: string, change: (step: StepReport) => StepReport): RunReport {
  const index = report.steps.findLastIndex(isOpen(id));
  return index < 0 ? report : { ...report, steps: report.steps.with(index, change(report.steps[index]!)) };
}

function isOpen(id: string): (step: StepReport) => boolean {
  return (step) => step.id === id && step.result === undefined;
}
