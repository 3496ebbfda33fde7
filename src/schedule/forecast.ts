/** What a scheduler will refuse of a job, before anything is asked of it. */
import { ScheduleError } from "./action.ts";
import type { CalendarEvent } from "./calendar.ts";
import { nextElapse } from "./calendar_next.ts";
import { cronTime } from "./cron_fields.ts";
import type { Job } from "./job.ts";
import { intervalsOf } from "./launchd_intervals.ts";
import { refuseControlCharacters, refuseLongUnit, refuseValueEnds } from "./refusals.ts";
import type { Scheduler } from "./scheduler.ts";
import { unitName } from "./systemd_names.ts";
import { refuseTaskName } from "./task_scheduler.ts";
import { triggersOf } from "./task_triggers.ts";
import { isLocalZone, localOffset, offsetOfZone } from "./zone_offsets.ts";

/** A job as far as its name and place go. */
export type JobPlace = Pick<Job, "program" | "workingDir" | "configFile" | "command" | "name">;

/** Undefined: it is not refused. */
export type Refusal = string | undefined;

/** @param now milliseconds since the epoch */
export function refusalOfTime(event: CalendarEvent, scheduler: Scheduler["name"], now: number): Refusal {
  return reasonOf(() => {
    switch (scheduler) {
      case "crond":
        return cronTime(event, isLocalZone);
      case "launchd":
        return intervalsOf(event, isLocalZone);
      case "taskscheduler":
        return triggersOf(event, now, isLocalZone);
      case "systemd":
        return undefined;
      default:
        return scheduler satisfies never;
    }
  });
}

/** Such as February 30, or a year that is over. @param now milliseconds since the epoch */
export function isNeverAgain(event: CalendarEvent, now: number): boolean {
  return nextElapse(event, now, event.zone === undefined ? localOffset : offsetOfZone(event.zone)) === undefined;
}

export function refusalOfName(job: JobPlace, scheduler: Scheduler["name"] | undefined): Refusal {
  return reasonOf(() => {
    refuseControlCharacters(job);
    if (scheduler === "taskscheduler") refuseTaskName(job);
    if (scheduler !== "systemd") return;
    refuseValueEnds(job);
    refuseLongUnit(job, unitName(job));
  });
}

function reasonOf(attempt: () => unknown): Refusal {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}
