/** Prometheus' text format 0.0.4. */
import type { Metric } from "./metrics.ts";

export const TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.map((metric) => {
    const { name, help, value } = metric;
    return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${seriesOf(metric)} ${formatNumber(value)}\n`;
  }).join("");
}

/** `name{label="value",…}` */
export function seriesOf({ name, labels }: Pick<Metric, "name" | "labels">): string {
  return `${name}{${labels.map(([label, text]) => `${label}="${escaped(text)}"`).join(",")}}`;
}

/** The shortest decimal that reads back as the same number, in Go's choice of forms: `96167`, `0.25`, `1e+06`, `2.96503738e+08`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
