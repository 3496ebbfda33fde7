/** For `validate`: commands of a profile that will be refused, or that take more snapshots than their owner may think. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Profile } from "../schema/profile.ts";
import { commandOfSection } from "../schema/restic_flags.ts";
import { mainOutline } from "./commands.ts";
import { mergeFlags } from "./flags.ts";
import { openPlanning, type PlanningRequest } from "./plan_job.ts";
import type { Planning } from "./planning.ts";
import { type Call, refusals } from "./refusal.ts";
import { planRetention, retentionSwitches } from "./retention.ts";

/** Of the commands whose flags decide about snapshots. */
const SECTIONS = ["forget", "prune", "rewrite", "tag", "copy", "repair", "repair-snapshots"];
const NO_FLAGS = { quiet: false, verbose: false, trace: false, noLock: true, lockWaitMs: undefined };

export type SnapshotCheck = (profile: Profile) => Diagnostic[];

export function snapshotCheck(shared: Pick<PlanningRequest, "global" | "facts">): SnapshotCheck {
  return (profile) => {
    const commands = SECTIONS.filter((name) => profile.sections.has(name)).map(lineOfSection);
    return [
      ...problemsOf("backup", backupItself),
      ...problemsOf("backup", retentionOfBackup),
      ...[...new Set(commands)].flatMap((line) => problemsOf(line, mainOutline)),
    ];

    function problemsOf(line: string, callOf: (planning: Planning) => Call | undefined): Diagnostic[] {
      const notes: Diagnostic[] = [];
      const [command = "", ...args] = line.split(" ");
      const request = { ...shared, profile, invocation: { command, args, flags: NO_FLAGS } };
      const planning = openPlanning(request, (note) => notes.push(note));
      const call = callOf(planning);
      return [...notes.filter(isProblem), ...call ? refusals(call, planning) : []];
    }
  };
}

/** Of the commands that `repair` is for, one changes snapshots. */
function lineOfSection(section: string): string {
  return section === "repair" ? "repair snapshots" : commandOfSection(section);
}

function backupItself({ section, common }: Planning): Call | undefined {
  return section && { command: "backup", section, flags: mergeFlags(common, section.flags) };
}

function retentionOfBackup(planning: Planning): Call | undefined {
  const { before, after } = retentionSwitches(planning);
  return before || after ? { command: "forget", ...planRetention(planning) } : undefined;
}

/** Mere facts are told by the run. */
function isProblem({ severity }: Diagnostic): boolean {
  return severity !== "info";
}
