/** `status`: the jobs that the scheduler has, their times, and what it says of them. */
import { hasOption } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { describeTimes } from "../schedule/describe.ts";
import { jobId, type RegisteredJob } from "../schedule/job.ts";
import { type JobSession, ofSelection, withJobSession } from "./job_session.ts";

export function status(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  return withJobSession(invocation, configuration, world, async (session) => {
    const { scheduler, say, apply, registered } = session;
    const jobs = ofSelection(await registered(), invocation);
    if (jobs.length === 0) {
      say("info", "There are no scheduled jobs");
      return EXIT.success;
    }
    for (const job of jobs) await showJob(job, session, world);
    await apply(
      scheduler.statusSummary(hasOption(invocation.args, "all") ? undefined : invocation.profile.toLowerCase()),
    );
    return EXIT.success;
  });
}

async function showJob(job: RegisteredJob, { scheduler, warn, show, apply }: JobSession, world: World): Promise<void> {
  show(`\n${headingOf(job)}`);
  try {
    show(describeTimes(job, job.times, world.now()));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    warn(error.message); // a time that was written by hand; the scheduler may know more
  }
  const { actions, warnings } = scheduler.status(job);
  warnings.forEach(warn);
  await apply(actions);
}

/** Of a job without times that are known. */
function headingOf(job: RegisteredJob): string {
  return job.times.length === 0 ? `${jobId(job)}\n` : "";
}
