/** `--dry-run`: what a job would do, shown instead of done. */
import { EXIT } from "../model/exit_status.ts";
import { masker } from "../model/mask.ts";
import type { Job } from "../model/plan.ts";
import { dryRunLines } from "../plan/dry_run.ts";
import { showPhase } from "../hooks/show.ts";
import type { World } from "../platform/world.ts";
import type { Report } from "../report/report.ts";

/** @returns the exit status */
export function showDryRun(
  job: Job,
  environment: Readonly<Record<string, string>>,
  report: Report,
  world: World,
): number {
  const { profile, command, http } = job;
  const context = { profile, command, failure: undefined, environment, stdout: "", http };
  const view = {
    environment,
    mask: masker(environment),
    showHttp: (step: Parameters<typeof showPhase>[0]) => showPhase(step, context, world),
  };
  for (const text of dryRunLines(job, view)) report.tell({ type: "message", at: world.now(), level: "info", text });
  return EXIT.success;
}
