/** Which restic a run uses, and why it cannot start without one. Only commands that run restic ask. */
import type { Configuration } from "../config/configuration.ts";
import { EXIT } from "../model/exit_status.ts";
import type { StartFailure } from "../model/outcome.ts";
import { withEnv } from "../platform/derived_world.ts";
import type { World } from "../platform/world.ts";
import { findRestic, type ResticProgram } from "../run/machine/find_restic.ts";

import type { MessageTargets } from "./message_targets.ts";
import { resticProblems, resticSettings } from "./restic_settings.ts";

export interface Start {
  readonly restic: ResticProgram;
  /** Nothing can run; the jobs still send their failure. */
  readonly failure: StartFailure | undefined;
}

export async function checkStart(
  configuration: Configuration,
  { say, diagnose }: MessageTargets,
  world: World,
): Promise<Start> {
  const { global } = configuration;
  const restic = await findRestic(resticSettings(global), world);
  resticProblems(restic, configuration).forEach(diagnose);
  if (restic.path !== undefined) say("debug", `restic ${restic.version ?? "of unknown version"} at ${restic.path}`);
  return { restic, failure: failureOf(restic) };
}

function failureOf({ path, failure }: ResticProgram): StartFailure | undefined {
  if (path === undefined) return MISSING_RESTIC;
  return failure === undefined ? undefined : { kind: "restic", cause: failure, exitStatus: EXIT.failure };
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
  kind: "restic-missing",
  cause: "Cannot find restic: install it, or set restic-binary in the global section",
  exitStatus: EXIT.resticNotFound,
};
