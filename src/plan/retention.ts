/** What is forgotten around a backup, and by the command `retention`. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { isKeepRule, isNoRule, saysNothing } from "../schema/deciding_flags.ts";
import type { FlagValues } from "../schema/profile.ts";
import { mergeFlags } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { findSection, type SectionPlan } from "./command_section.ts";
import { selectForRetention, withoutTyped } from "./selection.ts";
import { hasUserFlag, valuesOf } from "./user_arguments.ts";

export interface Retention {
  readonly section: SectionPlan | undefined;
  /** For `forget`. */
  readonly flags: FlagValues;
}

export function planRetention(planning: Planning): Retention {
  const section = findSection(planning.profile, ["retention"]);
  const merged = mergeFlags(planning.common, section?.flags);
  const selected = selectForRetention(section?.flags ?? new Map(), merged, planning);
  const flags = withTypedTags(withoutTyped(selected, ["host"], planning.user), planning);
  noteAnyHost(flags, section, planning);
  return { section, flags };
}

/**
 * Tags that are typed for a backup are those of its snapshot, beside the configured ones: a snapshot must have them too. On the command
 * line as they were typed they would be alternatives, and select more.
 */
function withTypedTags(flags: FlagValues, { word, user }: Planning): FlagValues {
  const typed = word === "backup" ? valuesOf(user, "tag").filter((tag) => tag !== "").join(",") : "";
  const value = flags.get("tag") ?? false;
  const comesOutEmpty = Array.isArray(value) && value.length === 0;
  if (typed === "" || comesOutEmpty) return flags;
  const configured = [value].flat().filter((tag) => typeof tag !== "boolean");
  const tags = configured.map((tag) => `${tag},${typed}`);
  return new Map([...flags, ["tag", tags.length > 0 ? tags : typed] as const]);
}

/** Version 2 forgets after a backup when it keeps something and does not say when it runs. */
export function retentionSwitches(planning: Planning): { before: boolean; after: boolean } {
  const retention = findSection(planning.profile, ["retention"]);
  const { "before-backup": before, "after-backup": after } = retention?.options ?? {};
  const keeps = [...retention?.flags ?? []].some(([name, value]) => isKeepRule(name) && !isNoRule(value));
  const byDefault = planning.profile.version === 2 && keeps && before === undefined;
  return { before: before ?? false, after: after ?? byDefault };
}

/**
 * Version 1 selects no host by itself, and version 2 none that `backup` switches off: two machines that save the same paths forget each
 * other's snapshots.
 */
function noteAnyHost(flags: FlagValues, section: SectionPlan | undefined, planning: Planning): void {
  const { profile, user, common, note } = planning;
  if (section?.flags.has("host") || common.has("host") || hasUserFlag(user, "host")) return;
  if (!saysNothing(flags.get("host") ?? null)) return;
  const problem: Diagnostic = {
    code: "retention",
    severity: "warning",
    message:
      `"${profile.name}.retention" has no host: it forgets snapshots of other machines too, if they are in the repository`,
    at: profile.at(["retention"]),
    hint: 'Write "host = true" there for snapshots of this machine alone, or "host = false" for those of all',
  };
  note(problem);
}
