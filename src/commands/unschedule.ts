/** `unschedule`: removes the jobs that the scheduler has, whatever the configuration says of them now. */
import type { Configuration } from "../config/configuration.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { jobId, type RegisteredJob } from "../schedule/scheduled_job.ts";
import { explainFailure, ofSelection, tellStrays, withJobSession } from "../jobs/job_session.ts";

export function unschedule(invocation: Invocation, configuration: Configuration, world: World): Promise<number> {
  return withJobSession(invocation, configuration, world, async (session) => {
    const { scheduler, say, apply, registered, isDry } = session;
    const jobs = ofSelection(await registered(), invocation);
    if (jobs.length === 0) say("info", "There are no scheduled jobs");
    const removed: RegisteredJob[] = [];
    for (const job of jobs) {
      try {
        scheduler.allow(job.permission);
        await apply(await scheduler.remove(job));
        say("info", `${isDry ? "dry-run: would remove" : "Removed"} ${jobId(job)} from ${scheduler.name}`);
        removed.push(job);
      } catch (error) {
        explainFailure(error, session, `Cannot unschedule ${jobId(job)}`);
      }
    }
    await apply(scheduler.finishRemoval(removed));
    await tellStrays(session, false);
    return removed.length === jobs.length ? EXIT.success : EXIT.failure;
  });
}
