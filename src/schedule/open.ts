/** The adaptor of the chosen scheduler. */
import type { World } from "../platform/world.ts";
import type { SchedulerChoice } from "./choice.ts";
import { crond } from "./crond.ts";
import { launchd } from "./launchd.ts";
import type { Scheduler } from "./scheduler.ts";
import { systemd } from "./systemd.ts";
import type { UnitSettings } from "./systemd_units.ts";
import { taskScheduler } from "./task_scheduler.ts";
import { jobUser } from "./user.ts";

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
