/** One restic command of a run: its attempts, what it reads and writes, and what it came to. */
import { formatCommandLine } from "../model/command_line.ts";
import type { Failure, Summary } from "../model/event.ts";
import { maskVariable, maskWords } from "../model/mask.ts";
import type { Argument, ResticStep } from "../model/plan.ts";
import type { Child, ChildCommand, ExitStatus } from "../platform/world.ts";
import { bindArguments } from "./arguments.ts";
import { killAfterSignals, startAs, startListedChild } from "./child.ts";
import { masked, type RunContext, say, shownReason } from "./context.ts";
import { type Drain, drain, settle } from "./drain.ts";
import { type Environment, stepEnvironment } from "./environment.ts";
import { failureOfChild, failureWithoutChild, INTERRUPTED, quotedWords } from "./failure.ts";
import { findsRepository, initWarning, obstacleToInit } from "./new_repository.ts";
import { READER_QUIT } from "./reader.ts";
import { missingPassword, needsTerminal } from "./password_prompt.ts";
import { InputError, type ResticInput } from "./restic_input.ts";
import { type Taker, watchReader } from "./restic_reader.ts";
import { forgetVersion } from "./machine/version_cache.ts";
import { untilParentDies } from "./machine/parent_death.ts";
import { afterHeldLock, type HeldLock } from "./restic_lock.ts";
import { stderrReader } from "./restic_stderr.ts";
import { stdoutReader } from "./restic_stdout.ts";
import { warnOfMissing } from "./sources.ts";
import { startCommands } from "./stdin_command.ts";
import { toolInput } from "./tool_input.ts";

/** restic made a snapshot, but could not read all of its sources. */
const WARNING_STATUS = 3;

interface Attempt {
  readonly failure: Failure | undefined;
  readonly stderr: string;
  /** Undefined: a signal ended it, or it never started. */
  readonly status: number | undefined;
  readonly summary: Summary | undefined;
  readonly durationMs: number;
  readonly heldLock: HeldLock | undefined;
  readonly readerQuit?: boolean;
}

export interface ResticResult {
  readonly failure: Failure | undefined;
  /** What it printed is lost, for nobody reads it: a failure for that reason is no cause for alarm. */
  readonly readerQuit?: boolean;
  /** The exit status with which restic itself has failed. */
  readonly failedStatus: number | undefined;
}

const NOT_DONE: ResticResult = { failure: undefined, failedStatus: undefined };

/** Runs it until it is done, or failed for good. @throws {Error} when it cannot be started */
export async function performRestic(step: ResticStep, context: RunContext): Promise<ResticResult> {
  const { job, signals, state } = context;
  if (step.newRepository && !mayInitialize(step, step.newRepository.isAsked, context)) return NOT_DONE;
  say(context, "info", `profile '${job.profile}': starting '${step.id}'`);
  if (step.refusal !== undefined) {
    const failure = failureWithoutChild(step.stage, step.refusal);
    return conclude(step, unstarted(failure), failure, context);
  }
  warnOfMissing(step.sources ?? [], context);
  let again: (() => ResticInput) | undefined;
  for (;;) {
    const attempt = await attemptUndisturbed(step, context, again);
    const { failure, heldLock } = attempt;
    if (failure && findsRepository(step, attempt.stderr)) return conclude(step, attempt, undefined, context);
    if (!failure || !heldLock || !step.retried || signals.count() > 0) return conclude(step, attempt, failure, context);
    state.waitedMs += attempt.durationMs;
    const next = await afterHeldLock(heldLock, step, context, (unlock) => performUnlock(unlock, context));
    if (next !== "again") return conclude(step, attempt, next ?? failure, context);
    again ??= inputOfRetries(step, context);
  }
}

function mayInitialize(step: ResticStep, isAsked: boolean, context: RunContext): boolean {
  const obstacle = obstacleToInit(step, stepEnvironment(step, context), context.world);
  if (obstacle === undefined) return true;
  say(context, "warning", `${step.stage}: ${initWarning(obstacle, isAsked)}`);
  return isAsked;
}

/** Tells of the outcome: attempts that were followed by another one are nobody's concern. */
function conclude(
  step: ResticStep,
  attempt: Attempt,
  failure: Failure | undefined,
  context: RunContext,
): ResticResult {
  const { job, world, tell } = context;
  const { durationMs, stderr, status, summary } = attempt;
  const outcome = { durationMs, stderr, status, summary };
  tell({ type: "restic-ended", at: world.now(), job, step, failure, outcome });
  if (attempt.failure && !failure) {
    say(context, "info", `profile '${job.profile}': '${step.id}': the repository exists`);
  } else sayEnd(step, failure, context);
  const failedStatus = failure && failure === attempt.failure ? status : undefined;
  return { failure, failedStatus, readerQuit: attempt.readerQuit ?? false };
}

/** A failure that counts is told at the end of the run. */
function sayEnd({ id, onError }: ResticStep, failure: Failure | undefined, context: RunContext): void {
  const ended = `profile '${context.job.profile}': finished '${id}'`;
  if (!failure) say(context, "info", ended);
  else if (onError === "ignore") say(context, "info", `${ended}: ${failure.cause}, which changes nothing`);
}

async function performUnlock(step: ResticStep, context: RunContext): Promise<boolean> {
  say(context, "info", `profile '${context.job.profile}': starting '${step.id}'`);
  const { failure } = await attemptUndisturbed(step, context);
  if (failure) say(context, "error", failure.message);
  else sayEnd(step, failure, context);
  return failure === undefined;
}

/**
 * To learn whether the owner of a lock lives, `unlock` sends SIGHUP to the process that has the owner's number: in containers,
 * which have small ones, that may be this program.
 */
function attemptUndisturbed(step: ResticStep, context: RunContext, again?: () => ResticInput): Promise<Attempt> {
  const attempt = () => attemptRestic(step, context, again);
  return step.command === "unlock" ? context.signals.ignoring("SIGHUP", attempt) : attempt();
}

/** @param again makes the input of an attempt after the first, where that cannot simply be inherited */
async function attemptRestic(
  step: ResticStep,
  context: RunContext,
  again?: () => ResticInput,
): Promise<Attempt> {
  const environment = stepEnvironment(step, context);
  const bound = boundArguments(step, environment, context);
  if (typeof bound === "string") return unstarted(failureWithoutChild(step.stage, bound));
  const words = [step.program, ...bound];
  if (step.unfiltered) sayUnfiltered(step.unfiltered, environment, context);
  sayCommand(words, step, environment, context);
  const before = context.signals.count();
  const input = again?.() ?? commandsOf(step, environment, context);
  if (input === undefined) return await runRestic(words, step, environment, context);
  try {
    await input.head();
    if (context.signals.count() > before) return unstarted(failureWithoutChild(step.stage, INTERRUPTED));
    return await runRestic(words, step, environment, context, input);
  } catch (error) {
    if (error instanceof InputError) return unstarted(error.failure);
    throw error;
  } finally {
    await input.stop();
  }
}

/** The words for restic, or why there are none. */
function boundArguments({ args }: ResticStep, environment: Environment, context: RunContext): string[] | string {
  try {
    return bindArguments(args, environment, context);
  } catch (error) {
    return shownReason(error, context);
  }
}

function commandsOf(
  { stdin }: ResticStep,
  environment: Environment,
  context: RunContext,
): ResticInput | undefined {
  return stdin.from === "commands" ? startCommands(stdin.lines, stdin.stage, environment, context) : undefined;
}

function inputOfRetries(step: ResticStep, context: RunContext): (() => ResticInput) | undefined {
  return readsTool(step, context) ? toolInput(step.stage, context) : undefined;
}

/** A terminal is there for passwords: what was typed for one attempt is none of the next one's. */
function readsTool({ stdin }: ResticStep, { world }: RunContext): boolean {
  return stdin.from === "tool" && !stdin.forPassword && !world.console.stdinIsTerminal;
}

function unstarted(failure: Failure): Attempt {
  const { stderr } = failure;
  return { failure, stderr, status: undefined, summary: undefined, durationMs: 0, heldLock: undefined };
}

async function runRestic(
  words: readonly string[],
  step: ResticStep,
  environment: Environment,
  context: RunContext,
  input?: ResticInput,
): Promise<Attempt> {
  const { world, signals } = context;
  const before = signals.count();
  const errors = await stderrReader(step, environment, context);
  if (signals.count() > before) return unstarted(failureWithoutChild(step.stage, INTERRUPTED));
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
    const failure = failureWithoutChild(step.stage, READER_QUIT, commandLine);
    return { ...unstarted(failure), summary: output.end(), durationMs, readerQuit };
  }
  const status = step.command === "backup" && errors.lacksSource() ? asWarning(end.status) : end.status;
  const interrupted = signals.count() > before;
  if (status.code !== 0 && complainsAboutFlag(errors.text())) forgetVersion(step.program, world);
  const advice = status.code === 0 || step.quiet ? undefined : missingPassword(step, words, environment, errors.text());
  if (advice !== undefined) say(context, "error", advice);
  const inputFailure = interrupted ? undefined : (await fed)?.failure;
  const failure = inputFailure ?? failureOfChild({
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
  env: Environment,
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
  return status.code === 0 && status.signal === undefined ? { ...status, code: WARNING_STATUS } : status;
}

function toleratedStatus(status: ExitStatus, step: ResticStep, context: RunContext): ExitStatus {
  if (!step.warningsAllowed || status.signal !== undefined || status.code !== WARNING_STATUS) return status;
  say(context, "warning", `${step.stage}: exit status ${WARNING_STATUS}: some source files could not be read`);
  return { code: 0, signal: undefined };
}

function sayUnfiltered(args: readonly Argument[], environment: Environment, context: RunContext): void {
  const words = formatCommandLine(maskWords(bindArguments(args, environment, context)));
  say(context, "trace", `profile '${context.job.profile}': arguments before filtering: ${masked(words, context)}`);
}

function sayCommand(words: readonly string[], step: ResticStep, environment: Environment, context: RunContext): void {
  const { job, world } = context;
  const folder = step.workingDir === world.startDir ? "" : ` (in ${step.workingDir})`;
  const { mask } = context.state.secrets;
  say(context, "debug", `profile '${job.profile}': running ${mask(formatCommandLine(maskWords(words)))}${folder}`);
  const changed = Object.entries(environment).filter(([name, value]) => world.env[name] !== value)
    .map(([name, value]) => `${name}=${maskVariable(name, value)}`).sort();
  say(context, "debug", `profile '${job.profile}': with the variables ${mask(formatCommandLine(changed))}`);
}
