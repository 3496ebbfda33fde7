/** How a job treats its locks: what was typed, else what its schedule says. */
import type { Flags, ScheduleRules } from "../model/invocation.ts";

export interface LockRules {
  readonly isLocked: boolean;
  /** Milliseconds for all waiting; 0: does not wait. */
  readonly waitMs: number;
}

/** A schedule's wait of so few milliseconds does not count: the other run could not end meanwhile. */
const LONGEST_IDLE_WAIT_MS = 2_000;

export function lockRules(
  { noLock, lockWaitMs }: Pick<Flags, "noLock" | "lockWaitMs">,
  schedule: Pick<ScheduleRules, "lockMode" | "lockWaitMs"> | undefined,
): LockRules {
  const isLocked = !noLock && schedule?.lockMode !== "ignore";
  return { isLocked, waitMs: isLocked ? lockWaitMs ?? scheduledWait(schedule) : 0 };
}

function scheduledWait(schedule: Pick<ScheduleRules, "lockMode" | "lockWaitMs"> | undefined): number {
  if (schedule?.lockMode !== "default") return 0;
  return schedule.lockWaitMs > LONGEST_IDLE_WAIT_MS ? schedule.lockWaitMs : 0;
}
