/** Jobs for schedulers. */
import { parseCalendar } from "../../src/schedule/calendar/calendar_event.ts";
import type { ScheduledJob } from "../../src/schedule/scheduled_job.ts";

export interface JobParts extends Partial<Omit<ScheduledJob, "events">> {
  /** @default ["daily"] */
  readonly times?: readonly string[];
}

/** `backup@home` of `/work/profiles.yaml`. */
export function scheduledJob({ times = ["daily"], ...more }: JobParts = {}): ScheduledJob {
  return {
    command: "backup",
    name: "home",
    configFile: "profiles.yaml",
    configFormat: undefined,
    workingDir: "/work",
    program: "/usr/bin/resticprofile",
    events: times.map(parseCalendar),
    permission: "system",
    permissionIsGuessed: false,
    runLevel: "auto",
    priority: "standard",
    environment: [],
    afterNetworkOnline: false,
    dropInFiles: [],
    hasLog: false,
    hideWindow: false,
    startWhenAvailable: false,
    ...more,
  };
}
