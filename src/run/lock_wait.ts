/** Takes the lock of a job, or says why not: waits for it as long as the job may. */
import { folderOf } from "../model/path.ts";
import { FileError } from "../platform/world.ts";
import { emit, remark, type RunContext, waitLeft } from "./run_context.ts";
import { INTERRUPTED } from "./failure.ts";
import { attemptLock, type HeldOwnLock, type LockAttempt, type OwnLock } from "./lock.ts";
import type { OwnerLife } from "./lock_owner.ts";
import { sleepUntilSignal } from "./signals.ts";

const ATTEMPT_MS = 1_000;
/** A long wait is reported again from time to time. */
const REMINDER_MS = 5 * 60_000;

/** Another run has the lock; the message says which. */
export class LockHeld extends Error {
  override name = "LockHeld";
}

/**
 * The run has it then in its state; without one when the job has no lock, or when its folder cannot be made.
 * @throws {Error} when another run holds the lock (and the wait for it is over), or the file cannot be used
 */
export async function takeLock(context: RunContext): Promise<void> {
  const { job, world, state } = context;
  if (!job.lock || !makeFolder(job.lock.path, context)) return;
  const lock = await waitForLock(job.lock.path, context);
  if (!lock.isFlock && world.os !== "windows") remark(context, { code: "lock-without-flock", path: job.lock.path });
  const forget = world.atEnd(lock.release);
  state.lock = {
    ...lock,
    release() {
      forget();
      lock.release();
    },
    leaveTo(pids) {
      forget();
      lock.leaveTo(pids);
    },
  };
}

function makeFolder(path: string, context: RunContext): boolean {
  try {
    context.world.files.makeDir(folderOf(path), 0o755);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    remark(context, { code: "no-lock", path, reason: error.message });
    return false;
  }
}

async function waitForLock(path: string, context: RunContext): Promise<OwnLock> {
  const { job, world, signals, state } = context;
  const remind = reminder(path, context);
  for (;;) {
    const attempt = attemptOnce(path, context);
    if ("lock" in attempt) return attempt.lock;
    const left = waitLeft(context);
    if (left === 0) throw new LockHeld(giveUp(path, attempt, context));
    remind(attempt, left);
    const before = world.elapsed();
    if (!await sleepUntilSignal(Math.min(ATTEMPT_MS, left), world, signals)) throw new Error(INTERRUPTED);
    state.waitedMs = Math.min(job.lockWaitMs, state.waitedMs + world.elapsed() - before);
  }
}

function attemptOnce(path: string, context: RunContext): LockAttempt {
  const { job, world } = context;
  try {
    const attempt = attemptLock(path, job.lock?.takeOver ?? false, world);
    if ("lock" in attempt && attempt.isReplaced) {
      remark(context, { code: "lock-replaced", path, owner: attempt.owner });
    }
    return attempt;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Error(`Cannot use lock "${path}": ${error.message}`);
  }
}

/** Tells whom the run waits for, when that changes and every few minutes. */
function reminder(path: string, context: RunContext): (held: HeldOwnLock, left: number) => void {
  const { world } = context;
  let told: { owner: string | undefined; at: number } | undefined;
  return ({ owner }, leftMs) => {
    if (told && told.owner === owner && world.elapsed() - told.at < REMINDER_MS) return;
    told = { owner, at: world.elapsed() };
    emit(context, { type: "lock-waiting", path, owner, leftMs, nextMs: Math.min(ATTEMPT_MS, leftMs) });
  };
}

function giveUp(path: string, held: HeldOwnLock, context: RunContext): string {
  const { job } = context;
  const takesOver = job.lock?.takeOver ?? false;
  if (job.lockWaitMs > 0) remark(context, { code: "lock-waited", path, waitedMs: job.lockWaitMs });
  return `another run holds the lock "${path}": ${whose(held)}${advice(held.life, takesOver)}`;
}

/** What the file says in another form is not quoted: it may be a secret, or escape sequences. */
function whose({ owner, isEmpty }: HeldOwnLock): string {
  return owner ?? (isEmpty ? "its file is empty" : "its file does not say whose");
}

function advice(life: OwnerLife, takesOver: boolean): string {
  if (life === "elsewhere" && takesOver) return "; a lock of another machine or container is never taken over";
  if (life === "dead" && !takesOver) {
    return "; its owner is no longer running: set force-inactive-lock = true to take the lock over";
  }
  return "";
}
