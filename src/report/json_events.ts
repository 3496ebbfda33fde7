/** `--log-format json`: every event as one JSON object on a line of its own. Secrets are not in it: jobs are named, not shown. */
import { diagnosticFields } from "../model/diagnostic.ts";
import type { RunEvent } from "../model/event.ts";
import type { HookAttempt } from "../model/hook_event.ts";
import type { LogLevel } from "../model/invocation.ts";
import { rfc3339 } from "../model/local_time.ts";
import type { Failure, Result } from "../model/outcome.ts";
import type { Job, Step } from "../model/plan.ts";
import type { Sentence } from "./sentence.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface JsonParts {
  /** What the bytes of an `output` event say. */
  readonly output?: string;
  /** What the event says to people. */
  readonly shown?: readonly Sentence[];
  /** That of the event. */
  readonly job?: Job | undefined;
}

export function jsonLine(event: RunEvent, { output, shown = [], job: of }: JsonParts): string {
  const { at, type, run, job } = event;
  const said = shown.length === 0
    ? {}
    : { level: levelOfEvent(event, shown), text: shown.map(({ text }) => text).join("\n") };
  return JSON.stringify({
    time: rfc3339(at, true),
    type: typeName(type),
    run,
    job,
    ...fieldsOf(event, output, of),
    ...said,
  });
}

/** Remarks are messages that have data beside their text. */
function typeName(type: RunEvent["type"]): string {
  return type === "remark" ? "message" : type;
}

const BY_WEIGHT: readonly LogLevel[] = ["error", "warning", "info", "debug", "trace"];

/** How important an event is, for logs that want to know: what it says decides, beside a failure. */
export function levelOfEvent(event: RunEvent, shown: readonly Sentence[]): LogLevel {
  if ("result" in event && event.result.kind === "failed") return "error";
  return BY_WEIGHT.find((level) => shown.some((line) => line.level === level)) ?? "info";
}

function fieldsOf(event: RunEvent, output: string | undefined, job: Job | undefined): Fields {
  switch (event.type) {
    case "message":
      return {};
    case "remark":
      return { ...jobFields(job), ...event.remark };
    case "output":
      return { stream: event.stream, text: output };
    case "plan-started": {
      const { group, command, members, continueOnError } = event.plan;
      return { group, command, members, continueOnError };
    }
    case "plan-ended":
      return { exitStatus: event.exitStatus, ...spanFields(event) };
    case "run-started":
      return jobFields(job);
    case "run-failed":
      return { ...jobFields(job), ...failureFields(event.failure) };
    case "run-ended":
      return { ...jobFields(job), ...resultFields(event.result), exitStatus: event.exitStatus, ...spanFields(event) };
    case "step-started":
    case "restic-started":
      return { ...jobFields(job), ...stepFields(event.step) };
    case "step-ended": {
      const { step, result, exitStatus } = event;
      const stderr = step.kind === "restic" || result.kind !== "failed" ? undefined : result.failure.stderr;
      return {
        ...jobFields(job),
        ...stepFields(step),
        ...resultFields(result),
        stderr,
        exitStatus,
        ...spanFields(event),
      };
    }
    case "restic-ended": {
      const { step, result, outcome: { stderr, durationMs, status, summary } } = event;
      return {
        ...jobFields(job),
        ...stepFields(step),
        ...resultFields(result),
        stderr,
        outcome: { durationMs, status, summary },
      };
    }
    case "hook-started":
      return { ...jobFields(job), hook: event.hook, request: event.request };
    case "hook-redirected": {
      const { hook, status, to, method } = event;
      return { ...jobFields(job), hook, status, to, method };
    }
    case "hook-retried":
      return { ...jobFields(job), hook: event.hook, attempt: attemptFields(event.attempt), waitMs: event.waitMs };
    case "hook-ended": {
      const { hook, shown, isSent, attempts, delivered, problem } = event;
      return { ...jobFields(job), hook, shown, isSent, attempts: attempts.map(attemptFields), delivered, problem };
    }
    case "diagnostic":
      return { ...jobFields(job), ...diagnosticFields(event.diagnostic) };
    case "lock-waiting": {
      const { path, owner, leftMs, nextMs } = event;
      return { ...jobFields(job), path, owner, leftMs, nextMs };
    }
    default:
      return event satisfies never;
  }
}

function jobFields(job: Job | undefined): Fields {
  return job === undefined ? {} : { profile: job.profile, group: job.group, command: job.command };
}

function stepFields({ id, kind }: Step): Fields {
  return { step: id, kind };
}

function spanFields({ startedAt, durationMs }: { readonly startedAt: number; readonly durationMs: number }): Fields {
  return { started: rfc3339(startedAt, true), durationMs };
}

function attemptFields({ startedAt, ...fields }: HookAttempt): Fields {
  return { started: rfc3339(startedAt, true), ...fields };
}

function resultFields(result: Result): Fields {
  switch (result.kind) {
    case "done":
      return { success: true };
    case "skipped":
      return { skipped: result.reason };
    case "failed":
      return failureFields(result.failure);
    default:
      return result satisfies never;
  }
}

/** Without its standard error, which may be long: the event of the restic command, or of the hook, has it. */
function failureFields({ kind, message, cause, commandLine, exitCode }: Failure): Fields {
  return { success: false, failure: { kind, message, cause, commandLine, exitCode } };
}
