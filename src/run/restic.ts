/** One restic command of a run: further attempts while its repository is locked, and what it comes to. */
import { DONE, failed, type Failure } from "../model/outcome.ts";
import type { ResticStep } from "../model/plan.ts";
import { emit, remark, type RunContext } from "./run_context.ts";
import { stepEnvironment } from "./step_environment.ts";
import { failureWithoutChild } from "./failure.ts";
import { findsRepository, obstacleToInit } from "./new_repository.ts";
import { attemptRestic } from "./restic_attempt.ts";
import { checksTool, readsTool, type ResticAttempt, unstarted } from "./restic_child.ts";
import type { ResticInput } from "./restic_input.ts";
import { afterHeldLock } from "./restic_lock.ts";
import { warnOfMissing } from "./found_sources.ts";
import { type Performed, tellStep } from "./step.ts";
import { toolInput } from "./tool_input.ts";

export interface ResticResult extends Performed {
  /** The exit status with which restic itself has failed. */
  readonly failedStatus?: number | undefined;
}

/** Runs it until it is done, or failed for good. @throws {Error} when it cannot be started */
export async function performRestic(step: ResticStep, context: RunContext): Promise<ResticResult> {
  const { signals, state } = context;
  if (step.newRepository && !mayInitialize(step, step.newRepository.isAsked, context)) {
    return { failure: undefined, skipped: "repository" };
  }
  emit(context, { type: "restic-started", step });
  if (step.refusal !== undefined) {
    const failure = failureWithoutChild("config", step.stage, step.refusal);
    return conclude(step, unstarted(failure), failure, context);
  }
  warnOfMissing(step.sources ?? [], context);
  let again = checksTool(step, context) ? toolInput(step.stage, false, context) : undefined;
  for (;;) {
    const attempt = await attemptUndisturbed(step, context, again);
    const { failure, heldLock } = attempt;
    if (failure && findsRepository(step, attempt.stderr)) return conclude(step, attempt, undefined, context);
    if (!failure || !heldLock || !step.retried || signals.count() > 0) return conclude(step, attempt, failure, context);
    state.waitedMs += attempt.durationMs;
    const next = await afterHeldLock(heldLock, step, context, (unlock) => performUnlock(unlock, context));
    if (next !== "again") return conclude(step, attempt, next ?? failure, context);
    again ??= readsTool(step, context) ? toolInput(step.stage, true, context) : undefined;
  }
}

function mayInitialize(step: ResticStep, isAsked: boolean, context: RunContext): boolean {
  const obstacle = obstacleToInit(step, stepEnvironment(step, context), context.world);
  if (obstacle === undefined) return true;
  remark(context, { code: "doubtful-repository", stage: step.stage, obstacle, isMade: isAsked });
  return isAsked;
}

/** Reports the outcome of the last attempt; earlier ones do not matter any more. */
function conclude(
  step: ResticStep,
  attempt: ResticAttempt,
  failure: Failure | undefined,
  context: RunContext,
): ResticResult {
  const { durationMs, stderr, status, summary, readerQuit = false } = attempt;
  emit(context, {
    type: "restic-ended",
    step,
    result: failure === undefined ? DONE : failed(failure, readerQuit || step.onError !== "fail"),
    outcome: { durationMs, stderr, status, summary },
    ...attempt.failure && !failure ? { exists: true } : {},
  });
  const failedStatus = failure && failure === attempt.failure ? status : undefined;
  return { failure, exitStatus: status, failedStatus, readerQuit };
}

/** A step of its own; its failure is not that of the run, which may get its lock all the same. @returns false if it failed */
async function performUnlock(unlock: ResticStep, context: RunContext): Promise<boolean> {
  const step: ResticStep = { ...unlock, onError: "report" };
  const { failure } = await tellStep(step, context, async () => {
    emit(context, { type: "restic-started", step });
    const attempt = await attemptUndisturbed(step, context);
    return conclude(step, attempt, attempt.failure, context);
  });
  return failure === undefined;
}

/**
 * To learn whether the owner of a lock lives, `unlock` sends SIGHUP to the process that has the owner's number: in containers,
 * which have small ones, that may be this program.
 */
function attemptUndisturbed(step: ResticStep, context: RunContext, again?: () => ResticInput): Promise<ResticAttempt> {
  const attempt = () => attemptRestic(step, context, again);
  return step.command === "unlock" ? context.signals.ignoring("SIGHUP", attempt) : attempt();
}
