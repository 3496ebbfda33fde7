import { assertEquals } from "@std/assert";
import { VERSION } from "../../src/model/product.ts";
import { RUNTIME } from "../../src/platform/runtime.ts";
import { labelProblems } from "../../src/model/metric_labels.ts";
import { backupMetrics } from "../../src/report/metrics.ts";
import type { Monitored } from "../../src/report/monitored.ts";
import { formatNumber, prometheusText } from "../../src/report/prometheus.ts";
import { prometheusProtobuf } from "../../src/report/prometheus_protobuf.ts";
import { job } from "../support/job.ts";

type Labels = [name: string, value: string][];

function outcome({ labels = [], group, status = 0, failed = false }: {
  labels?: Labels;
  group?: string;
  status?: number;
  failed?: boolean;
} = {}): Monitored {
  const monitoring = { ...job([]).monitoring, prometheusLabels: labels };
  return {
    id: "job",
    job: job([], { group, monitoring }),
    section: "backup",
    at: 1_795_476_676_900,
    failure: failed ? { kind: "restic", message: "", cause: "", commandLine: "", exitCode: 1, stderr: "" } : undefined,
    error: "",
    outcome: { durationMs: 986.296416, stderr: "", status, summary: undefined },
  };
}

const NUMBERS: [value: number, text: string][] = [
  [0, "0"],
  [1, "1"],
  [96_167, "96167"],
  [999_999, "999999"],
  [1e6, "1e+06"],
  [296_503_738, "2.96503738e+08"],
  [0.986296416, "0.986296416"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [1.5e-7, "1.5e-07"],
  [1e21, "1e+21"],
  [1.795476676e9, "1.795476676e+09"],
];
for (const [value, text] of NUMBERS) {
  Deno.test(`formatNumber() of ${text}`, () => assertEquals(formatNumber(value), text));
}

Deno.test("metrics are sorted by name, each with its two comments", () => {
  const lines = prometheusText(backupMetrics(outcome())).trimEnd().split("\n");
  const names = lines.filter((line) => !line.startsWith("#")).map((line) => line.split("{")[0] ?? "");
  assertEquals(names, [...names].sort());
  assertEquals(names.length, 15);
  for (const [index, name] of names.entries()) {
    assertEquals(lines[3 * index]?.startsWith(`# HELP ${name} `), true);
    assertEquals(lines[3 * index + 1], `# TYPE ${name} gauge`);
  }
});

Deno.test("values: duration with fraction, time in whole seconds", () => {
  const text = prometheusText(backupMetrics(outcome()));
  for (
    const line of [
      'resticprofile_backup_duration_seconds{profile="home"} 0.986296416',
      'resticprofile_backup_time_seconds{profile="home"} 1.795476676e+09',
      'restic_build_info{profile="home",version="0.18.0"} 1',
      `resticprofile_build_info{goversion="${RUNTIME}",profile="home",version="${VERSION}"} 1`,
    ]
  ) assertEquals(text.split("\n").includes(line), true, line);
});

for (
  const [name, status, options] of [
    ["success", 2, {}],
    ["a warning that is a failure", 1, { status: 3, failed: true }],
    ["a warning that is none", 1, { status: 3 }],
    ["failure", 0, { status: 1, failed: true }],
  ] as const
) {
  Deno.test(`backup_status of ${name} is ${status}`, () => {
    const metric = backupMetrics(outcome(options)).find((each) => each.name === "resticprofile_backup_status");
    assertEquals(metric?.value, status);
  });
}

const LABELS: [name: string, configured: Labels, group: string | undefined, text: string][] = [
  ["the group", [], "all", 'group="all",profile="home"'],
  [
    "own labels, escaped",
    [["host", 'my"host\\a\nb'], ["app", "é"]],
    undefined,
    'app="é",host="my\\"host\\\\a\\nb",profile="home"',
  ],
  ["own labels in place of ours", [["profile", "x"], ["group", "y"]], "all", 'group="y",profile="x"'],
  [
    "legal names",
    [["my-host.name", "a"], ["1st", "b"]],
    undefined,
    '_1st="b",my_host_name="a",profile="home"',
  ],
  [
    "no reserved names",
    [["version", "a"], ["goversion", "b"], ["job", "c"], ["__x", "d"]],
    undefined,
    'profile="home"',
  ],
];
for (const [name, labels, group, text] of LABELS) {
  Deno.test(`labels: ${name}`, () => {
    const metrics = backupMetrics(outcome({ labels, ...group === undefined ? {} : { group } }));
    assertEquals(/added_bytes\{(.*)\}/s.exec(prometheusText(metrics.slice(1, 2)))?.[1], text);
  });
}

Deno.test("labelProblems() names what cannot be used", () => {
  const labels: Labels = [["job", ""], ["host", ""], ["__x", ""], ["", "x"], ["a-b", "1"], ["a.b", "2"]];
  assertEquals(labelProblems(labels).map((text) => text.replace("Cannot use ", "").replace(/:.*/, "")), [
    '"job" in prometheus-labels',
    '"__x" in prometheus-labels',
    "a label without a name in prometheus-labels",
    '"a-b" in prometheus-labels beside "a.b"',
  ]);
  assertEquals(prometheusText(backupMetrics(outcome({ labels }))).includes('{="x"'), false);
});

Deno.test("prometheusProtobuf() is a delimited MetricFamily for each metric", () => {
  const text = (field: number, value: string) => [field << 3 | 2, value.length, ...new TextEncoder().encode(value)];
  const label = [...text(1, "a"), ...text(2, "b")];
  const gauge = [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
  const metric = [0x0a, label.length, ...label, 0x12, gauge.length, ...gauge];
  const family = [...text(1, "n"), ...text(2, "h"), 0x18, 1, 0x22, metric.length, ...metric];
  const one = { name: "n", help: "h", labels: [["a", "b"]] as const, value: 1 };
  assertEquals([...prometheusProtobuf([one, one])], [family.length, ...family, family.length, ...family]);
});

Deno.test("prometheusProtobuf() writes long lengths in several bytes", () => {
  const bytes = prometheusProtobuf([{ name: "n".repeat(300), help: "", labels: [], value: 0 }]);
  assertEquals([...bytes.subarray(2, 5)], [0x0a, 300 & 0x7f | 0x80, 300 >> 7]);
});
