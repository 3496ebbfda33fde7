/** Commands that need the configuration: it is read, the word of the command line settled, the command called. */
import { refuseUnknownArguments } from "../cli/own_arguments.ts";
import { settleProfile } from "../cli/split_word.ts";
import type { Configuration } from "../config/configuration.ts";
import { readConfiguration } from "../config/load.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { isOwnCommand, type OwnCommandName } from "../schema/own_commands.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import { printProblems } from "./fail.ts";
import { type HeldTrace, holdTrace } from "../launch/buffered_trace.ts";

export async function performWithConfiguration(typed: Invocation, world: World): Promise<number> {
  if (typed.command === "validate") return await performValidate(typed, world);
  const trace = typed.flags.trace ? holdTrace() : undefined;
  const isJob = typed.command === "run-schedule" && !typed.flags.dryRun;
  const perform = () => loadAndPerform(typed, trace, world);
  try {
    return isJob ? await noted(typed, perform, world) : await perform();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { isAboutJobs, withLostConfiguration } = await import("./lost_configuration.ts");
    if (!isAboutJobs(typed.command)) throw error;
    return await withLostConfiguration(typed, error, world);
  } finally {
    trace?.passTo((text) => world.console.write("stderr", `${text}\n`)); // it did not come to a run
  }
}

/** Runs a job, and keeps for `status` how that went. */
async function noted(
  { flags, args }: Invocation,
  perform: () => Promise<number>,
  world: World,
): Promise<number> {
  const [{ parseJobId }, { lastRunFile }] = await Promise.all([
    import("../schedule/scheduled_job.ts"),
    import("../jobs/last_run.ts"),
  ]);
  const job = parseJobId(args[0] ?? "");
  const file = job && await lastRunFile(flags.config, job, world);
  const started = world.now();
  const write = (status?: number) =>
    file?.write({ started, end: status === undefined ? undefined : { at: world.now(), status } });
  write();
  let status: number = EXIT.failure;
  try {
    return status = await perform();
  } finally {
    write(status);
  }
}

async function loadAndPerform(typed: Invocation, trace: HeldTrace | undefined, world: World): Promise<number> {
  const { config, format } = typed.flags;
  const schedule = typed.command === "run-schedule" ? typed.args[0] : undefined;
  const configuration = await readConfiguration(world, {
    name: config,
    format,
    schedule,
    trace: trace?.tell,
  });
  const isKnown = (name: string) =>
    configuration.hasProfile(name) || configuration.groupNames().includes(name.toLowerCase());
  const settled = settleProfile(typed, isKnown);
  if (configuration.diagnostics.some(({ severity }) => severity === "error")) {
    const { allErrors } = await import("../launch/configuration_errors.ts");
    throw await allErrors(configuration, settled.profile);
  }
  const invocation = {
    ...settled,
    command: settled.command || configuration.global["default-command"] || GLOBAL_KEYS["default-command"].default,
  };
  if (!isOwnCommand(invocation.command)) {
    const { runRestic } = await import("./run_restic.ts");
    return await runRestic(invocation, configuration, world, trace);
  }
  return await performOwn(invocation.command, { invocation, configuration, world, trace });
}

/** It reads the configuration itself: errors are what it is asked for. */
async function performValidate(invocation: Invocation, world: World): Promise<number> {
  refuseUnknownArguments("validate", invocation);
  const { validate } = await import("./validate.ts");
  return await validate(invocation, world);
}

interface OwnCommandCall {
  readonly invocation: Invocation;
  readonly configuration: Configuration;
  readonly world: World;
  readonly trace: HeldTrace | undefined;
}

async function performOwn(
  command: OwnCommandName,
  { invocation, configuration, world, trace }: OwnCommandCall,
): Promise<number> {
  refuseUnknownArguments(command, invocation);
  if (command !== "validate") {
    printProblems(configuration.diagnostics, world);
  }
  switch (command) {
    case "profiles": {
      const { profiles } = await import("./profiles.ts");
      return profiles(invocation, configuration, world);
    }
    case "run-schedule": {
      const { runSchedule } = await import("./run_schedule.ts");
      return await runSchedule(invocation, configuration, world, trace);
    }
    case "schedule": {
      const { schedule } = await import("./schedule.ts");
      return await schedule(invocation, configuration, world);
    }
    case "status": {
      const { status } = await import("./status.ts");
      return await status(invocation, configuration, world);
    }
    case "unschedule": {
      const { unschedule } = await import("./unschedule.ts");
      return await unschedule(invocation, configuration, world);
    }
    case "show": {
      const { show } = await import("./show.ts");
      return await show(invocation, configuration, world);
    }
    case "validate":
      return await performValidate(invocation, world);
    default: {
      const { performWithoutConfiguration } = await import("./without_configuration.ts");
      return await performWithoutConfiguration(command, invocation, world);
    }
  }
}
