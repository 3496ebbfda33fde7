/**
 * Performs one job: the order of things is the order of its steps, the rules of failure are fields of them. This loop reads
 * steps and the state of the run, never profile or flags.
 */
import type { Failure, Tell } from "../model/event.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Job, Step } from "../model/plan.ts";
import { untilCrash } from "../platform/until_crash.ts";
import { FileError, type World } from "../platform/world.ts";
import { removeRepositoryFiles } from "./arguments.ts";
import { interruptChildren, survivors } from "./child.ts";
import { openContext, type RunContext, say, shownReason } from "./context.ts";
import { failureOfCrash, failureWithoutChild, INTERRUPTED, stageOfJob } from "./failure.ts";
import { performHttp } from "./http_step.ts";
import { takeLock } from "./lock_wait.ts";
import { READER_QUIT, untilWritten } from "./reader.ts";
import { performRestic, type ResticResult } from "./restic.ts";
import { performShell } from "./shell.ts";
import { LAST_SIGNAL, type Signals } from "./signals.ts";

/** Why a job cannot start, found before it: no restic, too little memory. */
export interface StartFailure {
  /** `Cannot find restic: set restic-binary` */
  readonly cause: string;
  readonly exitStatus: number;
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
  { startFailure }: { readonly startFailure?: StartFailure | undefined } = {},
): Promise<JobResult> {
  const context = openContext(job, world, tell, signals);
  const { state } = context;
  tell({ type: "run-started", at: world.now(), job });
  const obstacle = startFailure ?? await begin(context);
  if (obstacle) fail(failureWithoutChild(stageOfJob(job), obstacle.cause), obstacle.exitStatus, context);
  try {
    await performSteps(obstacle ? job.steps.filter(isNotification) : job.steps, context);
  } finally {
    releaseLock(context);
    removeRepositoryFiles(context);
  }
  if (state.failure) say(context, "error", state.failure.message);
  tell({ type: "run-ended", at: world.now(), job, failure: state.failure });
  return { failure: state.failure, exitStatus: state.exitStatus };
}

/** Why nothing can run in the job's folder; undefined when it is there. */
export function folderFailure({ workingDir }: Job, world: World): StartFailure | undefined {
  const problem = folderProblem(workingDir, world);
  if (problem === undefined) return undefined;
  return { cause: `Cannot use base-dir "${workingDir}": ${problem}`, exitStatus: EXIT.failure };
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
    if (signals.count() > 0) throw new Error(INTERRUPTED);
    const failure = folderFailure(job, world);
    if (failure === undefined) await takeLock(context);
    return failure;
  } catch (error) {
    return { cause: shownReason(error, context), exitStatus: EXIT.failure };
  }
}

function releaseLock(context: RunContext): void {
  const { job, state: { lock } } = context;
  if (!lock) return;
  const left = survivors(context);
  lock.leaveTo(left);
  if (left.length === 0) return;
  const who = `${left.length === 1 ? "process" : "processes"} ${left.join(", ")}`;
  say(context, "warning", `profile '${job.profile}': the lock stays, for ${who} did not end`);
}

/** What is sent of a job that does not start: the shell hooks belong to the run that holds the lock. */
function isNotification(step: Step): boolean {
  return step.kind === "http" && step.when !== "success";
}

async function performSteps(steps: readonly Step[], context: RunContext): Promise<void> {
  const { job, signals, state } = context;
  const broken = new Set<string>();
  for (const step of steps) {
    await untilWritten(context);
    if (step.when === "success" && !state.failure && !state.readerQuit && signals.count() > 0) {
      fail(failureWithoutChild(stageOfJob(job), INTERRUPTED), EXIT.failure, context);
    }
    if (signals.count() >= LAST_SIGNAL) return;
    if (!isDue(step, state) || broken.has(step.chain ?? "")) continue;
    const failure = await performStep(step, context);
    if (failure && step.chain !== undefined) broken.add(step.chain);
  }
}

function isDue({ when }: Step, { failure, readerQuit }: RunContext["state"]): boolean {
  return { success: !failure && !readerQuit, failure: failure !== undefined, always: true }[when];
}

/** Performs one step, tells of it, and does what the step says about its failure. */
async function performStep(step: Step, context: RunContext): Promise<Failure | undefined> {
  const { job, world, tell } = context;
  tell({ type: "step-started", at: world.now(), job, step });
  const { failure, failedStatus, readerQuit } = await untilCrash(() => perform(step, context), world).catch(
    async (error): Promise<Partial<ResticResult>> => {
      await interruptChildren(context);
      return { failure: failureOfCrash(step.stage, error, context) };
    },
  );
  tell({ type: "step-ended", at: world.now(), job, step, failure });
  if (readerQuit) {
    endWithoutReader(step, context);
    return failure;
  }
  if (failure && step.onError === "fail") fail(failure, exitStatusOf(failedStatus, context), context);
  if (failure && step.onError === "report") say(context, "error", failure.message);
  return failure;
}

/** As if the tool had died of it, but for its final hooks. */
function endWithoutReader({ stage }: Step, context: RunContext): void {
  const { state } = context;
  if (state.readerQuit) return;
  state.readerQuit = true;
  state.exitStatus ||= EXIT.readerQuit;
  say(context, "debug", `${stage}: ${READER_QUIT}`);
}

function exitStatusOf(failedStatus: number | undefined, { job, signals }: RunContext): number {
  return job.resticExitStatus && signals.count() === 0 && failedStatus ? failedStatus : EXIT.failure;
}

async function perform(step: Step, context: RunContext): Promise<Partial<ResticResult>> {
  switch (step.kind) {
    case "shell":
      return await performShell(step, context);
    case "restic":
      return await performRestic(step, context);
    case "http":
      await performHttp(step, context);
      return {};
    default:
      return step satisfies never;
  }
}

/** The first failure is the one that counts. */
function fail(failure: Failure, exitStatus: number, { state }: RunContext): void {
  if (state.failure) return;
  state.failure = failure;
  state.exitStatus = exitStatus;
}
