/** Failures as hooks, HTTP hooks and monitoring get them. The forms are fixed: monitoring relies on them. */
import type { FailureKind } from "../model/failure_kind.ts";
import type { Failure } from "../model/outcome.ts";
import { FAILURE_VARIABLES, failureTexts, KEPT_OF_TEXTS } from "../model/failure_variables.ts";
import type { Job } from "../model/plan.ts";
import { lastLines } from "../model/last_lines.ts";
import type { ExitStatus } from "../platform/world.ts";
import { type RunContext, shownReason } from "./run_context.ts";

/** As Go prints them: `signal: interrupt` is what alerts look for. */
const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGHUP: "hangup",
  SIGINT: "interrupt",
  SIGQUIT: "quit",
  SIGILL: "illegal instruction",
  SIGTRAP: "trace/breakpoint trap",
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGPIPE: "broken pipe",
  SIGALRM: "alarm clock",
  SIGTERM: "terminated",
};

export const INTERRUPTED = "interrupted";

/** `exit status 1`, `signal: interrupt` */
export function causeOf({ code, signal }: ExitStatus): string {
  return signal === undefined ? `exit status ${code}` : `signal: ${SIGNAL_WORDS[signal] ?? signal}`;
}

/** A failure of a child that has run; undefined if it did well. */
export function failureOfChild(child: {
  readonly kind: FailureKind;
  readonly stage: string;
  readonly status: ExitStatus;
  /** A signal came while it ran, and was meant for it: then it has failed, however it ended. */
  readonly interrupted: boolean;
  readonly commandLine: string;
  readonly stderr: string;
}): Failure | undefined {
  const { stage, status, interrupted, commandLine, stderr } = child;
  const kind = interrupted ? "signal" : child.kind;
  const well = status.code === 0 && status.signal === undefined;
  if (well && !interrupted) return undefined;
  const cause = well ? INTERRUPTED : causeOf(status);
  // not 0, though the child may have ended so: `…/ping/$ERROR_EXIT_CODE` would report success
  const exitCode = well || status.signal !== undefined ? -1 : status.code;
  return { kind, message: `${stage}: ${cause}`, cause, commandLine, exitCode, stderr };
}

/** A failure without a child: it could not be started, or something in the tool broke. */
export function failureWithoutChild(kind: FailureKind, stage: string, cause: string, commandLine = ""): Failure {
  return { kind, message: `${stage}: ${cause}`, cause, commandLine, exitCode: -1, stderr: "" };
}

/** A signal came before the child was started. */
export function interruptedBefore(stage: string): Failure {
  return failureWithoutChild("signal", stage, INTERRUPTED);
}

/** The stage of what fails before or between steps. */
export function stageOfJob({ command, profile }: Job): string {
  return `${command} on profile '${profile}'`;
}

/** A child that could not be started; its failure tells what it would have been. */
export class StartError extends Error {
  override name = "StartError";
  constructor(message: string, readonly commandLine: string) {
    super(message);
  }
}

/** What anything thrown inside a step comes to. @param kind of what cannot be started */
export function failureOfCrash(kind: FailureKind, stage: string, error: unknown, context: RunContext): Failure {
  const isStart = error instanceof StartError;
  return failureWithoutChild(
    isStart ? kind : "internal",
    stage,
    shownReason(error, context),
    isStart ? error.commandLine : "",
  );
}

/** Every part in double quotes, separated by blanks. */
export function quotedWords(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(" ");
}

/** What failure hooks, and final hooks after a failure, get in their environment. */
export function errorVariables(failure: Failure): Record<string, string> {
  const texts = failureTexts(failure);
  const told = Object.entries(FAILURE_VARIABLES).filter(([, text]) => text !== "stderr" || texts.stderr !== "");
  return Object.fromEntries(told.map(([name, text]) => {
    const value = texts[text].replaceAll("\0", ""); // the system allows no NUL there
    return [name, lastLines(value, KEPT_OF_TEXTS)];
  }));
}
