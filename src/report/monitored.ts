/** What monitoring reports: the outcomes in the reports of jobs, each as soon as it is known. */
import type { Tell } from "../model/event.ts";
import type { Job } from "../model/plan.ts";
import type { JobId } from "../model/run_id.ts";
import { foldRun, type RunReport, type SectionReport } from "../model/run_report.ts";

export interface Monitored extends SectionReport {
  readonly id: JobId;
  readonly job: Job;
}

interface Followed {
  readonly job: Job;
  readonly report: RunReport;
}

/** A reader of the events of any jobs, also of several at the same time. */
export function monitor(tell: (outcome: Monitored) => void): Tell {
  const followed = new Map<JobId, Followed>();
  return (event) => {
    const { job: id } = event;
    if (id === undefined) return;
    const before = followed.get(id);
    const report = foldRun(before?.report, event);
    const job = event.type === "run-started" ? event.planned : before?.job;
    if (report === undefined || job === undefined) return;
    if (event.type === "run-ended") followed.delete(id);
    else followed.set(id, { job, report });
    for (const section of report.sections.slice(before?.report.sections.length ?? 0)) tell({ ...section, id, job });
  };
}
