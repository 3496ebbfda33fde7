/** The metrics of a backup for Prometheus, as data; all are gauges with the same labels. */
import { RESTIC_EXIT } from "../model/exit_status.ts";
import { type Labels, usableLabels } from "../model/metric_labels.ts";
import type { ResticOutcome, Summary } from "../model/outcome.ts";
import { VERSION } from "../model/product.ts";
import { RUNTIME } from "../platform/runtime.ts";
import type { Monitored } from "./monitored.ts";

/** One gauge with one value; names and labels sorted. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels: Labels;
  readonly value: number;
}

/** Sorted by name. Help texts never change: a folder of text files must not have two for one metric. */
export function backupMetrics(outcome: Monitored): readonly Metric[] {
  const labels = labelsOf(outcome);
  const { outcome: { durationMs, summary }, at } = outcome;
  const count = (key: keyof Summary) => summary?.[key] ?? 0;
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `resticprofile_backup_${name}`,
    help,
    labels,
    value,
  });
  const restic = outcome.job.monitoring.resticVersion ?? "";
  return [
    info("restic_build_info", "Version of restic.", [...labels, ["version", restic]]),
    gauge("added_bytes", "Bytes that the backup added to the repository, before compression.", count("bytesAdded")),
    gauge("added_bytes_packed", "Bytes that the backup added to the repository, as stored.", count("bytesAddedPacked")),
    gauge("dir_changed", "Directories that differ from the parent snapshot.", count("dirsChanged")),
    gauge("dir_new", "Directories that the parent snapshot does not have.", count("dirsNew")),
    gauge("dir_unmodified", "Directories equal to the parent snapshot's.", count("dirsUnmodified")),
    gauge("duration_seconds", "Seconds that the backup took.", Math.round(durationMs * 1e6) / 1e9),
    gauge("files_changed", "Files that differ from the parent snapshot.", count("filesChanged")),
    gauge("files_new", "Files that the parent snapshot does not have.", count("filesNew")),
    gauge("files_processed", "Files that the backup looked at.", count("filesTotal")),
    gauge("files_unmodified", "Files equal to the parent snapshot's.", count("filesUnmodified")),
    gauge("processed_bytes", "Bytes that the backup looked at.", count("bytesTotal")),
    gauge("status", "Result of the backup: 0 failure, 1 warning, 2 success.", statusOf(outcome)),
    gauge("time_seconds", "Unix time of the end of the last backup.", Math.floor(at / 1_000)),
    info("resticprofile_build_info", "Version of this program.", [
      ...labels,
      ["goversion", RUNTIME],
      ["version", VERSION],
    ]),
  ];
}

function info(name: string, help: string, labels: Labels): Metric {
  return { name, help, labels: sorted(labels), value: 1 };
}

function statusOf({ failure, outcome }: { failure: unknown; outcome: ResticOutcome }): number {
  if (outcome.status === RESTIC_EXIT.incomplete) return 1;
  return failure === undefined ? 2 : 0;
}

function labelsOf({ job }: Monitored): Labels {
  const labels = new Map([["profile", job.profile]]);
  if (job.group !== undefined) labels.set("group", job.group);
  for (const [name, value] of usableLabels(job.monitoring.prometheusLabels)) labels.set(name, value);
  return sorted([...labels]);
}

function sorted(labels: Labels): Labels {
  return [...labels].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
}
