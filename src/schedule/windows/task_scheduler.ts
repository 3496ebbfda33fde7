/** The Task Scheduler of Windows, by `schtasks.exe`. */
import type { World } from "../../platform/world.ts";
import { type Action, type RunAction, ScheduleError } from "../action.ts";
import { programOutcome } from "../apply_actions.ts";
import {
  type JobName,
  type Permission,
  readJobArguments,
  type RegisteredJob,
  type ScheduledJob,
} from "../scheduled_job.ts";
import type { JobListing, Scheduler } from "../scheduler.ts";
import { taskXml } from "./task_xml.ts";
import { isExpressible } from "./task_triggers.ts";

const FOLDER = "\\resticprofile backup\\";
const PROGRAM = "schtasks.exe";

export function taskScheduler(world: World): Scheduler {
  let password: string | undefined;
  const credentials = (permission: Permission) => {
    if (permission !== "user") return undefined;
    password ??= askPassword(world);
    return { account: accountOf(world), password };
  };
  return {
    name: "taskscheduler",
    guess: "system",
    tellsGuess: false,
    allow() {}, // schtasks knows whether the process has the rights
    async install(job) {
      const name = taskName(job);
      const xml = taskXml(job, accountOf(world), world.now());
      const replaced = (await taskNames(world)).includes(name) ? [deletion(name)] : [];
      const path = `${world.tempDir()}/task.xml`;
      return {
        actions: [
          ...replaced,
          { kind: "write", path, text: xml, mode: 0o600 },
          creation(name, path, credentials(job.permission)),
          { kind: "remove", path },
        ],
        warnings: warningsOf(job),
      };
    },
    list: () => listTasks(world),
    remove: ({ id }) => Promise.resolve([deletion(id)]),
    finishRemoval: () => [],
    status: ({ id }) => ({
      actions: [{ ...schtasks(["/query", "/fo", "list", "/v", "/tn", id]), show: shownStatus }],
      warnings: [],
    }),
    statusSummary: () => [],
  };
}

/** @throws {ScheduleError} */
export function refuseTaskName({ name, command }: JobName): void {
  if (/["'&|<>^]/.test(name)) {
    throw new ScheduleError(`Cannot schedule ${command}@${name}: Windows has no tasks with "'&|<>^ in their names`);
  }
}

function taskName(job: JobName): string {
  refuseTaskName(job);
  return `${FOLDER}${job.name} ${job.command}`;
}

function accountOf({ env, userName }: World): string {
  const name = userName() ?? env.USERNAME ?? "";
  return env.USERDOMAIN ? `${env.USERDOMAIN}\\${name}` : name;
}

/** Windows runs a task of a user who is not logged on only with the password. */
function askPassword(world: World): string {
  world.console.write("stderr", `Password of ${accountOf(world)}, for tasks that run when you are not logged on: `);
  const password = world.console.readLine();
  if (password) return password;
  throw new ScheduleError('Cannot schedule with the permission "user": Windows wants the password of the account');
}

function schtasks(args: readonly string[]): RunAction {
  return { kind: "run", program: PROGRAM, args, onFailure: "fail" };
}

function deletion(name: string): Action {
  return schtasks(["/delete", "/f", "/tn", name]);
}

function creation(name: string, path: string, user: { account: string; password: string } | undefined): Action {
  const args = ["/create", "/tn", name, "/xml", path];
  if (user === undefined) return schtasks(args);
  return { ...schtasks([...args, "/ru", user.account, "/rp", user.password]), secrets: [user.password] };
}

function warningsOf({ hideWindow, permission, events }: ScheduledJob): string[] {
  const hidden = hideWindow && permission !== "user_logged_on"
    ? [`schedule-hide-window has an effect with the permission "user_logged_on" only`]
    : [];
  const lost = events.filter((event) => !isExpressible(event)).map(({ text }) =>
    `Cannot schedule "${text}" with the Task Scheduler: it is left out, for it has weekdays with days of the month`
  );
  return [...hidden, ...lost];
}

async function listTasks(world: World): Promise<JobListing> {
  const jobs: RegisteredJob[] = [];
  const warnings: string[] = [];
  for (const name of await taskNames(world)) {
    const { stdout } = await programOutcome(
      { program: PROGRAM, args: ["/query", "/fo", "list", "/v", "/tn", name] },
      world,
    );
    const job = jobOfTask(name, stdout);
    if (job) jobs.push(job);
    else warnings.push(`Cannot read the task "${name}": its command line has no --config`);
  }
  return { jobs, warnings };
}

async function taskNames(world: World): Promise<string[]> {
  const { code, stdout, stderr } = await programOutcome(
    { program: PROGRAM, args: ["/query", "/nh", "/fo", "csv"] },
    world,
  );
  if (code !== 0) {
    throw new ScheduleError(`Cannot list the tasks with ${PROGRAM}: ${stderr.trim() || `exit status ${code}`}`);
  }
  const names = [...stdout.matchAll(/^"([^"]*)"/gm)].flatMap(([, name = ""]) => name.startsWith(FOLDER) ? [name] : []);
  return [...new Set(names)];
}

function jobOfTask(id: string, text: string): RegisteredJob | undefined {
  const words = [...fieldOf(text, "Task To Run").matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted ?? bare!
  );
  const { configFile, name: job } = readJobArguments(words);
  if (job === undefined || configFile === undefined) return undefined;
  const workingDir = fieldOf(text, "Start In") || undefined;
  return { ...job, id, configFile, workingDir, permission: permissionOf(text), times: [] };
}

function permissionOf(text: string): Permission {
  if (/^(?:NT AUTHORITY\\)?SYSTEM$/i.test(fieldOf(text, "Run As User"))) return "system";
  return /^Interactive only$/i.test(fieldOf(text, "Logon Mode")) ? "user_logged_on" : "user";
}

function fieldOf(text: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*?)\\s*$`, "m").exec(text)?.[1] ?? "";
}

const SHOWN = [
  ["task", "TaskName"],
  ["user", "Run As User"],
  ["logon mode", "Logon Mode"],
  ["working directory", "Start In"],
  ["command", "Task To Run"],
  ["status", "Status"],
  ["last run time", "Last Run Time"],
  ["last result", "Last Result"],
  ["next run time", "Next Run Time"],
] as const;

function shownStatus(output: string): string {
  return SHOWN.map(([key, field]) => `  ${key}: ${fieldOf(output, field)}\n`).join("");
}
