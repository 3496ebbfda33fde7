/** Status file and Prometheus, for each outcome that they are told of. What they cannot write is a warning, never a failure. */
import type { Tell } from "../model/event.ts";
import { reasonOf } from "../model/reason.ts";
import type { World } from "../platform/world.ts";
import { backupMetrics, labelProblems } from "./metrics.ts";
import { monitor, type Monitored } from "./monitored.ts";
import { writeMetrics } from "./prometheus_file.ts";
import { openStatusWriter } from "./status_writer.ts";

export interface MonitoringReports {
  readonly tell: Tell;
  /** Resolves when all status files are written and all metrics pushed, or could not be. */
  settle(): Promise<void>;
}

/** @param warn tells people what could not be done */
export function openMonitoring(world: World, warn: (text: string) => void): MonitoringReports {
  const pushes: Promise<void>[] = [];
  const status = openStatusWriter(world, warn);
  const report = (outcome: Monitored) => {
    const { statusFile } = outcome.job.monitoring;
    if (statusFile !== undefined) status.write(statusFile, outcome);
    if (outcome.section === "backup") pushes.push(reportMetrics(outcome, world, warn));
  };
  return {
    tell: monitor(report),
    async settle() {
      await Promise.all([status.settle(), ...pushes.splice(0)]);
    },
  };
}

/** The file is written when this returns; the push may take its time. */
function reportMetrics(outcome: Monitored, world: World, warn: (text: string) => void): Promise<void> {
  const { monitoring: { prometheusFile, prometheusPush, prometheusLabels }, http } = outcome.job;
  if (prometheusFile === undefined && prometheusPush === undefined) return Promise.resolve();
  labelProblems(prometheusLabels).forEach(warn);
  const metrics = backupMetrics(outcome);
  if (prometheusFile !== undefined) {
    attempt(`Cannot write metrics to ${prometheusFile}`, warn, () => {
      writeMetrics(prometheusFile, metrics, world);
    });
  }
  if (prometheusPush === undefined) return Promise.resolve();
  return import("./prometheus_push.ts")
    .then(({ pushMetrics }) => pushMetrics(prometheusPush, metrics, http, world, warn))
    .catch((error) => warn(reasonOf(error)));
}

function attempt(purpose: string, warn: (text: string) => void, action: () => void): void {
  try {
    action();
  } catch (error) {
    warn(`${purpose}: ${reasonOf(error)}`);
  }
}
