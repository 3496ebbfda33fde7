/** For `validate`: schedules that `schedule` will refuse. */
import type { Configuration, LoadedGroup, LoadedProfile } from "../config/configuration.ts";
import { nodeError } from "../config/node.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/schedules.ts";
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import type { World } from "../platform/world.ts";
import { chooseScheduler } from "../schedule/choice.ts";
import { systemdRuns } from "./job_session.ts";
import { fault, unreadableTimes } from "./schedule_problems.ts";
import { refuseUnknownWords } from "./wanted_jobs.ts";

export interface ScheduleCheck {
  ofProfile(loaded: LoadedProfile): Diagnostic[];
  ofGroup(loaded: LoadedGroup): Diagnostic[];
}

/** Verdicts on expressions are remembered: profiles of one file are much alike. */
export function scheduleCheck(configuration: Configuration, world: World): ScheduleCheck {
  const known = new Map<string, string | undefined>();
  const faultOf = (text: string) => {
    if (!known.has(text)) known.set(text, fault(text));
    return known.get(text);
  };
  const scheduler = chooseScheduler(configuration.global.scheduler ?? "", world.os, () => systemdRuns(world));
  const problemsIn = (entry: ScheduleEntry) => [
    ...unreadableTimes(entry.nodeOf("at"), faultOf),
    ...refused(entry),
    ...scheduler?.name === "systemd" ? networkOfUser(entry) : [],
  ];
  return {
    ofProfile: (loaded) => profileSchedules(loaded, configuration).flatMap(problemsIn),
    ofGroup: (loaded) => groupSchedules(loaded, configuration).flatMap(problemsIn),
  };
}

function refused(entry: ScheduleEntry): readonly Diagnostic[] {
  try {
    refuseUnknownWords(entry);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.diagnostics;
    throw error;
  }
}

/** A user's own systemd has no target of the network. */
function networkOfUser({ options, nodeOf }: ScheduleEntry): Diagnostic[] {
  const isOfUser = ["user_logged_on", "user_logged_in"].includes(options.permission);
  const node = nodeOf("after-network-online");
  if (!isOfUser || !options["after-network-online"] || node === undefined) return [];
  const message = `Cannot schedule with after-network-online and the permission "${options.permission}" in systemd`;
  return [nodeError(node, message, 'Use the permission "system" or "user", or leave after-network-online out')];
}
