/** `run-schedule COMMAND@NAME`: what jobs call. The command runs as usual, with the settings of its schedule. */
import type { Configuration, LoadedProfile } from "../config/configuration.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/values/schedule_tables.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { withEnv } from "../platform/derived_world.ts";
import type { World } from "../platform/world.ts";
import { isSameJob, type JobName, parseJobId, SCHEDULE_ID_VARIABLE, scheduleId } from "../schedule/scheduled_job.ts";
import { fail, printProblems } from "./fail.ts";
import type { HeldTrace } from "../launch/buffered_trace.ts";
import { runRestic } from "./run_restic.ts";
import { scheduleRules } from "../jobs/schedule_rules.ts";
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
    const schedule = entry && scheduleRules(entry, configuration.dir, world.os);
    const asked = { word: job.command, profile: job.name, command: job.command, args };
    const run: Invocation = { ...invocation, ...asked, schedule };
    const env = { ...world.env, [SCHEDULE_ID_VARIABLE]: scheduleId({ configFile: configuration.path, ...job }) };
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
