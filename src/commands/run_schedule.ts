/** `run-schedule COMMAND@NAME`: what jobs call. The command runs as usual, with the settings of its schedule. */
import type { Configuration, LoadedProfile } from "../config/configuration.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/values/schedule_tables.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Flags, Invocation } from "../model/invocation.ts";
import { isAbsolutePath, joinPath } from "../model/path.ts";
import { withEnv } from "../platform/derived_world.ts";
import type { World } from "../platform/world.ts";
import { isSameJob, type JobName, parseJobId, scheduleId } from "../schedule/scheduled_job.ts";
import { fail, printProblems } from "./fail.ts";
import type { HeldTrace } from "../launch/buffered_trace.ts";
import { runRestic } from "./run_restic.ts";
import { refuseUnknownWords } from "../jobs/wanted_jobs.ts";

export async function runSchedule(
  invocation: Invocation,
  configuration: Configuration,
  world: World,
  trace?: HeldTrace,
): Promise<number> {
  const [text = "", ...args] = invocation.args;
  const job = parseJobId(text);
  if (job === undefined) {
    return fail(`Cannot run the schedule "${text}": write it as COMMAND@NAME, NAME a profile or group`, world);
  }
  try {
    const { name, command } = job;
    const loaded = configuration.hasProfile(name) ? await configuration.profile(name, command) : undefined;
    const entry = findSchedule(job, loaded, configuration);
    const flags = entry ? withSchedule(invocation.flags, entry, configuration.dir, world.os) : invocation.flags;
    const run: Invocation = { ...invocation, flags, word: job.command, profile: job.name, command: job.command, args };
    const env = { ...world.env, RESTICPROFILE_SCHEDULE_ID: scheduleId({ configFile: configuration.path, ...job }) };
    // read once: a profile is the only one of its run
    const known = loaded ? { ...configuration, profile: () => Promise.resolve(loaded) } : configuration;
    return await runRestic(run, known, withEnv(world, env), trace);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    printProblems(error.diagnostics, world);
    return EXIT.failure;
  }
}

/**
 * The profile's own, or the group's; undefined: the command has no schedule, and runs all the same.
 * @throws {ConfigError} when it says something that has no meaning
 */
function findSchedule(
  job: JobName,
  profile: LoadedProfile | undefined,
  configuration: Configuration,
): ScheduleEntry | undefined {
  const group = profile ? undefined : configuration.loadedGroup(job.name);
  const entries = profile
    ? profileSchedules(profile, configuration)
    : group
    ? groupSchedules(group, configuration)
    : [];
  const entry = entries.find(({ command }) => isSameJob({ command, name: job.name }, job));
  if (entry) refuseUnknownWords(entry);
  return entry;
}

/** Flags of the command line win. */
export function withSchedule(
  flags: Flags,
  { options, given }: Pick<ScheduleEntry, "options" | "given">,
  configDir: string,
  os: string,
): Flags {
  const log = options.log ? logTarget(options.log, configDir, os) : undefined;
  const output = given.has("command-output") ? options["command-output"] : undefined;
  return {
    ...flags,
    log: flags.log ?? log,
    commandOutput: flags.commandOutput ?? output,
    ignoreOnBattery: flags.ignoreOnBattery || batteryLimit({ options, given }),
    ...locks(flags, options),
  };
}

/** A file is below the configuration's folder; `-`, `temp:FILE` and addresses stay. */
export function logTarget(text: string, configDir: string, os: string): string {
  const isFile = text !== "-" && !/^[A-Za-z]{2,}:/.test(text) && !isAbsolutePath(text, os);
  return isFile ? joinPath(configDir, text) : text;
}

/** A limit in percent counts, unless the battery is not to be looked at; else any use of it does. */
function batteryLimit({ options, given }: Pick<ScheduleEntry, "options" | "given">): number {
  const limit = options["ignore-on-battery-less-than"] ?? 0;
  const isOff = given.has("ignore-on-battery") && !options["ignore-on-battery"];
  if (limit > 0 && !isOff) return limit;
  return options["ignore-on-battery"] ? 100 : 0;
}

/** Shorter waits are none: the other run would hardly have ended. */
const SHORTEST_WAIT_MS = 2_000;

function locks(flags: Flags, options: ScheduleEntry["options"]): Pick<Flags, "noLock" | "lockWaitMs"> {
  const { noLock, lockWaitMs } = flags;
  const wait = options["lock-wait"] ?? 0;
  switch (options["lock-mode"]) {
    case "ignore":
      return { noLock: true, lockWaitMs };
    case "fail":
      return { noLock, lockWaitMs };
    default:
      return { noLock, lockWaitMs: lockWaitMs ?? (wait > SHORTEST_WAIT_MS ? wait : 0) };
  }
}
