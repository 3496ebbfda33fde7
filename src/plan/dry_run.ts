/** What a run would do, a line for each process and request; steps for failures are left out, since nothing fails. */
import { formatCommandLine } from "../model/command_line.ts";
import { maskWords } from "../model/mask.ts";
import type { Argument, HttpStep, Job, LateSource, ResticStep } from "../model/plan.ts";
import { retryLockWords } from "../model/restic_locks.ts";
import { expandVariables } from "../template/expand_variables.ts";

export interface DryRunView {
  /** What restic and hooks would find; for variables in arguments. */
  readonly environment: Readonly<Record<string, string>>;
  /** The words of a source with wildcards. */
  readonly sourceWords: (source: LateSource) => readonly string[];
  /** Hides secrets in what is shown. */
  readonly mask: (text: string) => string;
  /** The requests of a phase as text. */
  readonly showHttp: (step: HttpStep) => string;
}

/** One text for each line of output, in the order of the run; requests may have several lines. */
export function dryRunLines(job: Job, view: DryRunView): string[] {
  return job.steps.filter(({ when }) => when !== "failure").flatMap((step) => {
    switch (step.kind) {
      case "shell":
        return [`dry-run: ${view.mask(step.line)}`];
      case "http":
        return [`dry-run: ${view.showHttp(step)}`];
      case "restic":
        if (step.refusal !== undefined) return [];
        return [...inputLines(step), resticLine(step, job, view)].map((line) => `dry-run: ${view.mask(line)}`);
      default:
        return step satisfies never;
    }
  });
}

function inputLines({ stdin }: ResticStep): readonly string[] {
  return stdin.from === "commands" ? stdin.lines : [];
}

function resticLine(step: ResticStep, job: Job, view: DryRunView): string {
  return formatCommandLine([step.program, ...shownArguments(step, job, view)]);
}

/** The words restic would get, masked. */
export function shownArguments({ args }: ResticStep, job: Job, view: Omit<DryRunView, "showHttp">): string[] {
  return maskWords(args.flatMap((argument) => shownWords(argument, job, view))).map(view.mask);
}

function shownWords(
  argument: Argument,
  { lockWaitMs, resticLocks }: Job,
  { environment, sourceWords }: Pick<DryRunView, "environment" | "sourceWords">,
): readonly string[] {
  if (typeof argument === "string") return [argument];
  switch (argument.late) {
    case "variables":
      return [expandVariables(argument.text, "option", (name) => environment[name])];
    case "repository-file":
      // the file would be there during the run alone: its content says more, and its password is masked
      return [`--${argument.flag.replace("repository-file", "repo")}=${argument.url.reveal()}`];
    case "retry-lock":
      return retryLockWords(lockWaitMs, resticLocks.retryAfterMs);
    case "source":
      return sourceWords(argument);
    default:
      return argument satisfies never;
  }
}
