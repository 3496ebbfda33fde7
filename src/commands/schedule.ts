/** `schedule`: a job of the system's scheduler for each schedule of the selection. */
import { hasOption, isTrueOption } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { positionOf } from "../config/nodes/node.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { maskVariable } from "../model/mask.ts";
import { HIDDEN } from "../model/secret.ts";
import type { World } from "../platform/world.ts";
import { describeTimes } from "../schedule/job_times.ts";
import { isSameJob, jobId, type Permission, type ScheduledJob } from "../schedule/scheduled_job.ts";
import { refuseControlCharacters } from "../schedule/refused_names.ts";
import type { InstallOptions } from "../schedule/scheduler.ts";
import { explainFailure, type JobSession, ofSelection, tellStrays, withJobSession } from "../jobs/job_session.ts";
import { notFound } from "./profiles.ts";
import type { MessageTargets } from "../launch/message_targets.ts";
import { scheduledJob, type WantedJob, type WantedJobs, wantedJobs } from "../jobs/wanted_jobs.ts";

export function schedule(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  return withJobSession(invocation, configuration, world, async (session) => {
    if (configuration.isPipe) {
      session.say(
        "error",
        `error: Cannot schedule with "${configuration.path}": a scheduled job cannot read a pipe; use a file`,
      );
      return EXIT.failure;
    }
    const { jobs, isWhole } = await selectedJobs(invocation, configuration, session);
    if (jobs.length === 0 && isWhole) session.say("info", `There is no schedule in ${configuration.path}`);
    const making = { invocation, configuration, world, session };
    const refused = [];
    for (const job of jobs) if (!await isMade(job, making)) refused.push(jobId(job));
    if (jobs.length === 0 || refused.length < jobs.length) {
      await warnOfLeftovers(jobs, invocation, session);
      await tellStrays(session, false);
    }
    if (refused.length === 0) return isWhole ? EXIT.success : EXIT.failure;
    if (jobs.length > 1) session.say("error", `error: Not scheduled: ${refused.join(", ")}`);
    return EXIT.failure;
  });
}

/** One job that is refused must not keep the others from being made. */
async function isMade(job: WantedJob, making: Making): Promise<boolean> {
  try {
    await make(job, making);
    return true;
  } catch (error) {
    explainFailure(
      error,
      making.session,
      `Cannot schedule ${jobId(job)}`,
      job.timesNode && positionOf(job.timesNode),
    );
    return false;
  }
}

interface SelectedJobs {
  readonly jobs: readonly WantedJob[];
  /** False: some could not be read, which was reported. */
  readonly isWhole: boolean;
}

async function selectedJobs(
  { args, profile }: Invocation,
  configuration: Configuration,
  session: JobSession,
): Promise<SelectedJobs> {
  const all = isTrueOption(args, "all");
  // a group of the same name as a profile is never run
  const names = all ? new Set([...configuration.profileNames(), ...configuration.groupNames()]) : [profile];
  const jobs: WantedJob[] = [];
  let isWhole = true;
  for (const name of names) {
    const wanted = await jobsOf(name, configuration, session);
    if (wanted?.jobs.length === 0 && !all) {
      session.say("error", `error: Cannot schedule "${name}": it has no schedule in ${configuration.path}`);
    }
    isWhole &&= wanted !== undefined && (all || wanted.jobs.length > 0);
    jobs.push(...wanted?.jobs ?? []);
  }
  return { jobs, isWhole };
}

/** @returns undefined when they cannot be known; the reason was reported */
async function jobsOf(
  name: string,
  configuration: Configuration,
  telling: MessageTargets,
): Promise<WantedJobs | undefined> {
  try {
    const wanted = await wantedJobs(name, configuration);
    if (wanted === undefined) telling.say("error", notFound(name, configuration));
    wanted?.diagnostics.forEach(telling.diagnose);
    return wanted;
  } catch (error) {
    explainFailure(error, telling);
    return undefined;
  }
}

interface Making {
  readonly invocation: Invocation;
  readonly configuration: Configuration;
  readonly world: World;
  readonly session: JobSession;
}

/** @throws {ScheduleError | ConfigError} */
async function make(wanted: WantedJob, { invocation, configuration, world, session }: Making): Promise<void> {
  const { scheduler, say, warn, show, apply } = session;
  if (wanted.faults.length > 0) throw new ConfigError(wanted.faults);
  const permission = permissionOf(wanted, session);
  const found = scheduledJob(wanted, permission, configuration, world);
  const job = session.isDry ? withoutSecrets(found) : found;
  refuseControlCharacters(job);
  show(`\n${describeTimes(wanted, wanted.options.at, world.now())}`);
  const { actions, warnings } = await scheduler.install(job, installOptions(invocation));
  warnings.forEach(warn);
  await apply(actions);
  say("info", `${session.isDry ? "dry-run: would schedule" : "Scheduled"} ${jobId(job)} with ${scheduler.name}`);
}

function installOptions({ args }: Invocation): InstallOptions {
  const isStart = !hasOption(args, "start") || isTrueOption(args, "start");
  return { start: isStart && !isTrueOption(args, "no-start"), reload: isTrueOption(args, "reload") };
}

/** For texts that are shown. What replaces a secret still looks like one, so it is in the same file. */
function withoutSecrets(job: ScheduledJob): ScheduledJob {
  const environment = job.environment.map(([name, value]) =>
    [name, maskVariable(name, value).replaceAll(HIDDEN, "hidden")] as const
  );
  return { ...job, environment };
}

/** @throws {ScheduleError} when this process may not give it */
function permissionOf(wanted: WantedJob, { scheduler, warn }: JobSession): Permission {
  const permission = wanted.permission ?? scheduler.guess;
  if (wanted.permission === undefined && scheduler.tellsGuess) {
    warn(`schedule-permission of ${jobId(wanted)} is not set: using "${permission}"; set it explicitly`);
  }
  scheduler.allow(permission);
  return permission;
}

/** Jobs of schedules that are not in the configuration any more would go on for ever. */
async function warnOfLeftovers(made: readonly WantedJob[], invocation: Invocation, session: JobSession): Promise<void> {
  const leftovers = ofSelection(await session.registered(), invocation)
    .filter((job) => !made.some((one) => isSameJob(one, job)));
  for (const id of new Set(leftovers.map(jobId))) {
    session.warn(
      `Job ${id} is still installed but no longer has a schedule: run "unschedule --all", then schedule again`,
    );
  }
}
