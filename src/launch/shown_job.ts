/** `--dry-run`: what a job would do, shown instead of done. */
import { showPhase } from "../hooks/shown_hook.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import { masker } from "../model/mask.ts";
import type { HttpStep, Job, Step } from "../model/plan.ts";
import { dryRunLines } from "../plan/dry_run.ts";
import { childEnvironment } from "../platform/child_environment.ts";
import { homesInList, listFiles } from "../platform/listed_paths.ts";
import type { World } from "../platform/world.ts";
import { shownHooksText } from "../report/hook_lines.ts";
import { initText } from "../report/remark_lines.ts";
import { argumentProblem } from "../run/arguments.ts";
import { type StepEnvironment, withMoment } from "../run/step_environment.ts";
import { obstacleToInit } from "../run/new_repository.ts";
import { folderFailure } from "../run/run_job.ts";
import type { PlannedJob } from "../run/run_plan.ts";
import { judgeConditions } from "../run/conditions.ts";
import { findSource, sourceWords } from "../run/found_sources.ts";
import type { MessageTargets } from "./message_targets.ts";

/**
 * Also tells what would keep the job from starting.
 * @returns the exit status: then that of a run
 */
export async function showDryRun(
  { job, failure: planned }: PlannedJob,
  { say, diagnose, remark }: MessageTargets,
  world: World,
): Promise<number> {
  const verdict = await judgeConditions(job.conditions, remark, world);
  if (verdict.kind === "skipped") return verdict.exitStatus;
  const { variables: environment, problems } = childEnvironment(job.environment, world);
  problems.forEach(diagnose);
  const steps = job.steps.filter((step) => isPerformed(step, environment, diagnose, world))
    .map((step) => withLateRefusal(step, environment, diagnose, world));
  problemsOfLists(steps, world).forEach(diagnose);
  for (const line of await shownLines({ ...job, steps }, environment, diagnose, world)) say("info", line);
  const failure = (verdict.kind === "failed" ? verdict.failure : planned) ?? folderFailure(job, world);
  const isRefused = steps.some((step) => step.kind === "restic" && step.refusal !== undefined);
  if (failure === undefined) return isRefused || problems.some(isError) ? EXIT.failure : EXIT.success;
  diagnose({ code: "refused-run", severity: "error", message: failure.cause });
  return failure.exitStatus;
}

/** False for an `init` that a run leaves out; the reason is reported. */
function isPerformed(
  step: Step,
  environment: StepEnvironment,
  diagnose: MessageTargets["diagnose"],
  world: World,
): boolean {
  if (step.kind !== "restic" || step.newRepository === undefined) return true;
  const obstacle = obstacleToInit(step, environment, world);
  if (obstacle === undefined) return true;
  const { isAsked } = step.newRepository;
  diagnose({ code: "repository-init", severity: "warning", message: `${step.stage}: ${initText(obstacle, isAsked)}` });
  return isAsked;
}

/** What a run would refuse when the step starts. */
function withLateRefusal(
  step: Step,
  environment: StepEnvironment,
  diagnose: MessageTargets["diagnose"],
  world: World,
): Step {
  if (step.kind !== "restic" || step.refusal !== undefined) return step;
  const refusal = argumentProblem(step.args, environment, world);
  if (refusal === undefined) return step;
  diagnose({ code: "refused-run", severity: "error", message: `${step.stage}: ${refusal}` });
  return { ...step, refusal };
}

async function shownLines(
  job: Job,
  environment: StepEnvironment,
  diagnose: MessageTargets["diagnose"],
  world: World,
): Promise<readonly string[]> {
  const { profile, command, http, workingDir, level } = job;
  const settings = { profile, command, failure: undefined, stdout: "", http, workingDir, level };
  const context = { ...settings, environment: withMoment(environment, world) };
  const requests = new Map<HttpStep, string>();
  const told = new Set<string>();
  for (const step of job.steps) {
    if (step.kind === "http") requests.set(step, shownHooksText(await showPhase(step, context, world)));
  }
  return dryRunLines(job, {
    environment,
    sourceWords(source) {
      const { names, problem } = findSource(source, world);
      if (problem !== undefined && !told.has(problem.message)) diagnose(problem);
      if (problem !== undefined) told.add(problem.message);
      return sourceWords(names, source, world);
    },
    mask: masker(environment),
    showHttp: (step) => requests.get(step) ?? "",
  });
}

/** Of files that run-before does not make or change; a run looks when restic starts. */
function problemsOfLists(steps: readonly Step[], world: World): Diagnostic[] {
  return steps.flatMap((step) => {
    if (step.kind !== "restic") return [];
    const words = step.args.filter((argument) => typeof argument === "string");
    return listFiles(words).flatMap((list) => homesInList(list, step.workingDir, world));
  });
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}
