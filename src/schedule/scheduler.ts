/** One scheduler of the system, as the commands see it. Adaptors decide and read; `applyActions` does. */
import type { Action } from "./action.ts";
import type { JobName, Permission, RegisteredJob, ScheduledJob } from "./scheduled_job.ts";

export interface Scheduler {
  readonly name: "systemd" | "crond" | "launchd" | "taskscheduler";
  /** What is used when the configuration names no permission. */
  readonly guess: Permission;
  /** The guess is reported: it decides as which user the job runs. */
  readonly tellsGuess: boolean;
  /** @throws {ScheduleError} when the permission is not given to this process */
  allow(permission: Permission): void;
  /** A job of the same name is replaced. @throws {ScheduleError} */
  install(job: ScheduledJob, options: InstallOptions): Promise<Decision>;
  /** All jobs of this program, of all configurations. @throws {ScheduleError} */
  list(): Promise<JobListing>;
  remove(job: RegisteredJob): Promise<readonly Action[]>;
  /** After all jobs are removed. */
  finishRemoval(removed: readonly RegisteredJob[]): readonly Action[];
  status(job: RegisteredJob): Decision;
  /** After the status of all jobs. @param name of one profile or group, else undefined */
  statusSummary(name: string | undefined): readonly Action[];
}

export interface InstallOptions {
  /** The job waits for its next time from now on, not from the next start of the system. */
  readonly start: boolean;
  /** systemd reads its units again first. */
  readonly reload: boolean;
}

export interface Decision {
  readonly actions: readonly Action[];
  readonly warnings: readonly string[];
}

export interface JobListing {
  readonly jobs: readonly RegisteredJob[];
  readonly warnings: readonly string[];
}

/** By name, then command. */
export function sortedJobs<T extends JobName>(jobs: readonly T[]): T[] {
  const key = ({ name, command }: JobName) => `${name}\0${command}`;
  return [...jobs].sort((one, other) => key(one) < key(other) ? -1 : 1);
}
