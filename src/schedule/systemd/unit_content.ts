/** Texts of services and timers. */
import type { UnitFacts } from "../../model/unit_facts.ts";
import { jobArguments, jobDescription, SCHEDULE_ID_VARIABLE, type ScheduledJob, scheduleId } from "../scheduled_job.ts";
import { escapeQuoted, escapeSpecifiers, formatExecStart } from "./unit_text.ts";
import { unitName } from "./unit_names.ts";
import { environmentPath, isSecret } from "./unit_environment.ts";
import { onCalendar } from "./timer_times.ts";
import type { User } from "../job_user.ts";

/** Makes one of the two texts. */
export type UnitText = (facts: UnitFacts) => string;

/** Of the `global` section. */
export interface UnitSettings {
  readonly nice: number;
  readonly io: { readonly class: number; readonly level: number } | undefined;
  /** In place of the built-in texts. */
  readonly service?: UnitText | undefined;
  readonly timer?: UnitText | undefined;
}

interface Surroundings {
  /** The program's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Has the captured secrets; undefined: they are in the unit. */
  readonly secretsFile: string | undefined;
}

export function unitFacts(
  job: ScheduledJob,
  { nice, io }: UnitSettings,
  user: User,
  { env, secretsFile }: Surroundings,
): UnitFacts {
  const shown = secretsFile === undefined ? job.environment : job.environment.filter((one) => !isSecret(one));
  const words = [job.program, "--no-prio", ...jobArguments(job)];
  return {
    jobDescription: escapeSpecifiers(jobDescription(job)),
    timerDescription: escapeSpecifiers(`${job.command} timer for profile ${job.name} in ${job.configFile}`),
    workingDirectory: escapeSpecifiers(job.workingDir),
    commandLine: formatExecStart(words),
    onCalendar: job.events.flatMap(onCalendar),
    systemdProfile: `${unitName(job)}.service`,
    nice,
    environment: unitEnvironment({ ...job, environment: shown }, user, env).map(escapeQuoted),
    environmentFile: secretsFile === undefined ? "" : environmentPath(secretsFile),
    afterNetworkOnline: job.afterNetworkOnline,
    cpuSchedulingPolicy: job.priority === "background" ? "idle" : "",
    ioSchedulingClass: io?.class ?? 0,
    ioSchedulingPriority: io?.level ?? 0,
    user: job.permission === "user" ? user.name : "",
  };
}

/** systemd starts services with hardly any environment: restic needs a home for its cache. */
function unitEnvironment(job: ScheduledJob, user: User, env: Readonly<Record<string, string>>): string[] {
  const captured = job.environment.map(([name, value]) => `${name}=${value}`);
  const sorted = [...captured, `${SCHEDULE_ID_VARIABLE}=${scheduleId(job)}`].sort();
  if (job.permission !== "system") return [...sorted, `HOME=${user.home}`];
  return [...sorted, ...["HOME", "SUDO_USER"].flatMap((name) => env[name] ? [`${name}=${env[name]}`] : [])];
}

export function serviceText(facts: UnitFacts): string {
  return [
    "[Unit]",
    `Description=${facts.jobDescription}`,
    ...facts.afterNetworkOnline ? ["After=network-online.target", "Wants=network-online.target"] : [],
    "",
    "[Service]",
    "Type=notify",
    `WorkingDirectory=${facts.workingDirectory}`,
    `ExecStart=${facts.commandLine}`,
    ...setting("Nice", facts.nice),
    ...setting("CPUSchedulingPolicy", facts.cpuSchedulingPolicy),
    ...setting("IOSchedulingClass", facts.ioSchedulingClass),
    ...setting("IOSchedulingPriority", facts.ioSchedulingPriority),
    ...setting("User", facts.user),
    ...setting("EnvironmentFile", facts.environmentFile),
    ...facts.environment.map((variable) => `Environment="${variable}"`),
    "",
  ].join("\n");
}

export function timerText(facts: UnitFacts): string {
  return [
    "[Unit]",
    `Description=${facts.timerDescription}`,
    "",
    "[Timer]",
    ...facts.onCalendar.map((time) => `OnCalendar=${time}`),
    `Unit=${facts.systemdProfile}`,
    "Persistent=true",
    "",
    "[Install]",
    "WantedBy=timers.target",
    "",
  ].join("\n");
}

function setting(name: string, value: string | number): string[] {
  return value === "" || value === 0 ? [] : [`${name}=${value}`];
}
