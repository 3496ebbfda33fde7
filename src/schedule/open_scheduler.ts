/** The adaptor of the chosen scheduler. */
import type { World } from "../platform/world.ts";
import type { SchedulerChoice } from "./scheduler_choice.ts";
import { crond } from "./cron/crond.ts";
import { launchd } from "./launchd/launchd.ts";
import type { Scheduler } from "./scheduler.ts";
import { systemd } from "./systemd/systemd.ts";
import type { UnitSettings } from "./systemd/unit_content.ts";
import { taskScheduler } from "./windows/task_scheduler.ts";
import { jobUser } from "./job_user.ts";

/** @param units for systemd */
export function openScheduler(choice: SchedulerChoice, units: UnitSettings, world: World): Scheduler {
  const user = jobUser(world);
  switch (choice.name) {
    case "systemd":
      return systemd(units, user, world);
    case "crond":
      return crond(choice.place, user, world);
    case "launchd":
      return launchd(user, world);
    case "taskscheduler":
      return taskScheduler(world);
    default:
      return choice satisfies never;
  }
}
