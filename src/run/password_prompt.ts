/** A restic that asks for a password: where its question is seen, and whether it went unanswered. */
import { asksForPassword } from "../model/password_source.ts";
import type { ResticStep } from "../model/plan.ts";
import type { RunContext } from "./run_context.ts";
import type { StepEnvironment } from "./step_environment.ts";

/** From 0.17 on, before 0.19, restic asks only where its standard error is the terminal. */
const ASKS_AT_ERRORS = /^0\.1[78](?:\.|$)/;
const UNANSWERED = /empty password|unable to read password/i;

/**
 * Whether restic needs the terminal as its standard error, which then cannot be read. The `init` of `initialize`, whose standard
 * error is not shown, needs it with every version.
 */
export function needsTerminal(
  step: ResticStep,
  words: readonly string[],
  environment: StepEnvironment,
  { world, job }: RunContext,
): boolean {
  const { stdinIsTerminal, stderrIsTerminal } = world.console;
  if (!stdinIsTerminal || !stderrIsTerminal || step.stdin.from !== "tool") return false;
  if (!step.quiet && !ASKS_AT_ERRORS.test(job.monitoring.resticVersion ?? "")) return false;
  return asksForPassword({ command: step.command, words: words.slice(1), environment });
}

/** Whether restic has failed because it got no password. */
export function lacksPassword(
  step: ResticStep,
  words: readonly string[],
  environment: StepEnvironment,
  stderr: string,
): boolean {
  return UNANSWERED.test(stderr) && asksForPassword({ command: step.command, words: words.slice(1), environment });
}
