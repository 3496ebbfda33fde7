/**
 * Jobs of a configuration file that is gone or cannot be read: the scheduler knows them all the same, and they go on failing
 * until they are removed.
 */
import { refuseUnknownArguments } from "../cli/own_arguments.ts";
import type { Configuration } from "../config/configuration.ts";
import { convertTable, unresolved } from "../config/values/convert_value.ts";
import { configurationNames, searchPlaces } from "../config/files/find_file.ts";
import { readConfiguration } from "../config/load.ts";
import { ConfigError } from "../model/diagnostic.ts";
import type { Invocation } from "../model/invocation.ts";
import { absoluteFrom, folderOf, joinPath } from "../model/path.ts";
import { unlessFileError } from "../platform/unless_file_error.ts";
import type { World } from "../platform/world.ts";
import { ScheduleError } from "../schedule/action.ts";
import type { OwnCommandName } from "../schema/own_commands.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import type { GlobalOptions } from "../schema/profile.ts";
import { printProblems } from "./fail.ts";
import { registeredJobs } from "../jobs/job_session.ts";

/** The commands that need no more of a configuration than its name. */
export function isAboutJobs(command: string): command is "status" | "unschedule" {
  return command === "status" || command === "unschedule";
}

/**
 * @param error why the configuration cannot be used
 * @throws {ConfigError} the same, when no scheduler has a job of it
 */
export async function withLostConfiguration(
  invocation: Invocation,
  error: ConfigError,
  world: World,
): Promise<number> {
  const lost = await findLost(invocation, world);
  if (lost === undefined) throw error;
  refuseUnknownArguments(invocation.command as OwnCommandName, invocation);
  for (const problem of error.diagnostics) {
    const told = { ...problem, severity: "warning", hint: "Its jobs are those that the scheduler has" } as const;
    printProblems([told], world);
  }
  if (invocation.command === "status") {
    const { status } = await import("./status.ts");
    return await status(invocation, lost, world);
  }
  const { unschedule } = await import("./unschedule.ts");
  return await unschedule(invocation, lost, world);
}

async function findLost({ flags }: Invocation, world: World): Promise<Configuration | undefined> {
  const paths = possiblePaths(flags, world);
  for (const scheduler of await possibleSchedulers(flags, paths[0]!, world)) {
    for (const path of paths) {
      const lost = lostConfiguration(path, { ...DEFAULTS, scheduler }, world);
      if ((await jobsOf(lost, world)).length > 0) return lost;
    }
  }
  return undefined;
}

async function jobsOf(configuration: Configuration, world: World): ReturnType<typeof registeredJobs> {
  try {
    return await registeredJobs(configuration, world);
  } catch (error) {
    if (error instanceof ScheduleError || error instanceof ConfigError) return [];
    throw error;
  }
}

/** All paths that the name can stand for, existing or not. */
function possiblePaths({ config: name, format }: Invocation["flags"], world: World): string[] {
  const names = [...format === undefined ? [] : [name], ...configurationNames(name)];
  return searchPlaces(name, world).flatMap((place) => names.map((file) => place === "" ? file : joinPath(place, file)));
}

/** What the file says if that much of it can be read; what it or another one beside it names; the usual one, and a crontab. */
async function possibleSchedulers(
  { config, format }: Invocation["flags"],
  path: string,
  world: World,
): Promise<string[]> {
  const written = await schedulerIn({ name: config, format }, world);
  const named = namedSchedulers(dirOf(path, world), world);
  return [...new Set([...written === undefined ? [] : [written], ...named, "auto", "crond"])];
}

/** Of one folder: a file that was renamed, or cannot be parsed, still names the table with its jobs. */
const MOST_NEIGHBOURS = 50;
const LONGEST_NEIGHBOUR = 2 ** 20;
const CONFIGURATION = /\.(?:conf|hcl|json|toml|ya?ml)$/;
const SCHEDULER = /\bscheduler["']?\s*[:=]\s*["']?([\w-]+(?::[^\s"',}]+)*)/g;

function namedSchedulers(folder: string, world: World): string[] {
  const names = unlessFileError(() => world.files.list(folder), []).filter((name) => CONFIGURATION.test(name));
  return names.sort().slice(0, MOST_NEIGHBOURS).flatMap((name) => {
    const text = unlessFileError(() => world.files.readRegular(joinPath(folder, name), LONGEST_NEIGHBOUR), "");
    return [...text.matchAll(SCHEDULER)].map(([, scheduler = ""]) => scheduler);
  });
}

async function schedulerIn(
  { name, format }: { readonly name: string; readonly format?: string | undefined },
  world: World,
): Promise<string | undefined> {
  try {
    return (await readConfiguration(world, { name, format })).global.scheduler;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function dirOf(path: string, { os, startDir }: World): string {
  return absoluteFrom(startDir, folderOf(path), os);
}

const DEFAULTS: GlobalOptions = convertTable(undefined, GLOBAL_KEYS, "global", unresolved(() => {}));

/** A configuration that has nothing in it. */
function lostConfiguration(path: string, global: GlobalOptions, world: World): Configuration {
  const nothing = () => Promise.reject(new Error("a lost configuration has no profiles"));
  return {
    path,
    format: "toml",
    isPipe: false,
    dir: dirOf(path, world),
    version: 2,
    global,
    globalWithout: () => ({ global, diagnostics: [] }),
    shownGlobal: () => global,
    globalNode: undefined,
    diagnostics: [],
    profileNames: () => [],
    groupNames: () => [],
    loadedGroup: () => undefined,
    isAliased: () => false,
    hasProfile: () => false,
    profile: nothing,
    outline: () => {
      throw new Error("a lost configuration has no profiles");
    },
    examine: nothing,
  };
}
