/** `--log-format json`: every event as one JSON object on a line of its own. Secrets are not in it: jobs are named, not shown. */
import type { Failure, RunEvent } from "../model/event.ts";
import type { LogLevel } from "../model/invocation.ts";
import type { Job, Step } from "../model/plan.ts";
import { rfc3339 } from "../model/local_time.ts";

type Fields = Readonly<Record<string, unknown>>;

/** @param output what the bytes of an `output` event say */
export function jsonLine(event: RunEvent, output?: string): string {
  const { at, type } = event;
  return JSON.stringify({ time: rfc3339(at, true), type, ...fieldsOf(event, output) });
}

/** How important an event is, for logs that want to know. */
export function levelOf(event: RunEvent): LogLevel {
  if (event.type === "message") return event.level;
  return "failure" in event && event.failure ? "error" : "info";
}

function fieldsOf(event: RunEvent, output: string | undefined): Fields {
  switch (event.type) {
    case "message":
      return { level: event.level, text: event.text };
    case "output":
      return { stream: event.stream, text: output };
    case "run-started":
      return jobFields(event.job);
    case "run-ended":
      return { ...jobFields(event.job), ...failureFields(event.failure) };
    case "step-started":
      return { ...jobFields(event.job), ...stepFields(event.step) };
    case "step-ended": {
      const { job, step, failure } = event;
      const stderr = step.kind === "restic" ? undefined : failure?.stderr;
      return { ...jobFields(job), ...stepFields(step), ...failureFields(failure), stderr };
    }
    case "restic-ended": {
      const { job, step, failure, outcome: { stderr, durationMs, status, summary } } = event;
      const outcome = { durationMs, status, summary };
      return { ...jobFields(job), ...stepFields(step), ...failureFields(failure), stderr, outcome };
    }
    default:
      return event satisfies never;
  }
}

function jobFields({ profile, group, command }: Job): Fields {
  return { profile, group, command };
}

function stepFields({ id, kind }: Step): Fields {
  return { step: id, kind };
}

/** Without its standard error, which may be long: the event of the restic command, or of the hook, has it. */
function failureFields(failure: Failure | undefined): Fields {
  if (!failure) return { success: true };
  const { message, cause, commandLine, exitCode } = failure;
  return { success: false, failure: { message, cause, commandLine, exitCode } };
}
