/** What the commands about jobs share: the scheduler of the configuration, and how they tell what happens. */
import { hasOption, operandsOf, unknownOptions } from "../cli/options.ts";
import type { Configuration } from "../config/configuration.ts";
import { ConfigError, type Diagnostic, formatDiagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { FileError, type World } from "../platform/world.ts";
import { findProgram, pathFolders } from "../run/machine/find_program.ts";
import { type Action, ScheduleError } from "../schedule/action.ts";
import { applyActions } from "../schedule/apply.ts";
import { chooseScheduler } from "../schedule/choice.ts";
import { isOfConfiguration, type RegisteredJob } from "../schedule/job.ts";
import { openScheduler } from "../schedule/open.ts";
import { type Scheduler, sortedJobs } from "../schedule/scheduler.ts";
import { isBooted } from "../schedule/systemctl.ts";
import { ownCommand, type OwnCommandName } from "../schema/commands.ts";
import { type Say, withReport } from "./messages.ts";
import { unknownScheduler } from "./schedule_problems.ts";
import { unitSettings } from "./unit_templates.ts";

export interface JobSession {
  readonly scheduler: Scheduler;
  readonly say: Say;
  readonly warn: (text: string) => void;
  /** For the user, whatever the log level is. */
  readonly show: (text: string) => void;
  /** @throws {ScheduleError} */
  readonly apply: (actions: readonly Action[]) => Promise<void>;
  /** Jobs of this configuration file, sorted by name and command. @throws {ScheduleError} */
  readonly registered: () => Promise<readonly RegisteredJob[]>;
}

/** @returns the exit status: what `work` gives, or failure with its reason told */
export async function withJobSession(
  invocation: Invocation,
  configuration: Configuration,
  world: World,
  work: (session: JobSession) => Promise<number>,
): Promise<number> {
  return await withReport(invocation, undefined, world, async (_, say) => {
    try {
      const session = await openSession(configuration, say, world);
      unusedArguments(invocation).forEach((argument) => session.warn(`"${argument}" has no effect`));
      return await work(session);
    } catch (error) {
      explainFailure(error, say);
      return EXIT.failure;
    }
  });
}

function unusedArguments({ command, args }: Invocation): string[] {
  const { options } = ownCommand(command as OwnCommandName);
  return [...unknownOptions(args, options), ...operandsOf(args, options)];
}

async function openSession(configuration: Configuration, say: Say, world: World): Promise<JobSession> {
  const show = (text: string) => world.console.write("stdout", text);
  const warn = (message: string) => say("warning", formatDiagnostic({ severity: "warning", message }));
  const scheduler = await schedulerOf(configuration, say, world);
  const place = { configFile: configuration.path, workingDir: world.startDir, os: world.os };
  return {
    scheduler,
    say,
    warn,
    show,
    apply: (actions) => applyActions(actions, world, { show, warn }),
    async registered() {
      const { jobs, warnings } = await scheduler.list();
      warnings.forEach(warn);
      return sortedJobs(jobs.filter((job) => isOfConfiguration(job, place)));
    },
  };
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
function systemdRuns(world: World): boolean {
  return isBooted(world.files) && findProgram("systemctl", pathFolders(world), world) !== undefined;
}

/** Tells what keeps a command from its work; anything unexpected is thrown again. */
export function explainFailure(error: unknown, say: Say): void {
  for (const problem of problemsOf(error)) say(problem.severity, formatDiagnostic(problem));
}

function problemsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof ConfigError) return error.diagnostics;
  if (error instanceof ScheduleError) return [{ severity: "error", message: error.message }];
  if (error instanceof FileError) {
    return [{ severity: "error", message: `Cannot read ${error.path}: ${error.message}` }];
  }
  throw error;
}

/** With `--all` every job, else those of the selected profile or group. */
export function ofSelection(jobs: readonly RegisteredJob[], { args, profile }: Invocation): readonly RegisteredJob[] {
  if (hasOption(args, "all")) return jobs;
  return jobs.filter(({ name }) => name.toLowerCase() === profile.toLowerCase());
}
