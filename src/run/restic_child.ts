/** restic as a child: how it is started, read and waited for. */
import { RESTIC_EXIT } from "../model/exit_status.ts";
import { maskWords } from "../model/mask.ts";
import type { Failure, Summary } from "../model/outcome.ts";
import type { ResticStep } from "../model/plan.ts";
import type { Child, ChildCommand, ExitStatus } from "../platform/world.ts";
import { killAfterSignals, startAs, startListedChild } from "./child.ts";
import { masked, remark, type RunContext } from "./run_context.ts";
import { type Drain, drain, settle } from "./drain.ts";
import type { StepEnvironment } from "./step_environment.ts";
import { failureOfChild, failureWithoutChild, interruptedBefore, quotedWords } from "./failure.ts";
import { untilParentDies } from "./machine/parent_death.ts";
import { forgetVersion } from "./machine/version_cache.ts";
import { lacksPassword, needsTerminal } from "./password_prompt.ts";
import { READER_QUIT } from "./reader.ts";
import { resticFailureKind } from "./restic_failure.ts";
import type { ResticInput } from "./restic_input.ts";
import type { HeldResticLock } from "./restic_lock.ts";
import { type Taker, watchReader } from "./restic_reader.ts";
import { stderrReader } from "./restic_stderr.ts";
import { stdoutReader } from "./restic_stdout.ts";

export interface ResticAttempt {
  readonly failure: Failure | undefined;
  readonly stderr: string;
  /** Undefined: a signal ended it, or it never started. */
  readonly status: number | undefined;
  readonly summary: Summary | undefined;
  readonly durationMs: number;
  readonly heldLock: HeldResticLock | undefined;
  /** What it printed is lost, as the reader is gone: not a reason for an alarm. */
  readonly readerQuit?: boolean;
}

/** An attempt that came to nothing before restic was started. */
export function unstarted(failure: Failure): ResticAttempt {
  const { stderr } = failure;
  return { failure, stderr, status: undefined, summary: undefined, durationMs: 0, heldLock: undefined };
}

export async function runRestic(
  words: readonly string[],
  step: ResticStep,
  environment: StepEnvironment,
  context: RunContext,
  input?: ResticInput,
): Promise<ResticAttempt> {
  const { world, signals } = context;
  const before = signals.count();
  const errors = await stderrReader(step, environment, context);
  if (signals.count() > before) return unstarted(interruptedBefore(step.stage));
  const output = stdoutReader(step, context);
  const started = world.elapsed();
  const commandLine = masked(quotedWords(maskWords(words)), context);
  const prefix = input ? await untilParentDies(environment, world) : [];
  const withTerminal = needsTerminal(step, words, environment, context);
  const command = resticCommand([...prefix, ...words], step, environment, input, withTerminal);
  const child = startAs(commandLine, () => startListedChild(command, context));
  const spare = readsTool(step, context) ? killAfterSignals(child, context) : undefined;
  const fed = input?.feed(child);
  const reader = watchReader(child, step, context);
  const drains = drainsOf(child, reader.watched(output), reader.quiet(errors));
  const end = await ended(child, drains, started, context, input);
  spare?.();
  const { durationMs } = end;
  await errors.end();
  const readerQuit = reader.hasQuit(end.status);
  if (readerQuit && end.status.code !== 0) {
    const failure = failureWithoutChild("signal", step.stage, READER_QUIT, commandLine);
    return { ...unstarted(failure), summary: output.end(), durationMs, readerQuit };
  }
  const status = step.command === "backup" && errors.lacksSource() ? asWarning(end.status) : end.status;
  const interrupted = signals.count() > before;
  if (status.code !== 0 && complainsAboutFlag(errors.text())) forgetVersion(step.program, world);
  if (status.code !== 0 && !step.quiet && lacksPassword(step, words, environment, errors.text())) {
    remark(context, { code: "no-password", stage: step.stage });
  }
  const inputFailure = interrupted ? undefined : (await fed)?.failure;
  const failure = inputFailure ?? failureOfChild({
    kind: resticFailureKind(status.signal === undefined ? status.code : undefined, errors.text()),
    stage: step.stage,
    status: toleratedStatus(status, step, context),
    interrupted: interrupted && step.when === "success",
    commandLine,
    stderr: errors.text(),
  });
  return {
    failure,
    stderr: inputFailure?.stderr ?? errors.text(),
    status: status.signal === undefined && !inputFailure ? status.code : undefined,
    summary: output.end(),
    durationMs,
    heldLock: inputFailure ? undefined : errors.heldLock(status.code),
    readerQuit,
  };
}

/** It is another version than was thought, or the user's own words are wrong. */
function complainsAboutFlag(stderr: string): boolean {
  return /\bunknown (?:shorthand )?(?:flag|command)\b/.test(stderr);
}

function drainsOf(
  { stdout, stderr }: Child,
  output: Taker,
  errors: Taker,
): Drain[] {
  return [...stdout ? [drain(stdout, output.take)] : [], ...stderr ? [drain(stderr, errors.take)] : []];
}

/** Waits for the end of the child and of what it wrote; what feeds it ends with it. */
async function ended(
  child: Child,
  drains: readonly Drain[],
  started: number,
  { world, signals }: RunContext,
  input: ResticInput | undefined,
): Promise<{ status: ExitStatus; durationMs: number }> {
  const status = await child.status;
  const durationMs = world.elapsed() - started;
  await input?.stop();
  await settle(drains, world, signals);
  return { status, durationMs };
}

function resticCommand(
  words: readonly string[],
  step: ResticStep,
  env: StepEnvironment,
  input: ResticInput | undefined,
  withTerminal: boolean,
): ChildCommand {
  const [program = "", ...args] = words;
  return {
    program,
    args,
    cwd: step.workingDir,
    env,
    stdin: input ? "piped" : step.stdin.from === "tool" ? "inherit" : "null",
    stdout: step.stdout === "inherit" ? "inherit" : "piped",
    stderr: withTerminal ? "inherit" : "piped",
  };
}

/** What restic 0.19 ends with where its elders end with 0: not all that was named has been saved. */
function asWarning(status: ExitStatus): ExitStatus {
  return status.code === 0 && status.signal === undefined ? { ...status, code: RESTIC_EXIT.incomplete } : status;
}

function toleratedStatus(status: ExitStatus, step: ResticStep, context: RunContext): ExitStatus {
  if (!step.warningsAllowed || status.signal !== undefined || status.code !== RESTIC_EXIT.incomplete) return status;
  remark(context, { code: "sources-unread", stage: step.stage, status: RESTIC_EXIT.incomplete });
  return { code: 0, signal: undefined };
}

/** Whether the tool looks at its standard input before restic starts. */
export function checksTool(step: ResticStep, context: RunContext): boolean {
  return step.stdin.from === "tool" && step.stdin.isChecked === true && readsTool(step, context);
}

/** A terminal is for passwords: what was typed for one attempt does not belong to the next. */
export function readsTool({ stdin }: ResticStep, { world }: RunContext): boolean {
  return stdin.from === "tool" && !stdin.forPassword && !world.console.stdinIsTerminal;
}
