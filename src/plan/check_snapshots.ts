/** For `validate`: commands of a profile that will be refused, or that take more snapshots than their owner may think. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Profile } from "../schema/profile.ts";
import { mainOutline } from "./command_steps.ts";
import { mergeFlags } from "./flag_words.ts";
import { openPlanning, type PlanningRequest } from "./plan_job.ts";
import type { Planning } from "./planning.ts";
import { type RefusableCall, refusals } from "./refusal.ts";
import { planRetention, retentionSwitches } from "./retention.ts";
import { invocationOfSection } from "./section_invocation.ts";

/** Of the commands whose flags decide about snapshots. */
const SECTIONS = ["forget", "prune", "rewrite", "tag", "copy", "repair", "repair-snapshots"];

export type SnapshotCheck = (profile: Profile) => Diagnostic[];

export function snapshotCheck(shared: Pick<PlanningRequest, "global" | "facts">): SnapshotCheck {
  return (profile) => {
    const sections = SECTIONS.filter((name) => profile.sections.has(name));
    return [...problemsOf("backup", backupCalls), ...sections.flatMap((name) => problemsOf(name, mainCall))];

    function problemsOf(section: string, callsOf: (planning: Planning) => readonly RefusableCall[]): Diagnostic[] {
      const notes: Diagnostic[] = [];
      const request = { ...shared, profile, invocation: invocationOfSection(section) };
      const planning = openPlanning(request, (note) => notes.push(note));
      const problems = callsOf(planning).flatMap((call) => refusals(call, planning));
      return [...notes.filter(isProblem), ...problems];
    }
  };
}

function mainCall(planning: Planning): RefusableCall[] {
  return [mainOutline(planning)];
}

/** The backup itself, and its retention. */
function backupCalls(planning: Planning): RefusableCall[] {
  const { section, common } = planning;
  const { before, after } = retentionSwitches(planning);
  return [
    ...section ? [{ command: "backup", section, flags: mergeFlags(common, section.flags) }] : [],
    ...before || after ? [{ command: "forget", ...planRetention(planning) }] : [],
  ];
}

/** Mere facts are reported by the run. */
function isProblem({ severity }: Diagnostic): boolean {
  return severity !== "info";
}
