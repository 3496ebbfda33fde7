/** A section as the command line that runs it, for those who only look at what would come of it. */
import { commandOfSection } from "../schema/restic_flags.ts";
import type { PlanningRequest } from "./plan_job.ts";

const FLAGS = { quiet: false, verbose: false, trace: false, noLock: true, lockWaitMs: undefined };

export function invocationOfSection(section: string): PlanningRequest["invocation"] {
  const [command = "", ...args] = lineOf(section).split(" ");
  return { command, args, flags: FLAGS };
}

/** Of the commands that `repair` is for, one selects snapshots. */
function lineOf(section: string): string {
  if (section === "retention") return section;
  return section === "repair" ? "repair snapshots" : commandOfSection(section);
}
