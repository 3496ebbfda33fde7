/** What a scheduler will refuse of a job, before anything is asked of it. */
import { ScheduleError } from "./action.ts";
import type { CalendarEvent } from "./calendar/calendar_event.ts";
import { nextElapse } from "./calendar/next_elapse.ts";
import { cronTime } from "./cron/cron_fields.ts";
import type { ScheduledJob } from "./scheduled_job.ts";
import { intervalsOf } from "./launchd/calendar_intervals.ts";
import { refuseControlCharacters, refuseLongUnit, refuseValueEnds } from "./refused_names.ts";
import type { Scheduler } from "./scheduler.ts";
import { unitName } from "./systemd/unit_names.ts";
import { refuseTaskName } from "./windows/task_scheduler.ts";
import { triggersOf } from "./windows/task_triggers.ts";
import { isLocalZone, localOffset, offsetOfZone } from "./calendar/zone_offsets.ts";

/** A job as far as its name and place go. */
export type JobPlace = Pick<ScheduledJob, "program" | "workingDir" | "configFile" | "command" | "name">;

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
