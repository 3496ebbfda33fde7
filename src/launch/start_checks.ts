/** What a start asks of the machine before restic runs: power, memory, restic itself. Only commands that run restic ask. */
import type { Configuration } from "../config/configuration.ts";
import { isNull } from "../config/nodes/node.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Flags } from "../model/invocation.ts";
import { withEnv } from "../platform/derived_world.ts";
import type { World } from "../platform/world.ts";
import { checkBattery } from "../run/machine/power_supply.ts";
import { findRestic, type ResticProgram } from "../run/machine/find_restic.ts";
import { availableMemory } from "../run/machine/memory.ts";
import type { StartFailure } from "../run/run_job.ts";
import type { MessageTargets, Say } from "./message_targets.ts";
import { resticProblems, resticSettings } from "./restic_settings.ts";

const MEGABYTE = 2 ** 20;

export interface Start {
  readonly restic: ResticProgram;
  /** Nothing can run; the jobs still tell whoever waits for them. */
  readonly failure: StartFailure | undefined;
}

/** @returns true when this run is to be skipped, without any hook: the machine runs on battery */
export async function isSkippedOnBattery(flags: Flags, say: Say, world: World): Promise<boolean> {
  if (flags.ignoreOnBattery === 0) return false;
  const { skip, message } = await checkBattery(flags.ignoreOnBattery, world);
  if (message !== undefined) say(skip ? "warning" : "info", message);
  return skip;
}

/** Memory first, then restic: the order decides the exit status when both are missing. */
export async function checkStart(
  configuration: Configuration,
  { say, diagnose }: MessageTargets,
  world: World,
): Promise<Start> {
  const { global } = configuration;
  const shortage = await lackOfMemory(configuration, say, world);
  const restic = await findRestic(resticSettings(global), world);
  resticProblems(restic, configuration).forEach(diagnose);
  if (restic.path !== undefined) say("debug", `restic ${restic.version ?? "of unknown version"} at ${restic.path}`);
  return { restic, failure: shortage ?? failureOf(restic) };
}

function failureOf({ path, failure }: ResticProgram): StartFailure | undefined {
  if (path === undefined) return MISSING_RESTIC;
  return failure === undefined ? undefined : { cause: failure, exitStatus: EXIT.failure };
}

/** A restic that only the PATH of a profile's `env` has, where the tool itself finds none. */
export async function startWithPath(
  env: World["env"],
  start: Start,
  { global }: Configuration,
  world: World,
): Promise<Start> {
  if (start.restic.path !== undefined || env.PATH === world.env.PATH) return start;
  const restic = await findRestic(resticSettings(global), withEnv(world, env));
  const isMissing = start.failure === MISSING_RESTIC && restic.path === undefined;
  return { restic, failure: start.failure !== MISSING_RESTIC || isMissing ? start.failure : undefined };
}

const MISSING_RESTIC: StartFailure = {
  cause: "Cannot find restic: install it, or set restic-binary in the global section",
  exitStatus: EXIT.resticNotFound,
};

/** Too little for what the configuration asks stops a run; the default is a guess, and restic may well do with less. */
async function lackOfMemory(
  { global, globalNode }: Configuration,
  say: Say,
  world: World,
): Promise<StartFailure | undefined> {
  const wanted = global["min-memory"];
  if (wanted <= 0) return undefined;
  const bytes = await availableMemory(world);
  if (bytes === undefined) return undefined;
  const available = Math.floor(bytes / MEGABYTE);
  say("debug", `available memory: ${available} MB`);
  if (available >= wanted) return undefined;
  if (isNull(globalNode?.entries.get("min-memory"))) {
    const advice = "write min-memory = 0 in the global section to switch this warning off";
    say("warning", `There are ${available} MB of available memory, restic often needs ${wanted} MB: ${advice}`);
    return undefined;
  }
  const cause = `Cannot start with ${available} MB of available memory: min-memory wants ${wanted} MB`;
  return { cause, exitStatus: EXIT.lowMemory };
}
