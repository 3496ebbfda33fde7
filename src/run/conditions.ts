/** Whether the machine is as a job asks for: judged when the job begins, before its lock, without any of its hooks. */
import { EXIT } from "../model/exit_status.ts";
import type { SkipReason, StartFailure } from "../model/outcome.ts";
import type { Condition } from "../model/plan.ts";
import type { Remark } from "../model/remark.ts";
import type { World } from "../platform/world.ts";
import { availableMemory } from "./machine/memory.ts";
import { chargeOnBattery } from "./machine/power_supply.ts";

const MEGABYTE = 2 ** 20;

export type Verdict =
  | { readonly kind: "met" }
  | { readonly kind: "skipped"; readonly reason: SkipReason; readonly exitStatus: number }
  | { readonly kind: "failed"; readonly failure: StartFailure };

const MET: Verdict = { kind: "met" };

/** The first condition that is not met decides. @param tell gets what was found */
export async function judgeConditions(
  conditions: readonly Condition[],
  tell: (remark: Remark) => void,
  world: World,
): Promise<Verdict> {
  for (const condition of conditions) {
    const verdict = condition.kind === "power"
      ? await judgePower(condition.limitPercent, tell, world)
      : await judgeMemory(condition, tell, world);
    if (verdict.kind !== "met") return verdict;
  }
  return MET;
}

async function judgePower(limit: number, tell: (remark: Remark) => void, world: World): Promise<Verdict> {
  const percent = await chargeOnBattery(world);
  if (percent === undefined) return MET;
  const isSkipped = percent <= limit;
  tell({ code: "on-battery", percent: Math.round(percent), limit, isSkipped });
  return isSkipped ? { kind: "skipped", reason: "battery", exitStatus: EXIT.onBattery } : MET;
}

/** Too little for what the configuration asks stops the job; the default is a guess, and restic may well do with less. */
async function judgeMemory(
  { megabytes: wanted, isGuess }: Extract<Condition, { readonly kind: "memory" }>,
  tell: (remark: Remark) => void,
  world: World,
): Promise<Verdict> {
  const bytes = await availableMemory(world);
  if (bytes === undefined) return MET;
  const available = Math.floor(bytes / MEGABYTE);
  tell({ code: "available-memory", megabytes: available });
  if (available >= wanted) return MET;
  if (isGuess) {
    tell({ code: "little-memory", megabytes: available, wanted });
    return MET;
  }
  const cause = `Cannot start with ${available} MB of available memory: min-memory wants ${wanted} MB`;
  return { kind: "failed", failure: { kind: "low-memory", cause, exitStatus: EXIT.lowMemory } };
}
