/** The environment of one step: read anew each time, because a hook may have changed a dotenv file for the next one. */
import { type Diagnostic, formatPosition } from "../model/diagnostic.ts";
import { rfc3339 } from "../model/local_time.ts";
import type { Step } from "../model/plan.ts";
import { childEnvironment } from "../platform/child_environment.ts";
import type { World } from "../platform/world.ts";
import { diagnoseOnce, failureSoFar, type RunContext } from "./run_context.ts";
import { errorVariables } from "./failure.ts";

export type StepEnvironment = Readonly<Record<string, string>>;

/**
 * Hooks get the time in NOW, unless the user has a variable of that name.
 * Without ERROR… variables of an outer run; with this run's, for shell hooks after a failure (HTTP hooks take them from
 * the failure itself).
 * @throws {Error} when a dotenv file cannot be read, but not for hooks that have to run whatever happened
 */
export function stepEnvironment(step: Step, context: RunContext): StepEnvironment {
  const { job, world, state } = context;
  const { variables, problems } = childEnvironment(job.environment, world);
  for (const problem of problems) {
    if (problem.severity === "error" && step.when === "success") throw new Error(textOf(problem));
    diagnoseOnce(context, problem, true);
  }
  state.secrets.learn(variables);
  if (step.kind === "restic") return variables;
  const moment = withMoment(variables, world);
  const failure = step.kind === "shell" && step.when !== "success" ? failureSoFar(context) : undefined;
  return failure === undefined ? moment : { ...moment, ...errorVariables(failure) };
}

/** What hooks get, with the time in NOW. */
export function withMoment(variables: StepEnvironment, world: World): StepEnvironment {
  return { NOW: rfc3339(world.now(), false), ...variables };
}

function textOf({ at, message }: Diagnostic): string {
  return at ? `${formatPosition(at)}: ${message}` : message;
}
