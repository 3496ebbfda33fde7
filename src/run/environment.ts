/** The environment of one step: read anew each time, because a hook may have changed a dotenv file for the next one. */
import { type Diagnostic, formatPosition } from "../model/diagnostic.ts";
import { rfc3339 } from "../model/local_time.ts";
import type { Step } from "../model/plan.ts";
import { childEnvironment } from "../platform/environment.ts";
import type { World } from "../platform/world.ts";
import { type RunContext, sayOnce } from "./context.ts";
import { errorVariables } from "./failure.ts";

export type Environment = Readonly<Record<string, string>>;

/**
 * Hooks get the time in NOW, unless that is somebody's own variable.
 * Without ERROR… variables of an outer run; with this run's, for shell hooks after a failure (HTTP hooks take them from
 * the failure itself).
 * @throws {Error} when a dotenv file cannot be read, but not for hooks that have to run whatever happened
 */
export function stepEnvironment(step: Step, context: RunContext): Environment {
  const { job, world, state } = context;
  const { variables, problems } = childEnvironment(job.environment, world);
  for (const problem of problems) {
    if (problem.severity === "error" && step.when === "success") throw new Error(textOf(problem));
    sayOnce(context, problem.severity, `profile '${job.profile}': ${textOf(problem)}`);
  }
  state.secrets.learn(variables);
  if (step.kind === "restic") return variables;
  const moment = withMoment(variables, world);
  const failed = step.kind === "shell" && step.when !== "success" && state.failure !== undefined;
  return failed ? { ...moment, ...errorVariables(state.failure!) } : moment;
}

/** What hooks get, with the time in NOW. */
export function withMoment(variables: Environment, world: World): Environment {
  return { NOW: rfc3339(world.now(), false), ...variables };
}

function textOf({ at, message }: Diagnostic): string {
  return at ? `${formatPosition(at)}: ${message}` : message;
}
