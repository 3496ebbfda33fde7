/** Runs a plan: one member after the other, each planned when its turn has come. */
import type { Happening, Tell } from "../model/event.ts";
import { EXIT } from "../model/exit_status.ts";
import type { StartFailure } from "../model/outcome.ts";
import type { Job, Plan } from "../model/plan.ts";
import type { RunId } from "../model/run_id.ts";
import type { World } from "../platform/world.ts";
import { interruptible } from "./child.ts";
import { usablePriority } from "./machine/process_priority.ts";
import { runJob } from "./run_job.ts";
import type { Signals } from "./signals.ts";

export interface PlannedJob {
  readonly job: Job;
  /** Why it cannot start, found when it was planned. */
  readonly failure: StartFailure | undefined;
}

export interface PlanRun {
  readonly run: RunId;
  readonly world: World;
  readonly tell: Tell;
  readonly signals: Signals;
  /** Plans a member; undefined when it cannot be, which has been told. */
  readonly planMember: (profile: string) => Promise<PlannedJob | undefined>;
}

/** @returns the exit status: that of the first member that fails */
export async function runPlan(plan: Plan, planRun: PlanRun): Promise<number> {
  const { world } = planRun;
  const startedAt = world.now();
  const from = world.elapsed();
  emit(planRun, { type: "plan-started", plan });
  const exitStatus = await forEachMember(plan, planRun.signals, (profile) => runMember(profile, planRun));
  emit(planRun, { type: "plan-ended", exitStatus, startedAt, durationMs: world.elapsed() - from });
  return exitStatus;
}

/**
 * Does something for each member, in their order. The first failure ends a group, unless it goes on; a signal ends it in any case,
 * and so does a reader who has quit.
 * @param perform returns an exit status
 * @returns that of the first failure
 */
export async function forEachMember(
  { members, continueOnError }: Plan,
  signals: Signals,
  perform: (profile: string) => Promise<number>,
): Promise<number> {
  let exitStatus: number = EXIT.success;
  for (const profile of members) {
    const status = await perform(profile);
    if (exitStatus === EXIT.success) exitStatus = status;
    if (status === EXIT.readerQuit || (status !== EXIT.success && !continueOnError)) break;
    if (signals.count() > 0) return exitStatus === EXIT.success ? EXIT.failure : exitStatus;
  }
  return exitStatus;
}

async function runMember(profile: string, planRun: PlanRun): Promise<number> {
  const { run, world, tell, signals, planMember } = planRun;
  const planned = await planMember(profile);
  if (planned === undefined) return EXIT.failure;
  const { job, failure } = planned;
  const { priority, problem } = await usablePriority(job.priority, interruptible(world, signals));
  if (problem !== undefined) {
    emit(planRun, { type: "remark", remark: { code: "io-priority-not-set", reason: problem } });
  }
  const { exitStatus } = await runJob({ ...job, priority }, world, tell, signals, { run, failure });
  return exitStatus;
}

/** Outside of all jobs. */
function emit({ run, world, tell }: PlanRun, happening: Happening): void {
  tell({ at: world.now(), run, ...happening });
}
