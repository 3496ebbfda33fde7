/**
 * The locks of a repository, looked at before our own `unlock`. restic takes a lock of its host name for a dead one if no
 * process here has its number, however young it is; but containers of one name may have processes that cannot be seen.
 */
import type { ResticLockPlan, ResticStep } from "../model/plan.ts";
import type { UnlockObstacle } from "../model/remark.ts";
import { UNLOCKED_AGE_MS } from "../model/restic_locks.ts";
import { bindArguments } from "./arguments.ts";
import { startListedChild } from "./child.ts";
import type { RunContext } from "./run_context.ts";
import { stepEnvironment } from "./step_environment.ts";
import { type AnswerLimits, answerOf } from "./machine/program_output.ts";
import { isOutermost, placeHere } from "./process_place.ts";

/** What `restic cat lock` prints, among other things. */
interface ResticLock {
  readonly time: string;
  readonly hostname: string;
  readonly pid: number;
}

/** Both read from a repository that may be far away; a list of 10000 locks, and far more than one lock. */
const LIMITS: AnswerLimits = { ms: 60_000, bytes: 1024 * 1024 };

/** A question of locks that took too long, or whose answer was too long; its text is the reason. */
class LookError extends Error {
  override name = "LookError";
  constructor(readonly command: string, reason: string) {
    super(reason);
  }
}

/**
 * In a container: why `unlock` is not safe, because of a lock of our host name that restic would remove, though it is not old.
 * @returns undefined also when restic refuses to show the locks, and after a signal
 */
export async function obstacleToUnlock(
  plan: ResticLockPlan,
  context: RunContext,
): Promise<UnlockObstacle | undefined> {
  try {
    const neighbour = await neighboursLock(plan, context);
    return neighbour && { kind: "neighbour", pid: neighbour.pid };
  } catch (error) {
    if (error instanceof LookError) return { kind: "unknown", command: error.command, reason: error.message };
    throw error;
  }
}

async function neighboursLock({ look }: ResticLockPlan, context: RunContext): Promise<ResticLock | undefined> {
  const { world, signals } = context;
  const here = placeHere(world);
  if (!look || !here || isOutermost(here)) return undefined;
  for (const id of (await outputOf(look.list, [], context)).split("\n").filter((line) => /^[0-9a-f]+$/.test(line))) {
    if (signals.count() > 0) return undefined;
    const lock = parseLock(await outputOf(look.cat, [id], context));
    if (lock?.hostname === world.hostname() && world.now() - Date.parse(lock.time) < UNLOCKED_AGE_MS) return lock;
  }
  return undefined;
}

function parseLock(text: string): ResticLock | undefined {
  try {
    return JSON.parse(text) as ResticLock;
  } catch {
    return undefined;
  }
}

/**
 * Nothing if it fails: then the `unlock` that follows will say why. A process that it leaves behind is not waited for.
 * @throws {LookError}
 */
async function outputOf(step: ResticStep, more: readonly string[], context: RunContext): Promise<string> {
  const env = stepEnvironment(step, context);
  const args = [...bindArguments(step.args, env, context), ...more];
  const streams = { stdin: "null", stdout: "piped", stderr: "null" } as const;
  const child = startListedChild({ program: step.program, args, cwd: step.workingDir, env, ...streams }, context);
  const { text, problem } = await answerOf(child, LIMITS, context.world);
  if (problem !== undefined) throw new LookError(step.command, problem);
  return (await child.status).code === 0 ? text : "";
}
