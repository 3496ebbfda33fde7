/** The description of a task, as `schtasks /create /xml` reads it. */
import { ScheduleError } from "../action.ts";
import { jobArguments, jobDescription, jobId, type ScheduledJob } from "../scheduled_job.ts";
import { isExpressible, triggersOf } from "./task_triggers.ts";
import { formatTag, type Tag, tag } from "../xml.ts";
import { isLocalZone } from "../calendar/zone_offsets.ts";

const NAMESPACE = 'version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"';
const SYSTEM_ACCOUNT = "S-1-5-18";
/** Administrators and the system may do everything, services and users read. */
const SYSTEM_RIGHTS = "D:AI(A;;FA;;;BA)(A;;FA;;;SY)(A;;FRFX;;;LS)(A;;FR;;;AU)";
const LOGON_TYPES = { system: "S4U", user: "Password", user_logged_on: "InteractiveToken" } as const;

/**
 * @param account of the user; tasks of the system have another one
 * @param now milliseconds since the epoch
 * @throws {ScheduleError} for times that Windows cannot do
 */
export function taskXml(job: ScheduledJob, account: string, now: number): string {
  const triggers = job.events.filter(isExpressible).flatMap((event) => triggersOf(event, now, isLocalZone));
  if (triggers.length === 0) {
    throw new ScheduleError(
      `Cannot schedule ${jobId(job)} with the Task Scheduler: all of its times have weekdays with days`,
    );
  }
  const task = tag("Task", [
    registration(job, now),
    tag("Triggers", triggers),
    tag("Principals", [tag("Principal", principal(job, account), 'id="Author"')]),
    settings(job),
    tag("Actions", [tag("Exec", execution(job))], 'Context="Author"'),
  ], NAMESPACE);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${formatTag(task, "  ")}`;
}

function registration(job: ScheduledJob, now: number): Tag {
  return tag("RegistrationInfo", [
    tag("Date", new Date(now).toISOString().slice(0, 19)),
    tag("Author", "resticprofile"),
    tag("Description", jobDescription(job)),
    tag("URI", `\\resticprofile backup\\${job.name} ${job.command}`),
    ...job.permission === "system" ? [tag("SecurityDescriptor", SYSTEM_RIGHTS)] : [],
  ]);
}

function principal({ permission, runLevel }: ScheduledJob, account: string): Tag[] {
  const isHighest = runLevel === "highest" || (runLevel === "auto" && permission === "system");
  return [
    tag("UserId", permission === "system" ? SYSTEM_ACCOUNT : account),
    tag("LogonType", LOGON_TYPES[permission]),
    ...isHighest ? [tag("RunLevel", "HighestAvailable")] : [],
    ...runLevel === "lowest" ? [tag("RunLevel", "LeastPrivilege")] : [],
  ];
}

function settings({ startWhenAvailable }: ScheduledJob): Tag {
  return tag("Settings", [
    tag("DisallowStartIfOnBatteries", "false"),
    tag("ExecutionTimeLimit", "P0D"),
    tag("IdleSettings", [tag("Duration", "PT10M"), tag("WaitTimeout", "PT1H")]),
    tag("MultipleInstancesPolicy", "IgnoreNew"),
    tag("Priority", "8"),
    ...startWhenAvailable ? [tag("StartWhenAvailable", "true")] : [],
    tag("StopIfGoingOnBatteries", "true"),
    tag("UseUnifiedSchedulingEngine", "true"),
  ]);
}

function execution(job: ScheduledJob): Tag[] {
  const words = jobArguments(job);
  const [command, args] = job.hideWindow
    ? ["conhost.exe", ["--headless", job.program, ...words]]
    : [job.program, words];
  return [
    tag("Command", command),
    tag("Arguments", args.map(windowsWord).join(" ")),
    tag("WorkingDirectory", job.workingDir),
  ];
}

/** Windows programs take their command line apart by these rules. */
function windowsWord(word: string): string {
  if (word !== "" && !/[\s"]/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}
