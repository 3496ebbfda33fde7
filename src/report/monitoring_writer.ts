/** Status file and Prometheus, for each outcome that they report. What cannot be written is a warning, never a failure. */
import type { Tell } from "../model/event.ts";
import { reasonOf } from "../model/reason.ts";
import type { JobId } from "../model/run_id.ts";
import type { World } from "../platform/world.ts";
import { backupMetrics, type Metric } from "./metrics.ts";
import { labelProblems } from "../model/metric_labels.ts";
import { monitor, type Monitored } from "./monitored.ts";
import { writeMetrics } from "./prometheus_file.ts";
import { openSharedWriter, type SharedWriter } from "./shared_writer.ts";
import { writeStatus } from "./status_file.ts";

export interface MonitoringReports {
  readonly tell: Tell;
  /** Resolves when all status files are written and all metrics pushed, or could not be. */
  settle(): Promise<void>;
}

/** @param warn tells people what could not be done of what a job is to report */
export function openMonitoring(world: World, warn: (text: string, job: JobId) => void): MonitoringReports {
  const pushes: Promise<void>[] = [];
  const { files } = world;
  const status = openSharedWriter<Monitored>(
    "Cannot write the status file",
    (path, outcomes) => writeStatus(path, outcomes, files),
    world,
  );
  const metrics = openSharedWriter<readonly Metric[]>(
    "Cannot write metrics to",
    (path, all) => writeMetrics(path, all, files),
    world,
  );
  const report = (outcome: Monitored) => {
    const { statusFile } = outcome.job.monitoring;
    const warnOf = (text: string) => warn(text, outcome.id);
    if (statusFile !== undefined) status.write(statusFile, outcome, warnOf);
    if (outcome.section === "backup") pushes.push(reportMetrics(outcome, metrics, world, warnOf));
  };
  return {
    tell: monitor(report),
    async settle() {
      await Promise.all([status.settle(), metrics.settle(), ...pushes.splice(0)]);
    },
  };
}

/** The push may take its time. */
function reportMetrics(
  outcome: Monitored,
  file: SharedWriter<readonly Metric[]>,
  world: World,
  warn: (text: string) => void,
): Promise<void> {
  const { monitoring: { prometheusFile, prometheusPush, prometheusLabels }, http } = outcome.job;
  if (prometheusFile === undefined && prometheusPush === undefined) return Promise.resolve();
  labelProblems(prometheusLabels).forEach(warn);
  const metrics = backupMetrics(outcome);
  if (prometheusFile !== undefined) file.write(prometheusFile, metrics, warn);
  if (prometheusPush === undefined) return Promise.resolve();
  return import("./prometheus_push.ts")
    .then(({ pushMetrics }) => pushMetrics(prometheusPush, metrics, http, world, warn))
    .catch((error) => warn(reasonOf(error)));
}
