/**
 * The locks of a repository, looked at before our own `unlock`. restic takes a lock of its host name for a dead one if no
 * process here has its number, however young it is; but containers of one name may have processes that cannot be seen.
 */
import type { ResticLockPlan, ResticStep } from "../model/plan.ts";
import { UNLOCKED_AGE_MS } from "../model/restic_unlock.ts";
import { bindArguments } from "./arguments.ts";
import { startListedChild } from "./child.ts";
import type { RunContext } from "./context.ts";
import { stepEnvironment } from "./environment.ts";
import { isOutermost, placeHere } from "./place.ts";

/** What `restic cat lock` prints, among other things. */
interface ResticLock {
  readonly time: string;
  readonly hostname: string;
  readonly pid: number;
}

/**
 * In a container: a lock of our host name that restic would remove, though it is not old.
 * @returns undefined also when the locks cannot be read
 */
export async function neighboursLock({ look }: ResticLockPlan, context: RunContext): Promise<ResticLock | undefined> {
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

/** Nothing if it fails: then the `unlock` that follows will say why. */
async function outputOf(step: ResticStep, more: readonly string[], context: RunContext): Promise<string> {
  const env = stepEnvironment(step, context);
  const args = [...bindArguments(step.args, env, context), ...more];
  const streams = { stdin: "null", stdout: "piped", stderr: "null" } as const;
  const child = startListedChild({ program: step.program, args, cwd: step.workingDir, env, ...streams }, context);
  const [text, { code }] = await Promise.all([new Response(child.stdout).text(), child.status]);
  return code === 0 ? text : "";
}
