/** When restic fails because its repository is locked: remove a stale lock, wait and try again, or give up. */
import { RESTIC_EXIT } from "../model/exit_status.ts";
import { parseDuration } from "../model/duration.ts";
import type { Failure } from "../model/outcome.ts";
import type { ResticStep } from "../model/plan.ts";
import { emit, remark, remarkOnce, type RunContext, waitLeft } from "./run_context.ts";
import { interruptedBefore } from "./failure.ts";
import { obstacleToUnlock } from "./restic_lock_list.ts";
import { sleepUntilSignal } from "./signals.ts";

const OWNER = /unable to create lock.+already locked.+?by (.+)$/;
const AGE = /lock was created at.+\(([^()]+)\s+ago\)/;
const HINT = /the\W+unlock\W+command can be used to remove stale locks/;

const SHORTEST_DELAY_MS = 15_000;
const LONGEST_DELAY_MS = 30 * 60_000;

/** A lock that restic did not get. */
export interface HeldResticLock {
  readonly owner: string | undefined;
  readonly ageMs: number | undefined;
}

export interface LockReader {
  /** One line of restic's standard error. */
  read(line: string): void;
  /** Whether that is why restic has failed. */
  heldLock(status: number): HeldResticLock | undefined;
}

export function lockReader(): LockReader {
  let owner: string | undefined;
  let age: string | undefined;
  let hint = false;
  return {
    read(line) {
      owner ??= OWNER.exec(line)?.[1]?.split("\\n")[0]?.trim(); // in JSON the next line follows after `\n`
      age ??= AGE.exec(line)?.[1];
      hint ||= HINT.test(line);
    },
    heldLock(status) {
      const matches = [owner !== undefined, age !== undefined, hint].filter(Boolean).length;
      if (status !== RESTIC_EXIT.locked && matches < 2) return undefined;
      return { owner, ageMs: age === undefined ? undefined : ageOf(age) };
    },
  };
}

function ageOf(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}

/**
 * Settles when the command is worth another attempt, which may take as long as the job may wait for locks.
 * @param unlock performs the job's unlock step; false if it failed
 * @returns "again"; else the failure to report in place of restic's own, or undefined to keep that
 */
export async function afterHeldLock(
  lock: HeldResticLock,
  step: ResticStep,
  context: RunContext,
  unlock: (step: ResticStep) => Promise<boolean>,
): Promise<"again" | Failure | undefined> {
  const { staleAgeMs } = context.job.resticLocks;
  const stale = lock.ageMs !== undefined && staleAgeMs !== 0 && lock.ageMs >= staleAgeMs;
  // an unlock that changed nothing: restic has another opinion of this lock
  const next = stale && !context.state.unlocked ? await removeStale(lock, step, context, unlock) : "wait";
  return next === "wait" ? await waitForLock(lock, step, context) : next;
}

async function removeStale(
  { owner, ageMs }: HeldResticLock,
  step: ResticStep,
  context: RunContext,
  unlock: (step: ResticStep) => Promise<boolean>,
): Promise<"again" | "wait" | Failure | undefined> {
  const { job, signals, state } = context;
  const stale = { code: "stale-restic-lock", owner, ageMs: ageMs ?? 0 } as const;
  if (!job.resticLocks.unlock) {
    remark(context, { ...stale, action: "forbidden" });
    return undefined;
  }
  const obstacle = await obstacleToUnlock(job.resticLocks, context);
  if (signals.count() > 0) return interruptedBefore(step.stage);
  if (obstacle !== undefined) {
    remarkOnce(context, { code: "stale-restic-lock-left", owner, obstacle });
    return "wait";
  }
  remark(context, { ...stale, action: "removed" });
  state.unlocked = true;
  return await unlock(job.resticLocks.unlock) ? "again" : undefined;
}

async function waitForLock(
  { owner }: HeldResticLock,
  step: ResticStep,
  context: RunContext,
): Promise<"again" | Failure | undefined> {
  const { job, world, signals, state } = context;
  const { retryAfterMs } = job.resticLocks;
  const left = waitLeft(context);
  const delay = Math.min(Math.max(retryAfterMs, SHORTEST_DELAY_MS), LONGEST_DELAY_MS, left);
  if (job.lockWaitMs === 0 || retryAfterMs === 0 || delay < SHORTEST_DELAY_MS) return undefined;
  emit(context, { type: "lock-waiting", path: undefined, owner, leftMs: left, nextMs: delay });
  if (!await sleepUntilSignal(delay, world, signals)) return interruptedBefore(step.stage);
  state.waitedMs += delay;
  return "again";
}
