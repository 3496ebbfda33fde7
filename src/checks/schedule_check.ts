/** For `validate`: schedules that `schedule` will refuse. */
import type { Configuration, LoadedGroup, LoadedProfile } from "../config/configuration.ts";
import { nodeError, positionOf } from "../config/nodes/node.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/values/schedule_tables.ts";
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import { nameMatcher } from "../platform/glob.ts";
import type { World } from "../platform/world.ts";
import type { CalendarEvent } from "../schedule/calendar/calendar_event.ts";
import { chooseScheduler } from "../schedule/scheduler_choice.ts";
import { isNeverAgain, refusalOfName, refusalOfTime } from "../schedule/forecast.ts";
import type { Scheduler } from "../schedule/scheduler.ts";
import { systemdRuns } from "../jobs/job_session.ts";
import { fault, type Hopeless, hopelessTimes, unreadableTimes } from "../jobs/unusable_schedules.ts";
import { refuseUnknownWords } from "../jobs/wanted_jobs.ts";

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
  const forecast = forecastOf(configuration, world);
  const problemsIn = (entry: ScheduleEntry, name: string) => [
    ...unreadableTimes(entry.nodeOf("at"), faultOf),
    ...hopelessTimes(entry.nodeOf("at"), forecast.ofTime),
    ...unreadablePatterns(entry),
    ...refused(entry),
    ...forecast.ofName(entry, name),
    ...forecast.scheduler === "systemd" ? networkOfUser(entry) : [],
  ];
  return {
    ofProfile: (loaded) =>
      profileSchedules(loaded, configuration).flatMap((entry) => problemsIn(entry, loaded.profile.name)),
    ofGroup: (loaded) => groupSchedules(loaded, configuration).flatMap((entry) => problemsIn(entry, loaded.group.name)),
  };
}

interface Forecast {
  /** Undefined: the configuration does not name one that this system has, which is reported elsewhere. */
  readonly scheduler: Scheduler["name"] | undefined;
  readonly ofTime: (event: CalendarEvent) => Hopeless | undefined;
  readonly ofName: (entry: ScheduleEntry, name: string) => Diagnostic[];
}

function forecastOf({ global, path }: Configuration, world: World): Forecast {
  const wanted = global.scheduler ?? "";
  const scheduler = chooseScheduler(wanted, world.os, () => systemdRuns(world))?.name;
  // on Linux the machine that the configuration is for may have another one than this
  const isCertain = world.os !== "linux" || !["", "auto"].includes(wanted.trim());
  const known = new Map<string, Hopeless | undefined>();
  const place = { program: world.executable, workingDir: world.startDir, configFile: path };
  return {
    scheduler,
    ofTime(event) {
      if (!known.has(event.text)) known.set(event.text, problemOf(event));
      return known.get(event.text);
    },
    ofName({ command, nodeOf }, name) {
      const message = refusalOfName({ ...place, command, name: name.toLowerCase() }, scheduler);
      const node = nodeOf("at");
      return message === undefined
        ? []
        : [{ code: "schedule-job", severity: "error", message, at: node && positionOf(node) }];
    },
  };

  function problemOf(event: CalendarEvent): Hopeless | undefined {
    const refusal = scheduler && refusalOfTime(event, scheduler, world.now());
    if (refusal !== undefined) {
      return { code: "schedule-time", severity: isCertain ? "error" : "warning", message: refusal };
    }
    return isNeverAgain(event, world.now())
      ? { code: "schedule-time", severity: "warning", message: `"${event.text}" never comes: the job would not start` }
      : undefined;
  }
}

function unreadablePatterns({ options, nodeOf }: ScheduleEntry): Diagnostic[] {
  const node = nodeOf("capture-environment");
  return node === undefined ? [] : (options["capture-environment"] ?? []).flatMap((pattern) => {
    try {
      nameMatcher(pattern);
      return [];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return [nodeError(node, "schedule-setting", `Cannot use capture-environment: ${error.message}`)];
    }
  });
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
  return [
    nodeError(
      node,
      "schedule-setting",
      message,
      'Use the permission "system" or "user", or leave after-network-online out',
    ),
  ];
}
