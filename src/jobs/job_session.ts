/** What the commands about jobs share: the scheduler of the configuration, and how they tell what happens. */
import { isTrueOption } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { ConfigError, type Diagnostic, type Position } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { FileError, type World } from "../platform/world.ts";
import { findProgram, pathFolders } from "../run/machine/find_program.ts";
import { type Action, ScheduleError } from "../schedule/action.ts";
import { applyActions } from "../schedule/apply_actions.ts";
import { chooseScheduler } from "../schedule/scheduler_choice.ts";
import {
  type ConfigurationPlace,
  isOfConfiguration,
  type JobName,
  type RegisteredJob,
} from "../schedule/scheduled_job.ts";
import { openScheduler } from "../schedule/open_scheduler.ts";
import { previewActions } from "../schedule/action_preview.ts";
import { type Scheduler, sortedJobs } from "../schedule/scheduler.ts";
import { isBooted } from "../schedule/systemd/systemctl.ts";
import { type MessageTargets, type Say, withReport } from "../launch/message_targets.ts";
import { type StrayJobs, strayJobs, strayText } from "./stray_jobs.ts";
import { unknownScheduler } from "./unusable_schedules.ts";
import { unitSettings } from "./unit_templates.ts";

export interface JobSession extends MessageTargets {
  readonly scheduler: Scheduler;
  readonly warn: (text: string) => void;
  /** For the user, whatever the log level is. */
  readonly show: (text: string) => void;
  /** Nothing is changed: `apply` shows what it would do. */
  readonly isDry: boolean;
  /** @throws {ScheduleError} */
  readonly apply: (actions: readonly Action[]) => Promise<void>;
  /** Jobs of this configuration file, sorted by name and command. @throws {ScheduleError} */
  readonly registered: () => Promise<readonly RegisteredJob[]>;
  /** Jobs of other files. @throws {ScheduleError} */
  readonly strays: () => Promise<readonly StrayJobs[]>;
}

/** @returns the exit status: what `work` gives, or failure with its reason told */
export async function withJobSession(
  invocation: Invocation,
  configuration: Configuration,
  world: World,
  work: (session: JobSession) => Promise<number>,
): Promise<number> {
  return await withReport(invocation, undefined, world, async (telling) => {
    try {
      const session = await openSession(invocation, configuration, telling, world);
      return await work(session);
    } catch (error) {
      explainFailure(error, telling);
      return EXIT.failure;
    }
  });
}

async function openSession(
  invocation: Invocation,
  configuration: Configuration,
  telling: MessageTargets,
  world: World,
): Promise<JobSession> {
  const show = (text: string) => world.console.write("stdout", text);
  const warn = (message: string) => telling.diagnose({ code: "schedule-job", severity: "warning", message });
  const isDry = changesJobs(invocation) && (invocation.flags.dryRun || isTrueOption(invocation.args, "dry-run"));
  const scheduler = await schedulerOf(configuration, telling.say, world);
  const place = placeOf(configuration, world);
  let listed: readonly RegisteredJob[] | undefined;
  return {
    ...telling,
    scheduler,
    warn,
    show,
    isDry,
    async apply(actions) {
      if (!isDry) return await applyActions(actions, world, { show, warn });
      for (const text of await previewActions(actions)) show(`dry-run: ${text}\n`);
    },
    async registered() {
      const { jobs, warnings } = await scheduler.list();
      warnings.forEach(warn);
      listed = jobs;
      return sortedJobs(jobs.filter((job) => isOfConfiguration(job, place)));
    },
    strays: async () => strayJobs(listed ?? (await scheduler.list()).jobs, place, world),
  };
}

function placeOf({ path }: Configuration, world: World): ConfigurationPlace {
  return { configFile: path, workingDir: world.startDir, os: world.os };
}

/**
 * What the scheduler of a configuration has of it, whatever is wrong elsewhere.
 * @throws {ScheduleError | ConfigError}
 */
export async function registeredJobs(configuration: Configuration, world: World): Promise<readonly RegisteredJob[]> {
  const { jobs } = await (await schedulerOf(configuration, () => {}, world)).list();
  return jobs.filter((job) => isOfConfiguration(job, placeOf(configuration, world)));
}

/** Tells of jobs beside those of this configuration that go on without a configuration file. @param all in other folders, too, and those with one */
export async function tellStrays({ strays, warn, say }: JobSession, all: boolean): Promise<void> {
  for (const stray of await strays()) {
    if (stray.isGone && (stray.isBeside || all)) warn(strayText(stray));
    else if (stray.isBeside && all) say("info", strayText(stray));
  }
}

/** A dry run of `status` is the same as any other. */
function changesJobs({ command }: Invocation): boolean {
  return command !== "status";
}

async function schedulerOf(configuration: Configuration, say: Say, world: World): Promise<Scheduler> {
  const { global } = configuration;
  const wanted = global.scheduler ?? "";
  const choice = chooseScheduler(wanted, world.os, () => systemdRuns(world));
  if (choice === undefined) throw new ConfigError([unknownScheduler(configuration, world.os)]);
  if (["", "auto"].includes(wanted.trim())) say("debug", `scheduler: ${choice.name}`);
  return openScheduler(choice, await unitSettings(global, world), world);
}

/** `systemctl` alone does not tell: containers and machines with another init have it too. */
export function systemdRuns(world: World): boolean {
  return isBooted(world.files) && findProgram("systemctl", pathFolders(world), world) !== undefined;
}

/**
 * Tells what keeps a command from its work; anything unexpected is thrown again.
 * @param prefix what could not be done; reasons that name it already do not get it
 * @param at where it is written, for reasons without a place
 */
export function explainFailure(error: unknown, { diagnose }: MessageTargets, prefix?: string, at?: Position): void {
  for (const problem of problemsOf(error)) {
    const isNamed = prefix === undefined || problem.message.includes(prefix.split(" ").at(-1)!);
    const message = isNamed ? problem.message : `${prefix}: ${problem.message}`;
    diagnose({ ...problem, message, at: problem.at ?? at });
  }
}

function problemsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof ConfigError) return error.diagnostics;
  if (error instanceof ScheduleError) return [{ code: "schedule-job", severity: "error", message: error.message }];
  if (error instanceof FileError) {
    return [{ code: "unreadable-file", severity: "error", message: `Cannot read ${error.path}: ${error.message}` }];
  }
  throw error;
}

/** With `--all` every job, else those of the selected profile or group. */
export function ofSelection<T extends JobName>(jobs: readonly T[], { args, profile }: Invocation): readonly T[] {
  if (isTrueOption(args, "all")) return jobs;
  return jobs.filter(({ name }) => name.toLowerCase() === profile.toLowerCase());
}
