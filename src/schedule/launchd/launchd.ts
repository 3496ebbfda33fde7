/** launchd of macOS: a property list for each job, of the system or of the user. */
import { maskVariable } from "../../model/mask.ts";
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";
import { type Action, type RunAction, ScheduleError, type WriteAction } from "../action.ts";
import { programOutcome } from "../apply_actions.ts";
import {
  jobArguments,
  type JobName,
  type Permission,
  readJobArguments,
  type RegisteredJob,
  SCHEDULE_ID_VARIABLE,
  type ScheduledJob,
  scheduleId,
} from "../scheduled_job.ts";
import { calendarOfInterval, type Interval, intervalsOf, lostByLaunchd } from "./calendar_intervals.ts";
import { formatPlist, parsePlist, type Plist } from "./plist.ts";
import type { JobListing, Scheduler } from "../scheduler.ts";
import type { User } from "../job_user.ts";
import { isLocalZone } from "../calendar/zone_offsets.ts";

const PREFIX = "local.resticprofile.";
const SYSTEM_FOLDER = "/Library/LaunchDaemons";
const LAUNCHCTL = "/bin/launchctl";

export function launchd(user: User, world: World): Scheduler {
  const userFolder = `${user.home}/Library/LaunchAgents`;
  const fileOf = (permission: Permission, label: string) =>
    permission === "system" ? `${SYSTEM_FOLDER}/${label}.plist` : `${userFolder}/${label}.agent.plist`;
  const targetOf = (permission: Permission, label: string) => `${domainOf(permission, user)}/${label}`;
  return {
    name: "launchd",
    guess: user.isRoot ? "system" : "user_logged_on",
    tellsGuess: false,
    allow(permission) {
      if (permission !== "system" || user.isRoot) return;
      throw new ScheduleError('the permission "system" needs sudo; the permission "user" does not');
    },
    async install(job) {
      const label = labelOf(job);
      const file = fileOf(job.permission, label);
      const target = targetOf(job.permission, label);
      const write = writePlist(file, job, user, world);
      const { code } = await programOutcome({ program: LAUNCHCTL, args: ["print", target] }, world);
      const replaced = code === 113 ? [] : removal(target, file);
      const bootstrap = launchctl(["bootstrap", domainOf(job.permission, user), file]);
      return { actions: [...replaced, write, bootstrap], warnings: warningsOf(job) };
    },
    list() {
      const found = [readFolder(SYSTEM_FOLDER, world), readFolder(userFolder, world)];
      return Promise.resolve({
        jobs: found.flatMap(({ jobs }) => jobs),
        warnings: found.flatMap(({ warnings }) => warnings),
      });
    },
    remove: ({ id, permission }) => Promise.resolve(removal(targetOf(permission, id), fileOf(permission, id))),
    finishRemoval: () => [],
    status: ({ id, permission }) => ({ actions: [printing(targetOf(permission, id))], warnings: [] }),
    statusSummary: () => [],
  };
}

function labelOf({ command, name }: JobName): string {
  return `${PREFIX}${name.toLowerCase()}.${command}`;
}

function domainOf(permission: Permission, { uid }: User): string {
  if (permission === "system") return "system";
  return `${permission === "user" ? "user" : "gui"}/${uid}`;
}

function launchctl(args: readonly string[]): RunAction {
  return { kind: "run", program: LAUNCHCTL, args, onFailure: "fail" };
}

function removal(target: string, file: string): Action[] {
  return [launchctl(["bootout", target]), { kind: "remove", path: file }];
}

function writePlist(path: string, job: ScheduledJob, { isSudo, uid, gid }: User, { env }: World): WriteAction {
  return {
    kind: "write",
    path,
    text: formatPlist(plistOf(job, env)),
    mode: secretsOf(job).length > 0 ? 0o600 : 0o644,
    folderMode: 0o700,
    owner: isSudo && job.permission !== "system" ? { uid, gid } : undefined,
  };
}

const SESSIONS = { system: "System", user: "Background", user_logged_on: "Aqua" } as const;

function plistOf(job: ScheduledJob, env: World["env"]): Plist {
  const label = labelOf(job);
  const isBackground = job.priority === "background";
  const captured = Object.fromEntries(job.environment);
  return {
    EnvironmentVariables: {
      ...env.PATH === undefined ? {} : { PATH: env.PATH },
      ...captured,
      [SCHEDULE_ID_VARIABLE]: scheduleId(job),
    },
    Label: label,
    ...job.permissionIsGuessed ? {} : { LimitLoadToSessionType: SESSIONS[job.permission] },
    ...isBackground ? { LowPriorityBackgroundIO: true, LowPriorityIO: true } : {},
    Nice: isBackground ? 5 : 0,
    ProcessType: isBackground ? "Background" : "Standard",
    Program: job.program,
    ProgramArguments: [job.program, "--no-prio", ...jobArguments(job)],
    ...job.hasLog ? {} : { StandardErrorPath: `${label}.log`, StandardOutPath: `${label}.log` },
    StartCalendarInterval: job.events.flatMap((event) => intervalsOf(event, isLocalZone)),
    WorkingDirectory: job.workingDir,
  };
}

function secretsOf({ environment }: ScheduledJob): string[] {
  return environment.filter(([name, value]) => maskVariable(name, value) !== value).map(([name]) => name);
}

function warningsOf(job: ScheduledJob): string[] {
  const secrets = secretsOf(job).map((name) =>
    `The secret ${name} is written into the job, which only its owner may read: better leave it out of ` +
    "schedule-capture-environment, and set it in env-file or password-file"
  );
  return [...secrets, ...job.events.flatMap(lostByLaunchd)];
}

function readFolder(folder: string, world: World): JobListing {
  const jobs: RegisteredJob[] = [];
  const warnings: string[] = [];
  for (const file of plistsIn(folder, world)) {
    const job = readJob(`${folder}/${file}`, folder === SYSTEM_FOLDER, world);
    if (job) jobs.push(job);
    else {warnings.push(
        `Cannot read the job of ${folder}/${file}: it may not be read, or has no ProgramArguments with --config`,
      );}
  }
  return { jobs, warnings };
}

function plistsIn(folder: string, { files }: World): string[] {
  if (files.stat(folder)?.kind !== "directory") return [];
  return files.list(folder).filter((file) => file.startsWith(PREFIX) && file.endsWith(".plist")).sort();
}

function readJob(path: string, isSystem: boolean, { files }: World): RegisteredJob | undefined {
  return unlessFileError(() => jobOfList(parsePlist(files.readText(path)), isSystem), undefined);
}

function jobOfList(plist: Plist | undefined, isSystem: boolean): RegisteredJob | undefined {
  const entries = typeof plist === "object" && !Array.isArray(plist) ? plist as { readonly [key: string]: Plist } : {};
  const { ProgramArguments: words, WorkingDirectory: folder, Label: label, StartCalendarInterval: times } = entries;
  const { configFile, name: job } = readJobArguments(Array.isArray(words) ? words.map(String) : []);
  if (configFile === undefined || job === undefined || typeof label !== "string") return undefined;
  const session = entries.LimitLoadToSessionType;
  return {
    ...job,
    id: label,
    configFile,
    workingDir: typeof folder === "string" ? folder : undefined,
    permission: isSystem ? "system" : session === SESSIONS.user ? "user" : "user_logged_on",
    times: Array.isArray(times) ? times.map((interval: Interval) => calendarOfInterval(interval)) : [],
  };
}

const SHOWN = ["program", "working directory", "stdout path", "stderr path", "state", "runs", "last exit code"];

function printing(target: string): RunAction {
  const [label = ""] = target.split("/").slice(-1);
  const heading = `  service: ${label}\n  domain: ${target.slice(0, -label.length - 1)}\n`;
  const show = (output: string) =>
    heading + output.split("\n").flatMap((line) => {
      const [, key = "", value = ""] = /^\t([a-z ]+) = (.*)$/.exec(line) ?? [];
      return SHOWN.includes(key) ? [`  ${key}: ${value}\n`] : [];
    }).join("");
  return {
    ...launchctl(["print", target]),
    onFailure: "warn",
    meanings: { 113: "launchd does not know the job" },
    show,
  };
}
