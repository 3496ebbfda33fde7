/** What monitoring is told of: outcomes of backup, check and retention, and backups that did not even start. */
import type { Failure, ResticOutcome, Tell } from "../model/event.ts";
import type { Job, ResticStep, Step } from "../model/plan.ts";

export interface Monitored {
  readonly job: Job;
  readonly section: NonNullable<ResticStep["report"]>;
  /** End of the step, in milliseconds since the epoch. */
  readonly at: number;
  readonly failure: Failure | undefined;
  /** Why it failed: `exit status 1` for restic itself, else with the name of what failed. */
  readonly error: string;
  readonly outcome: ResticOutcome;
}

/** A reader of one run's events after the other. */
export function monitor(report: (outcome: Monitored) => void): Tell {
  let backupPending = false;
  const notStarted = (job: Job, at: number, failure: Failure) => {
    backupPending = false;
    const { message: error, stderr } = failure;
    report({ job, section: "backup", at, failure, error, outcome: { ...NOTHING, stderr } });
  };
  return (event) => {
    switch (event.type) {
      case "run-started":
        backupPending = event.job.steps.some(isBackup);
        break;
      case "restic-ended": {
        const { job, step, at, failure, outcome } = event;
        if (step.report === undefined) break;
        if (step.report === "backup") backupPending = false;
        report({ job, section: step.report, at, failure, error: failure ? reasonIn(failure, step) : "", outcome });
        break;
      }
      case "step-ended":
      case "run-ended": {
        const fatal = event.type === "run-ended" || event.step.onError === "fail";
        if (backupPending && fatal && event.failure) notStarted(event.job, event.at, event.failure);
        break;
      }
    }
  };
}

/** A stdin-command has failed under a name of its own, behind that of the step. */
function reasonIn({ message, cause }: Failure, { stage }: ResticStep): string {
  const own = `${stage}: `;
  return message.startsWith(own) ? message.slice(own.length) : cause;
}

const NOTHING: ResticOutcome = { durationMs: 0, stderr: "", status: undefined, summary: undefined };

/** A run without such a step, as restic's own dry run, is none of monitoring's. */
function isBackup(step: Step): boolean {
  return step.kind === "restic" && step.report === "backup";
}
