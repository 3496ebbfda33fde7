/** The sentences of a run: what each event says to people. Nothing else makes them, so that they can be read side by side. */
import { formatPosition } from "../model/diagnostic.ts";
import { formatDuration, wholeSeconds } from "../model/duration.ts";
import type { Happening } from "../model/event.ts";
import { loggedDiagnostic } from "./diagnostic_text.ts";
import { hookEndedLines, nameOfHook, requestText } from "./hook_lines.ts";
import { remarkLine } from "./remark_lines.ts";
import type { Sentence } from "./sentence.ts";

/**
 * @param profile of the job, for events that are of one
 * @param diagnosticText of warnings and errors
 */
export function linesOf(event: Happening, profile: string, diagnosticText = loggedDiagnostic): readonly Sentence[] {
  switch (event.type) {
    case "plan-started":
    case "plan-ended":
    case "run-started":
    case "run-failed": // the end of the run says it
    case "step-started":
    case "output":
      return [];
    case "message":
      return [{ level: event.level, text: event.text }];
    case "remark":
      return [remarkLine(event.remark, profile)];
    case "run-ended":
      return event.result.kind === "failed" ? [{ level: "error", text: event.result.failure.message }] : [];
    case "step-ended":
      return stepEndedLines(event);
    case "restic-started":
      return [{ level: "info", text: `profile '${profile}': starting '${event.step.id}'` }];
    case "restic-ended":
      return resticEndedLines(event, profile);
    case "hook-started":
      return [{ level: "debug", text: `${nameOfHook(event.hook, profile)}: ${requestText(event.request)}` }];
    case "hook-redirected": {
      const text = `status ${event.status}: redirected to ${event.to} as ${event.method}`;
      return [{ level: "debug", text: `${nameOfHook(event.hook, profile)}: ${text}` }];
    }
    case "hook-retried": {
      const text = `attempt ${event.number}: ${event.attempt.problem}; again in ${formatDuration(event.waitMs)}`;
      return [{ level: "debug", text: `${nameOfHook(event.hook, profile)}: ${text}` }];
    }
    case "hook-ended":
      return hookEndedLines(event, nameOfHook(event.hook, profile));
    case "diagnostic":
      return [diagnosticLine(event, profile, diagnosticText)];
    case "lock-waiting":
      return [{ level: "info", text: `profile '${profile}': ${waitingText(event)}` }];
    default:
      return event satisfies never;
  }
}

type Of<Type extends Happening["type"]> = Extract<Happening, { readonly type: Type }>;

/** A failure that counts is reported at the end of the run. */
function stepEndedLines({ step, result, readerQuit }: Of<"step-ended">): readonly Sentence[] {
  if (result.kind !== "failed" || step.onError !== "report" || readerQuit) return [];
  return [{ level: "error", text: result.failure.message }];
}

function resticEndedLines({ step, result, exists }: Of<"restic-ended">, profile: string): readonly Sentence[] {
  const info = (text: string): readonly Sentence[] => [{ level: "info", text: `profile '${profile}': ${text}` }];
  if (exists) return info(`'${step.id}': the repository exists`);
  if (result.kind !== "failed") return info(`finished '${step.id}'`);
  if (step.onError !== "ignore") return [];
  const reason = step.quiet ? lastLineOf(result.failure.stderr) : undefined;
  return [
    ...info(`finished '${step.id}': ${result.failure.cause} (ignored)`),
    ...reason === undefined ? [] : [{ level: "debug", text: `profile '${profile}': '${step.id}': ${reason}` } as const],
  ];
}

/** Undefined for a text without any. */
function lastLineOf(text: string): string | undefined {
  return text.split("\n").findLast((line) => line.trim() !== "")?.trim();
}

/** Facts are shown as they are; warnings and errors with their severity, since the console shows no levels. */
function diagnosticLine(
  { diagnostic, isEnvironment }: Of<"diagnostic">,
  profile: string,
  diagnosticText: typeof loggedDiagnostic,
): Sentence {
  const { severity: level, at, message } = diagnostic;
  if (isEnvironment) {
    return { level, text: `profile '${profile}': ${at ? `${formatPosition(at)}: ` : ""}${message}` };
  }
  return { level, text: level === "info" ? message : diagnosticText(diagnostic) };
}

function waitingText({ path, owner, leftMs, nextMs }: Of<"lock-waiting">): string {
  const left = `${wholeSeconds(leftMs)} left`;
  if (path !== undefined) return `waiting for lock "${path}"${owner === undefined ? "" : ` of ${owner}`}: ${left}`;
  const by = owner === undefined ? "" : ` held by ${owner}`;
  return `waiting for restic's lock${by}: next attempt in ${wholeSeconds(nextMs)}, ${left}`;
}
