/** What a job asks of the machine before it begins. */
import type { Invocation } from "../model/invocation.ts";
import type { Condition } from "../model/plan.ts";
import type { GlobalOptions } from "../schema/profile.ts";

/** @param isMemoryAsked `min-memory` is written in the configuration, and not the default */
export function planConditions(
  { flags, schedule }: Pick<Invocation, "flags" | "schedule">,
  global: GlobalOptions,
  isMemoryAsked: boolean,
): Condition[] {
  const limitPercent = flags.ignoreOnBattery || (schedule?.ignoreOnBattery ?? 0);
  const megabytes = global["min-memory"];
  return [
    ...limitPercent >= 1 && limitPercent <= 100 ? [{ kind: "power", limitPercent } as const] : [],
    ...megabytes > 0 ? [{ kind: "memory", megabytes, isGuess: !isMemoryAsked } as const] : [],
  ];
}
