/** cron: lines in a table, which a program reads and writes or which is a file. */
import type { World } from "../../platform/world.ts";
import { type Action, ScheduleError } from "../action.ts";
import { calendarOfCron, cronTime, lostSeconds } from "./cron_fields.ts";
import { aboveOurs, type CronLine, cronLine, ourLines, parseCronLine, withJob, withoutJob } from "./crontab_text.ts";
import { textOf } from "./crontab_bytes.ts";
import { type CrontabPlace, editTable, NoCrontabProgram, readTable } from "./crontab_place.ts";
import { hasUserColumn, isReadInFolder, isSystemCrontab } from "./crontab_user.ts";
import { foreignZones } from "./crontab_zone.ts";
import { isOfConfiguration, isSameJob, type RegisteredJob, type ScheduledJob } from "../scheduled_job.ts";
import { changedLines } from "../action_preview.ts";
import type { Decision, JobListing, Scheduler } from "../scheduler.ts";
import type { User } from "../job_user.ts";
import { isLocalZone } from "../calendar/zone_offsets.ts";

const NOTHING: Decision = { actions: [], warnings: [] };

export function crond(place: CrontabPlace, user: User, world: World): Scheduler {
  const editing = (change: (table: string) => string | undefined): Action => ({
    kind: "edit",
    edit: (warn) => editTable(place, change, warn, world),
    async preview() {
      const table = await readTable(place, world);
      return changedLines(textOf(table), textOf(change(table) ?? table));
    },
  });
  return {
    name: "crond",
    guess: user.isRoot ? "system" : "user",
    tellsGuess: true,
    allow(permission) {
      if (permission !== "system" || user.isRoot) return;
      throw new ScheduleError('the permission "system" needs sudo; the permission "user" does not');
    },
    async install(job) {
      const change = (table: string) =>
        withJob(table, job, ofSame(job, world), linesOf(job, columnOf(place, table, { job, user, world })));
      change(await tableFor(job, place, world)); // what cannot be scheduled is refused before anything is changed
      return { actions: [editing(change)], warnings: job.events.flatMap((event) => lostSeconds(event) ?? []) };
    },
    async list() {
      const table = await readTable(place, world);
      const { jobs, warnings } = listing(table);
      return { jobs, warnings: jobs.length === 0 ? warnings : [...warnings, ...dangers(place, table, world)] };
    },
    remove: (job) => Promise.resolve([editing((table) => withoutJob(table, job, ofSame(job, world)))]),
    finishRemoval: () => [],
    status: () => NOTHING,
    statusSummary: () => [],
  };
}

/** @throws {ScheduleError} with the lines to give to another scheduler, where there is no program for cron's table */
async function tableFor(job: ScheduledJob, place: CrontabPlace, world: World): Promise<string> {
  try {
    return await readTable(place, world);
  } catch (error) {
    if (!(error instanceof NoCrontabProgram)) throw error;
    const lines = linesOf(job, undefined).map((line) => `\n  ${line.trimEnd()}`).join("");
    throw new ScheduleError(`${error.message}\n  Give this to the scheduler that you have:${lines}`);
  }
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

function linesOf(job: ScheduledJob, user: string | undefined): string[] {
  return job.events.map((event) => cronLine(cronTime(event, isLocalZone), job, user));
}

interface Making {
  readonly job: ScheduledJob;
  readonly user: User;
  readonly world: World;
}

/** @returns undefined: without a user column */
function columnOf(place: CrontabPlace, table: string, { job, user, world }: Making): string | undefined {
  if (place.kind === "program" || place.user === "none") return undefined;
  if (typeof place.user === "object") return place.user.name;
  const isDetected = place.user === "detect" && !isSystemCrontab(place.path, world);
  if (isDetected && !hasUserColumn(textOf(table))) return undefined;
  return job.permission === "system" ? "root" : user.name || "root";
}

/** Why jobs that are in a table would not start, or at other times. */
function dangers(place: CrontabPlace, table: string, world: World): string[] {
  const zones = foreignZones(aboveOurs(table) ?? "");
  if (place.kind === "program" || !isSystemCrontab(place.path, world)) return zones;
  return [
    ...zones,
    ...place.user === "none" ? [`Cron ignores lines without a user in ${place.path}: leave out the "-" before it`] : [],
    ...isReadInFolder(place.path)
      ? []
      : [`Debian's cron never reads ${place.path}: it wants a name of letters, digits, "_" and "-" alone`],
  ];
}

function listing(table: string): JobListing {
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
