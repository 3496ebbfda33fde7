/** Members of groups that are not profiles: a run of the group would fail at their turn. */
import type { Configuration, LoadedGroup } from "../config/configuration.ts";
import { nearestHint } from "../model/nearest.ts";
import { positionOf } from "../config/nodes/node.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

export function missingMembers(
  { group: { name, profiles }, node }: LoadedGroup,
  { hasProfile, profileNames }: Configuration,
): Diagnostic[] {
  const list = node.kind === "table" ? node.entries.get("profiles") ?? node : node;
  return profiles.flatMap((member, index): Diagnostic[] => {
    if (hasProfile(member)) return [];
    const item = list.kind === "list" ? list.items[index] : undefined;
    return [{
      code: "unknown-name",
      severity: "warning",
      message: `Group "${name}" has the member "${member}", which is not a profile`,
      at: positionOf(item ?? list),
      hint: nearestHint(member.toLowerCase(), profileNames()),
    }];
  });
}
