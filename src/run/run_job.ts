/**
 * Performs one job: the order of things is the order of its steps, the rules of failure are fields of them. This loop reads
 * steps and the state of the run, never profile or flags.
 */
import type { Tell } from "../model/event.ts";
import { DONE, failed, type Failure, type Result, type SkipReason, type StartFailure } from "../model/outcome.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Job, Step } from "../model/plan.ts";
import { type JobId, type RunId, runId } from "../model/run_id.ts";
import { untilCrash } from "../platform/until_crash.ts";
import { FileError, type World } from "../platform/world.ts";
import { removeRepositoryFiles } from "./arguments.ts";
import { interruptChildren, interruptible, survivors } from "./child.ts";
import { judgeConditions } from "./conditions.ts";
import { emit, failureSoFar, openContext, remark, type RunContext, shownReason } from "./run_context.ts";
import { failureOfCrash, failureWithoutChild, INTERRUPTED, stageOfJob } from "./failure.ts";
import { performHttp } from "./http_step.ts";
import { LockHeld, takeLock } from "./lock_wait.ts";
import { READER_QUIT, untilWritten } from "./reader.ts";
import { performRestic, type ResticResult } from "./restic.ts";
import { performShell } from "./shell.ts";
import { LAST_SIGNAL, type Signals } from "./signals.ts";
import { tellSkipped, tellStep } from "./step.ts";

export interface JobStart {
  /** The run that the job is part of; without one it is a run of its own. */
  readonly run?: RunId | undefined;
  readonly failure?: StartFailure | undefined;
}

export interface JobResult {
  readonly failure: Failure | undefined;
  readonly exitStatus: number;
}

/** Never throws: whatever breaks inside is a failure of the run, and its failure and final hooks are called. */
export async function runJob(
  job: Job,
  world: World,
  tell: Tell,
  signals: Signals,
  start: JobStart = {},
): Promise<JobResult> {
  const { run = runId(world.now()) } = start;
  const context = openContext(job, { run, job: jobIdOf(job, run, world) }, world, tell, signals);
  const startedAt = world.now();
  const from = world.elapsed();
  emit(context, { type: "run-started", planned: job });
  const skipped = await performJob(start.failure, context);
  const { exitStatus } = context.state;
  const failure = failureSoFar(context);
  const result = skipped ?? (failure === undefined ? DONE : failed(failure, false));
  emit(context, { type: "run-ended", result, exitStatus, startedAt, durationMs: world.elapsed() - from });
  return { failure, exitStatus };
}

/** @returns undefined unless a condition skips the job: then not even its hooks are called */
async function performJob(planned: StartFailure | undefined, context: RunContext): Promise<Result | undefined> {
  const { job, world, signals, state } = context;
  const verdict = await judgeConditions(
    job.conditions,
    (found) => remark(context, found),
    interruptible(world, signals),
  );
  if (verdict.kind === "skipped") {
    state.exitStatus = verdict.exitStatus;
    return { kind: "skipped", reason: verdict.reason };
  }
  const obstacle = (verdict.kind === "failed" ? verdict.failure : undefined) ?? planned ?? await begin(context);
  if (obstacle) failBetween(obstacle, context);
  try {
    await performSteps(obstacle ? job.steps.filter(isNotification) : job.steps, context);
  } finally {
    releaseLock(context);
    removeRepositoryFiles(context);
  }
  return undefined;
}

/** The only job of a run has its name. */
function jobIdOf({ group }: Job, run: RunId, world: World): JobId {
  return group === undefined ? run : runId(world.now());
}

/** Why nothing can run in the job's folder; undefined when it exists. */
export function folderFailure({ workingDir }: Job, world: World): StartFailure | undefined {
  const problem = folderProblem(workingDir, world);
  if (problem === undefined) return undefined;
  return { kind: "config", cause: `Cannot use base-dir "${workingDir}": ${problem}`, exitStatus: EXIT.failure };
}

function folderProblem(path: string, { files }: World): string | undefined {
  try {
    return files.stat(path)?.kind === "directory" ? undefined : "no such folder";
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

/** Takes the lock. @returns what keeps the job from its steps */
async function begin(context: RunContext): Promise<StartFailure | undefined> {
  const { job, world, signals } = context;
  try {
    if (signals.count() > 0) return INTERRUPTION;
    const failure = folderFailure(job, world);
    if (failure === undefined) await takeLock(context);
    return failure;
  } catch (error) {
    const kind = signals.count() > 0 ? "signal" : error instanceof LockHeld ? "lock-held" : "config";
    return { kind, cause: shownReason(error, context), exitStatus: EXIT.failure };
  }
}

const INTERRUPTION: StartFailure = { kind: "signal", cause: INTERRUPTED, exitStatus: EXIT.failure };

function releaseLock(context: RunContext): void {
  const { lock } = context.state;
  if (!lock) return;
  const pids = survivors(context);
  lock.leaveTo(pids);
  if (pids.length > 0) remark(context, { code: "lock-left", pids });
}

/** What is sent of a job that does not start: the shell hooks belong to the run that holds the lock. */
function isNotification(step: Step): boolean {
  return step.kind === "http" && step.when !== "success";
}

async function performSteps(steps: readonly Step[], context: RunContext): Promise<void> {
  const { signals, state } = context;
  const broken = new Set<string>();
  for (const step of steps) {
    await untilWritten(context);
    if (step.when === "success" && !failureSoFar(context) && !state.readerQuit && signals.count() > 0) {
      failBetween(INTERRUPTION, context);
    }
    if (signals.count() >= LAST_SIGNAL) return;
    if (!isDue(step, context)) {
      if (step.when === "success") tellSkipped(step, reasonToSkip(context), context);
      continue;
    }
    if (broken.has(step.chain ?? "")) {
      tellSkipped(step, "chain", context);
      continue;
    }
    const failure = await performStep(step, context);
    if (failure && step.chain !== undefined) broken.add(step.chain);
  }
}

function isDue({ when }: Step, context: RunContext): boolean {
  const hasFailed = failureSoFar(context) !== undefined;
  return { success: !hasFailed && !context.state.readerQuit, failure: hasFailed, always: true }[when];
}

/** Why a step of the plain list has no turn. */
function reasonToSkip(context: RunContext): SkipReason {
  if (context.signals.count() > 0) return "interrupted";
  return failureSoFar(context) ? "failure" : "reader-quit";
}

/** Performs one step, and does what the step says about its failure. */
async function performStep(step: Step, context: RunContext): Promise<Failure | undefined> {
  const isFirst = failureSoFar(context) === undefined;
  const { failure, failedStatus, readerQuit } = await tellStep(step, context, () => performSafely(step, context));
  if (readerQuit) endWithoutReader(step, context);
  else if (isFirst && failureSoFar(context)) context.state.exitStatus = exitStatusOf(failedStatus, context);
  return failure;
}

/** Whatever breaks is the step's failure. */
async function performSafely(step: Step, context: RunContext): Promise<ResticResult> {
  try {
    return await untilCrash(() => perform(step, context), context.world);
  } catch (error) {
    await interruptChildren(context);
    const kind = step.kind === "restic" ? "restic-missing" : "hook";
    return { failure: failureOfCrash(kind, step.stage, error, context) };
  }
}

/** As if the tool had died of it, but for its final hooks. */
function endWithoutReader({ stage }: Step, context: RunContext): void {
  const { state } = context;
  if (state.readerQuit) return;
  state.readerQuit = true;
  state.exitStatus ||= EXIT.readerQuit;
  remark(context, { code: "reader-quit", stage, cause: READER_QUIT });
}

function exitStatusOf(failedStatus: number | undefined, { job, signals }: RunContext): number {
  return job.resticExitStatus && signals.count() === 0 && failedStatus ? failedStatus : EXIT.failure;
}

async function perform(step: Step, context: RunContext): Promise<ResticResult> {
  switch (step.kind) {
    case "shell":
      return await performShell(step, context);
    case "restic":
      return await performRestic(step, context);
    case "http":
      await performHttp(step, context);
      return { failure: undefined };
    default:
      return step satisfies never;
  }
}

/** The job has failed, and no step of it has. */
function failBetween({ kind, cause, exitStatus }: StartFailure, context: RunContext): void {
  emit(context, { type: "run-failed", failure: failureWithoutChild(kind, stageOfJob(context.job), cause) });
  context.state.exitStatus = exitStatus;
}
