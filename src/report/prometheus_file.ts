/**
 * A file of metrics that several profiles may write, for node exporter's textfile collector. It reads one help text for each
 * metric and drops what has another one, so all series of a metric stay below one comment, ours.
 */
import type { Labels } from "../model/metric_labels.ts";
import type { Metric } from "./metrics.ts";
import { formatNumber, seriesOf } from "./prometheus.ts";
import { replaceFile } from "../platform/replace_file.ts";
import type { Files } from "../platform/world.ts";
import { type FileChange, whileLocked } from "./shared_file.ts";

/** A metric of the file: its comments, and a line for each series. */
interface Family {
  readonly comments: readonly string[];
  readonly series: readonly string[];
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?[ \t]+\S+[ \t]*(?:\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
/** Labels that change with every upgrade. */
const VERSIONS: ReadonlySet<string> = new Set(["version", "goversion"]);

/**
 * Puts metrics into a file, which is made with its folders and replaced as a whole.
 * @throws {FileError} when it cannot be written
 */
export function writeMetrics(path: string, all: readonly (readonly Metric[])[], files: Files): FileChange {
  return whileLocked(path, "", files, () => {
    const text = all.reduce(
      (before, metrics) => mergedText(metrics, before),
      new TextDecoder().decode(files.read(path)),
    );
    replaceFile(files, path, text);
  });
}

/**
 * The text of a file with these metrics and, as they were, the series of other profiles and hosts, and other programs' metrics.
 *
 * @param before what the file holds; lines that are not Prometheus' text format are dropped
 */
export function mergedText(metrics: readonly Metric[], before: string): string {
  const own = labelsThatTell(metrics[0]?.labels ?? []);
  const found = familiesIn(before);
  const ours = metrics.map((metric) => {
    const others = (found.get(metric.name)?.series ?? []).filter((line) => isAnothers(line, own));
    found.delete(metric.name);
    return {
      comments: [`# HELP ${metric.name} ${metric.help}`, `# TYPE ${metric.name} gauge`],
      series: [...others, `${seriesOf(metric)} ${formatNumber(metric.value)}`].sort(),
    };
  });
  const lines = [...ours, ...found.values()].flatMap(({ comments, series }) => [...comments, ...series]);
  return lines.map((line) => `${line}\n`).join("");
}

function familiesIn(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let comments: string[] = [];
  for (const line of text.split("\n")) {
    if (/^# (?:HELP|TYPE) /.test(line)) comments.push(line);
    const name = SAMPLE.exec(line)?.[1];
    if (name === undefined) continue;
    const family = families.get(name) ?? { comments, series: [] };
    families.set(name, { ...family, series: [...family.series, line] });
    comments = [];
  }
  return families;
}

function labelsThatTell(labels: Labels): ReadonlyMap<string, string> {
  return new Map(labels.filter(([name]) => !VERSIONS.has(name)));
}

/** Whether some label that both have differs: another profile, another host. */
function isAnothers(line: string, own: ReadonlyMap<string, string>): boolean {
  const labels = [...(SAMPLE.exec(line)?.[2] ?? "").matchAll(LABEL)];
  return labels.some(([, name = "", value = ""]) => own.has(name) && own.get(name) !== unescaped(value));
}

function unescaped(text: string): string {
  return text.replace(/\\([\\"n])/g, (_, character: string) => character === "n" ? "\n" : character);
}
