/** cron: lines in a table, which a program reads and writes or which is a file. */
import type { World } from "../platform/world.ts";
import { type Action, ScheduleError } from "./action.ts";
import { calendarOfCron, cronTime, lostSeconds } from "./cron_fields.ts";
import { type CronLine, cronLine, ourLines, parseCronLine, withJob, withoutJob } from "./crontab.ts";
import { hasUserColumn } from "./crontab_user.ts";
import { type CrontabPlace, readTable, writeTable } from "./crontab_place.ts";
import { isOfConfiguration, isSameJob, type Job, type Permission, type RegisteredJob } from "./job.ts";
import type { Decision, Listing, Scheduler } from "./scheduler.ts";
import type { User } from "./user.ts";
import { isLocalZone } from "./zone_offsets.ts";

const NOTHING: Decision = { actions: [], warnings: [] };

export function crond(place: CrontabPlace, user: User, world: World): Scheduler {
  return {
    name: "crond",
    guess: user.isRoot ? "system" : "user",
    tellsGuess: true,
    allow(permission) {
      if (permission !== "system" || user.isRoot) return;
      throw new ScheduleError('Cannot schedule with the permission "system": use sudo, or the permission "user"');
    },
    async install(job) {
      const current = await readTable(place, world);
      const lines = linesOf(job, columnOf(place, current, job.permission, user));
      const table = withJob(current, job, ofSame(job, world), lines);
      return { actions: [writeTable(place, table)], warnings: job.events.flatMap((event) => lostSeconds(event) ?? []) };
    },
    list: async () => listing(await readTable(place, world)),
    async remove(job): Promise<readonly Action[]> {
      const table = withoutJob(await readTable(place, world), job, ofSame(job, world));
      return table === undefined ? [] : [writeTable(place, table)];
    },
    finishRemoval: () => [],
    status: () => NOTHING,
    statusSummary: () => [],
  };
}

/** Lines of the configuration file that a job has. */
function ofSame(
  { configFile, workingDir }: Pick<RegisteredJob, "configFile" | "workingDir">,
  { os }: World,
): (line: CronLine) => boolean {
  return (line) =>
    workingDir === undefined
      ? line.workingDir === undefined && line.configFile === configFile
      : isOfConfiguration(line, { configFile, workingDir, os });
}

function linesOf(job: Job, user: string | undefined): string[] {
  if ([job.program, job.workingDir, job.configFile, job.name].some((word) => word.includes("\n"))) {
    throw new ScheduleError("Cannot schedule with cron: there is a line break in the name of a file or profile");
  }
  return job.events.map((event) => cronLine(cronTime(event, isLocalZone), job, user));
}

/** @returns undefined: without a user column */
function columnOf(place: CrontabPlace, table: string, permission: Permission, user: User): string | undefined {
  if (place.kind === "program" || place.user === "none") return undefined;
  if (typeof place.user === "object") return place.user.name;
  if (place.user === "detect" && !hasUserColumn(table)) return undefined;
  return permission === "system" ? "root" : user.name || "root";
}

function listing(table: string): Listing {
  const jobs: RegisteredJob[] = [];
  const warnings: string[] = [];
  for (const text of ourLines(table)) {
    const line = parseCronLine(text);
    if (line === undefined) continue;
    const time = line === "unreadable" ? undefined : calendarOfCron(line.fields, line.testedDays);
    if (line === "unreadable" || time === undefined) {
      warnings.push(`Cannot read the line "${text}" of the crontab: it is left as it is`);
    } else addTime(jobs, line, time);
  }
  return { jobs, warnings };
}

/** Several lines of one job are its several times. */
function addTime(jobs: RegisteredJob[], line: CronLine, time: string): void {
  const same = (job: RegisteredJob) =>
    isSameJob(job, line) && job.configFile === line.configFile && job.workingDir === line.workingDir;
  const index = jobs.findIndex(same);
  const known = jobs[index];
  if (known) jobs[index] = { ...known, times: [...known.times, time] };
  else jobs.push(newJob(line, time));
}

function newJob(line: CronLine, time: string): RegisteredJob {
  const { command, name, configFile, workingDir, user } = line;
  const permission = user === "root" ? "system" : "user";
  return { id: `${command}@${name}`, command, name, configFile, workingDir, permission, times: [time] };
}
