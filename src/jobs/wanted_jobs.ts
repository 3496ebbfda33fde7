/** From the schedules of a configuration to the jobs that they want. */
import type { Configuration } from "../config/configuration.ts";
import { isWord } from "../config/values/convert_value.ts";
import { formatOfExtension } from "../config/formats/format.ts";
import { nameMatcher } from "../platform/glob.ts";
import { type Node, nodeError } from "../config/nodes/node.ts";
import { scalarText } from "../config/nodes/scalars.ts";
import { groupSchedules, profileSchedules, type ScheduleEntry } from "../config/values/schedule_tables.ts";
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import { maskVariable } from "../model/mask.ts";
import { absoluteFrom } from "../model/path.ts";
import { planEnvironment } from "../plan/environment_plan.ts";
import { withEnv } from "../platform/derived_world.ts";
import { childEnvironment } from "../platform/child_environment.ts";
import type { World } from "../platform/world.ts";
import { ScheduleError } from "../schedule/action.ts";
import { parseCalendar } from "../schedule/calendar/calendar_event.ts";
import { jobId, type Permission, SCHEDULE_ID_VARIABLE, type ScheduledJob } from "../schedule/scheduled_job.ts";
import { settledPermission, type WantedPermission } from "../schedule/job_user.ts";
import type { KeyDefinition } from "../schema/key.ts";
import type { Profile } from "../schema/profile.ts";
import { CAPTURED_BY_DEFAULT, SCHEDULE_TABLE } from "../schema/schedule_keys.ts";
import { unreadableTimes } from "./unusable_schedules.ts";

/** A schedule of the configuration, and whom it is for. */
export interface WantedJob {
  readonly command: string;
  /** In lower case: names mean the same in any. */
  readonly name: string;
  readonly options: ScheduleEntry["options"];
  /** Where its times are written. */
  readonly timesNode: Node | undefined;
  /** Undefined for a group. */
  readonly profile: Profile | undefined;
  /** Undefined: the scheduler decides. */
  readonly permission: Permission | undefined;
  /** Why it is refused: words without a meaning. */
  readonly faults: readonly Diagnostic[];
}

export interface WantedJobs {
  readonly jobs: readonly WantedJob[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Sorted by command.
 * @returns undefined when there is no profile or group of that name
 * @throws {ConfigError} when it cannot be read
 */
export async function wantedJobs(name: string, configuration: Configuration): Promise<WantedJobs | undefined> {
  if (configuration.hasProfile(name)) {
    const loaded = await configuration.profile(name);
    const jobs = profileSchedules(loaded, configuration).map((entry) => wantedJob(entry, name, loaded.profile));
    return { jobs, diagnostics: loaded.diagnostics };
  }
  const loaded = configuration.loadedGroup(name);
  return loaded && {
    jobs: groupSchedules(loaded, configuration).map((entry) => wantedJob(entry, name, undefined)),
    diagnostics: loaded.diagnostics,
  };
}

function wantedJob(entry: ScheduleEntry, name: string, profile: Profile | undefined): WantedJob {
  const { command, options, nodeOf } = entry;
  const permission = settledPermission(options.permission as WantedPermission);
  return {
    command,
    name: name.toLowerCase(),
    options,
    timesNode: nodeOf("at"),
    profile,
    permission,
    faults: unknownWords(entry),
  };
}

/** A job with another permission than the intended one would run as another user. @throws {ConfigError} */
export function refuseUnknownWords(entry: ScheduleEntry): void {
  const problems = unknownWords(entry);
  if (problems.length > 0) throw new ConfigError(problems);
}

function unknownWords({ nodeOf }: ScheduleEntry): Diagnostic[] {
  return (["permission", "run-level", "priority", "lock-mode"] as const).flatMap((key) => {
    const node = nodeOf(key);
    const word = node?.kind === "scalar" ? scalarText(node.value) : "";
    const { words = [] }: KeyDefinition = SCHEDULE_TABLE[key];
    if (node === undefined || word === "" || isWord(word, SCHEDULE_TABLE[key])) return [];
    return [
      nodeError(
        node,
        "schedule-setting",
        `Cannot use "${word}" as the ${key} of a schedule`,
        `Use ${words.join(", ")}`,
      ),
    ];
  });
}

/**
 * @param permission what the scheduler settled
 * @throws {ConfigError} for a calendar expression that cannot be read
 * @throws {ScheduleError} for a pattern that cannot be read
 */
export function scheduledJob(
  { command, name, options, timesNode, profile, permission: wanted }: WantedJob,
  permission: Permission,
  { path, format }: Configuration,
  world: World,
): ScheduledJob {
  const faults = unreadableTimes(timesNode);
  if (faults.length > 0) {
    const prefix = `Cannot use the schedule of ${jobId({ command, name })}`;
    throw new ConfigError(faults.map((fault) => ({ ...fault, message: `${prefix}: ${fault.message}` })));
  }
  return {
    command,
    name,
    configFile: path,
    configFormat: formatOfExtension(path) === format ? undefined : format,
    workingDir: world.startDir,
    program: world.executable.replaceAll("/./", "/"), // as it was called: links are not resolved
    events: options.at.map(parseCalendar),
    permission,
    permissionIsGuessed: wanted === undefined,
    runLevel: options["run-level"] as ScheduledJob["runLevel"],
    priority: options.priority.toLowerCase() as ScheduledJob["priority"],
    environment: captured(options["capture-environment"] ?? CAPTURED_BY_DEFAULT, profile, command, world),
    afterNetworkOnline: options["after-network-online"] ?? false,
    dropInFiles: (options["systemd-drop-in-files"] ?? []).map((file) => absoluteFrom(world.startDir, file, world.os)),
    hasLog: Boolean(options.log),
    hideWindow: options["hide-window"],
    startWhenAvailable: options["start-when-available"],
  };
}

/** @throws {ScheduleError} that names what is read */
function readable<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ScheduleError(`Cannot use ${what}: ${error.message}`);
  }
}

/** Sorted by name. @throws {ScheduleError} */
function captured(
  patterns: readonly string[],
  profile: Profile | undefined,
  command: string,
  world: World,
): (readonly [name: string, value: string])[] {
  const matchers = patterns.map((pattern) => readable("capture-environment", () => nameMatcher(pattern)));
  const { variables, own } = variablesOf(profile, command, world);
  return Object.entries(variables).filter(([name, value]) =>
    name !== SCHEDULE_ID_VARIABLE && matchers.some((matcher) => matcher.test(name)) &&
    !(own.has(name) && maskVariable(name, value) !== value) // a secret that each run reads anyway
  ).sort(([one], [other]) => one < other ? -1 : 1);
}

interface Variables {
  readonly variables: Readonly<Record<string, string>>;
  /** Names of those that the profile sets itself. */
  readonly own: ReadonlySet<string>;
}

function variablesOf(profile: Profile | undefined, command: string, world: World): Variables {
  if (profile === undefined) return { variables: world.env, own: new Set() };
  const plan = { ...planEnvironment(profile, command, world.os), fixed: [] };
  const own = childEnvironment(plan, withEnv(world, {})).variables;
  return { variables: childEnvironment(plan, world).variables, own: new Set(Object.keys(own)) };
}
