/** `status`: the jobs that the scheduler has, their times, and what it says of them. */
import { isTrueOption } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { describeTimes } from "../schedule/job_times.ts";
import { describeLastRun, lastRunOf } from "../jobs/last_run.ts";
import { isSameJob, jobId, type JobName, type RegisteredJob } from "../schedule/scheduled_job.ts";
import { FLAGS } from "../schema/own_flags.ts";
import { type JobSession, ofSelection, tellStrays, withJobSession } from "../jobs/job_session.ts";
import { wantedJobs } from "../jobs/wanted_jobs.ts";

export function status(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  const selection = withAll(invocation, configuration);
  return withJobSession(selection, configuration, world, async (session) => {
    const { scheduler, say, apply, registered } = session;
    const jobs = ofSelection(await registered(), selection);
    const missing = await notInstalled(jobs, selection, configuration);
    if (jobs.length === 0 && missing.length === 0) say("info", "There are no scheduled jobs");
    for (const job of jobs) await showJob(job, session, world);
    for (const job of missing) {
      session.warn(`${jobId(job)} has a schedule, and is not scheduled: run "resticprofile ${job.name}.schedule"`);
    }
    const isAll = isTrueOption(selection.args, "all");
    await tellStrays(session, isAll);
    if (jobs.length === 0) return EXIT.success;
    await apply(scheduler.statusSummary(isAll ? undefined : selection.profile.toLowerCase()));
    return EXIT.success;
  });
}

/** Where no profile is named, and the usual name does not exist, all are meant. */
function withAll(invocation: Invocation, { hasProfile, groupNames }: Configuration): Invocation {
  const { profile, args } = invocation;
  const isMeant = profile !== FLAGS.name.default || hasProfile(profile) || groupNames().includes(profile);
  return isMeant || isTrueOption(args, "all") ? invocation : { ...invocation, args: [...args, "--all"] };
}

/** Schedules of the configuration that no job keeps. What cannot be read is the matter of `validate` and `schedule`. */
async function notInstalled(
  jobs: readonly JobName[],
  selection: Invocation,
  configuration: Configuration,
): Promise<JobName[]> {
  const names = [...configuration.profileNames(), ...configuration.groupNames()];
  const wanted: JobName[] = [];
  for (const name of new Set(ofSelection(names.map((one) => ({ name: one, command: "" })), selection).map(nameOf))) {
    try {
      wanted.push(...(await wantedJobs(name, configuration))?.jobs ?? []);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  }
  return wanted.filter((one) => !jobs.some((job) => isSameJob(job, one)));
}

function nameOf({ name }: JobName): string {
  return name;
}

async function showJob(job: RegisteredJob, { scheduler, warn, show, apply }: JobSession, world: World): Promise<void> {
  show(`\n${headingOf(job)}`);
  try {
    show(describeTimes(job, job.times, world.now()));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    warn(error.message); // a time that was written by hand; the scheduler may know more
  }
  show(`  last run:     ${describeLastRun(await lastRunOf(job, world))}\n`);
  const { actions, warnings } = scheduler.status(job);
  warnings.forEach(warn);
  await apply(actions);
}

/** Of a job without times that are known. */
function headingOf(job: RegisteredJob): string {
  return job.times.length === 0 ? `${jobId(job)}\n` : "";
}
