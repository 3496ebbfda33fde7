/** `schedule`: a job of the system's scheduler for each schedule of the selection. */
import { hasOption } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { formatDiagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { describeTimes } from "../schedule/describe.ts";
import { isSameJob, jobId, type Permission } from "../schedule/job.ts";
import { refuseControlCharacters } from "../schedule/refusals.ts";
import { type JobSession, ofSelection, withJobSession } from "./job_session.ts";
import { notFound } from "./not_found.ts";
import { jobOf, type WantedJob, wantedJobs } from "./wanted_jobs.ts";

export function schedule(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  return withJobSession(invocation, configuration, world, async (session) => {
    if (configuration.isPipe) {
      session.say("error", `error: Cannot schedule with "${configuration.path}": nobody fills a pipe when a job runs`);
      return EXIT.failure;
    }
    const jobs = await selectedJobs(invocation, configuration, session);
    if (jobs === undefined) return EXIT.failure;
    if (jobs.length === 0) session.say("info", `There is no schedule in ${configuration.path}`);
    for (const job of jobs) await make(job, { invocation, configuration, world, session });
    await warnOfLeftovers(jobs, invocation, session);
    return EXIT.success;
  });
}

/** Nothing is written before all are known. @returns undefined: it is told why nothing can be scheduled */
async function selectedJobs(
  { args, profile }: Invocation,
  configuration: Configuration,
  { say }: JobSession,
): Promise<readonly WantedJob[] | undefined> {
  const all = hasOption(args, "all");
  // a group of the same name as a profile is never run
  const names = all ? new Set([...configuration.profileNames(), ...configuration.groupNames()]) : [profile];
  const jobs: WantedJob[] = [];
  for (const name of names) {
    const wanted = await wantedJobs(name, configuration);
    if (wanted === undefined) {
      say("error", await notFound(name, configuration));
      return undefined;
    }
    wanted.diagnostics.forEach((problem) => say(problem.severity, formatDiagnostic(problem)));
    if (wanted.jobs.length === 0 && !all) {
      say("error", `error: Cannot schedule "${name}": it has no schedule in ${configuration.path}`);
      return undefined;
    }
    jobs.push(...wanted.jobs);
  }
  return jobs;
}

interface Making {
  readonly invocation: Invocation;
  readonly configuration: Configuration;
  readonly world: World;
  readonly session: JobSession;
}

/** @throws {ScheduleError} */
async function make(wanted: WantedJob, { invocation, configuration, world, session }: Making): Promise<void> {
  const { scheduler, say, warn, show, apply } = session;
  const permission = permissionOf(wanted, session);
  const job = jobOf(wanted, permission, configuration, world);
  refuseControlCharacters(job);
  show(`\n${describeTimes(wanted, wanted.options.at, world.now())}`);
  const options = { start: !hasOption(invocation.args, "no-start"), reload: hasOption(invocation.args, "reload") };
  const { actions, warnings } = await scheduler.install(job, options);
  warnings.forEach(warn);
  await apply(actions);
  say("info", `Scheduled ${jobId(job)} with ${scheduler.name}`);
}

/** @throws {ScheduleError} when this process may not give it */
function permissionOf(wanted: WantedJob, { scheduler, warn }: JobSession): Permission {
  const permission = wanted.permission ?? scheduler.guess;
  if (wanted.permission === undefined && scheduler.tellsGuess) {
    warn(`No schedule-permission for ${jobId(wanted)}: using "${permission}", better write it down`);
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
      `There is still the job ${id}, without a schedule: remove it with "unschedule --all", then schedule again`,
    );
  }
}
