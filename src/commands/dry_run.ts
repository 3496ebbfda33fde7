/** `--dry-run`: what a job would do, shown instead of done. */
import { EXIT } from "../model/exit_status.ts";
import { masker } from "../model/mask.ts";
import type { HttpStep, Job } from "../model/plan.ts";
import { dryRunLines } from "../plan/dry_run.ts";
import { showPhase } from "../hooks/show.ts";
import type { World } from "../platform/world.ts";
import type { Report } from "../report/report.ts";

/** @returns the exit status */
export async function showDryRun(
  job: Job,
  environment: Readonly<Record<string, string>>,
  report: Report,
  world: World,
): Promise<number> {
  const { profile, command, http, workingDir, level } = job;
  const context = { profile, command, failure: undefined, environment, stdout: "", http, workingDir, level };
  const requests = new Map<HttpStep, string>();
  for (const step of job.steps) {
    if (step.kind === "http") requests.set(step, await showPhase(step, context, world));
  }
  const view = {
    environment,
    mask: masker(environment),
    showHttp: (step: HttpStep) => requests.get(step) ?? "",
  };
  for (const text of dryRunLines(job, view)) report.tell({ type: "message", at: world.now(), level: "info", text });
  return EXIT.success;
}
