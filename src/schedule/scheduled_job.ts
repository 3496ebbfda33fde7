/** What schedulers are asked to run, and what they say they run. */
import { cleanPath, isAbsolutePath, joinPath } from "../model/path.ts";
import type { CalendarEvent } from "./calendar/calendar_event.ts";

/** Whose scheduler runs a job: `system` as root, `user` as the user at any time, `user_logged_on` only in a session. */
export type Permission = "system" | "user" | "user_logged_on";

export interface JobName {
  /** The restic command. */
  readonly command: string;
  /** Of a profile or group. */
  readonly name: string;
}

/** A job to be made. */
export interface ScheduledJob extends JobName {
  /** As it was given or found: relative to `workingDir` if it is relative. */
  readonly configFile: string;
  /** For `--format`; undefined: the extension of the file tells it. */
  readonly configFormat: string | undefined;
  /** Absolute. */
  readonly workingDir: string;
  /** Absolute path of this program. */
  readonly program: string;
  /** One at least; each of them starts the job. */
  readonly events: readonly CalendarEvent[];
  readonly permission: Permission;
  /** The configuration leaves the permission open. */
  readonly permissionIsGuessed: boolean;
  readonly runLevel: "auto" | "lowest" | "highest";
  readonly priority: "standard" | "background";
  /** Of the program's own environment and the profile's: what the job will have too. Sorted by name. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly afterNetworkOnline: boolean;
  /** Absolute. */
  readonly dropInFiles: readonly string[];
  /** The schedule has a log of its own. */
  readonly hasLog: boolean;
  readonly hideWindow: boolean;
  readonly startWhenAvailable: boolean;
}

/** A job that a scheduler has. */
export interface RegisteredJob extends JobName {
  /** What the scheduler calls it. */
  readonly id: string;
  readonly configFile: string;
  /** Undefined: it is not known, and `configFile` is a text like any other. */
  readonly workingDir: string | undefined;
  readonly permission: Permission;
  /** Calendar expressions. */
  readonly times: readonly string[];
}

/** `COMMAND@NAME` */
export function jobId({ command, name }: JobName): string {
  return `${command}@${name}`;
}

/** Splits at the first `@`; undefined if a part is missing. */
export function parseJobId(text: string): JobName | undefined {
  const [, command, name] = /^([^@]+)@(.+)$/s.exec(text) ?? [];
  return command === undefined || name === undefined ? undefined : { command, name };
}

/** Names of profiles mean the same in any case of letters. */
export function isSameJob(one: JobName, other: JobName): boolean {
  return one.command === other.command && one.name.toLowerCase() === other.name.toLowerCase();
}

/** What the program is given, without its own path. */
export function jobArguments(
  job: Pick<ScheduledJob, "configFile" | "configFormat" | "command" | "name">,
): readonly string[] {
  const format = job.configFormat === undefined ? [] : ["--format", job.configFormat];
  return ["--no-ansi", "--config", job.configFile, ...format, "run-schedule", jobId(job)];
}

/** What a command line of a job says, as {@linkcode jobArguments} makes it; parts that it lacks are undefined. */
export interface JobArguments {
  readonly configFile: string | undefined;
  /** Behind `run-schedule`. */
  readonly name: JobName | undefined;
}

/** @param words with the program or without */
export function readJobArguments(words: readonly string[]): JobArguments {
  const id = wordBehind("run-schedule", words);
  return { configFile: wordBehind("--config", words), name: id === undefined ? undefined : parseJobId(id) };
}

/** Undefined if the word is not there, or is the last one. */
export function wordBehind(word: string, words: readonly string[]): string | undefined {
  const at = words.indexOf(word);
  return at < 0 ? undefined : words[at + 1];
}

export function jobDescription({ command, name, configFile }: ScheduledJob): string {
  return `resticprofile ${command} for profile ${name} in ${configFile}`;
}

/** The variable that tells a job's processes which job they belong to. */
export const SCHEDULE_ID_VARIABLE = "RESTICPROFILE_SCHEDULE_ID";

/** The value of {@linkcode SCHEDULE_ID_VARIABLE}. */
export function scheduleId(job: Pick<ScheduledJob, "configFile" | "command" | "name">): string {
  return `${job.configFile}:${jobId(job)}`;
}

/** By which configuration a job belongs to whom. */
export interface ConfigurationPlace {
  readonly configFile: string;
  readonly workingDir: string;
  readonly os: string;
}

/** Whether a job's configuration file is this one, wherever the two were called from. */
export function isOfConfiguration(
  { configFile, workingDir }: Pick<RegisteredJob, "configFile" | "workingDir">,
  place: ConfigurationPlace,
): boolean {
  const path = absoluteConfigFile({ configFile, workingDir }, place.os);
  return path === undefined ? configFile === place.configFile : path === absoluteConfigFile(place, place.os);
}

/** The configuration file of a job, cleaned; undefined: it is not known from where a relative path goes. */
export function absoluteConfigFile(
  { configFile, workingDir }: Pick<RegisteredJob, "configFile" | "workingDir">,
  os: string,
): string | undefined {
  if (workingDir === undefined && !isAbsolutePath(configFile, os)) return undefined;
  return absolute(configFile, workingDir ?? "/", os);
}

function absolute(file: string, folder: string, os: string): string {
  const slashed = (path: string) => os === "windows" ? path.replaceAll("\\", "/") : path;
  const path = slashed(file);
  return isAbsolutePath(path, os) ? cleanPath(path) : joinPath(slashed(folder), path);
}
