import { assertEquals } from "@std/assert";
import type { Metric } from "../../src/report/metrics.ts";
import { prometheusText } from "../../src/report/prometheus.ts";
import { mergedText, writeMetrics } from "../../src/report/prometheus_file.ts";
import { fakeWorld } from "../support/fake_world.ts";

const HEAD = "# HELP up help\n# TYPE up gauge\n";

function up(labels: Record<string, string>, value = 1): Metric[] {
  return [{ name: "up", help: "help", labels: Object.entries(labels), value }];
}

const KEPT: [what: string, before: string, own: Record<string, string>, series: string[]][] = [
  ["a new file", "", { profile: "a" }, ['up{profile="a"} 2']],
  ["its own series", 'up{profile="a"} 1\n', { profile: "a" }, ['up{profile="a"} 2']],
  ["another profile's", 'up{profile="b"} 1\n', { profile: "a" }, ['up{profile="a"} 2', 'up{profile="b"} 1']],
  [
    "another host's of the same profile",
    'up{host="x",profile="a"} 1\n',
    { host: "y", profile: "a" },
    ['up{host="x",profile="a"} 1', 'up{host="y",profile="a"} 2'],
  ],
  ["its own with a label less", 'up{profile="a"} 1\n', { host: "y", profile: "a" }, ['up{host="y",profile="a"} 2']],
  [
    "its own of an older version",
    'up{profile="a",version="1"} 1\n',
    { profile: "a", version: "2" },
    ['up{profile="a",version="2"} 2'],
  ],
  [
    "labels with quotes, backslashes and line feeds",
    'up{profile="q\\"\\\\ \\n}"} 1\nup{profile="b, \\"a\\""} 1\n',
    { profile: 'q"\\ \n}' },
    ['up{profile="b, \\"a\\""} 1', 'up{profile="q\\"\\\\ \\n}"} 2'],
  ],
  ["lines that are no metrics", "rubbish\n{\nup{profile=\n", { profile: "a" }, ['up{profile="a"} 2']],
];
for (const [what, before, own, series] of KEPT) {
  Deno.test(`a metrics file keeps what is another's and replaces its own: ${what}`, () => {
    assertEquals(mergedText(up(own, 2), before), `${HEAD}${series.map((line) => `${line}\n`).join("")}`);
  });
}

Deno.test("series of a metric have one help text, whoever wrote them", () => {
  const before = '# HELP up other words\n# TYPE up gauge\nup{profile="b"} 1\n';
  assertEquals(mergedText(up({ profile: "a" }), before), `${HEAD}up{profile="a"} 1\nup{profile="b"} 1\n`);
});

Deno.test("metrics of other programs stay as they are", () => {
  const other = '# HELP raid_ok Whether.\n# TYPE raid_ok gauge\nraid_ok 1\nraid_ok{disk="2"} 0\n';
  assertEquals(mergedText(up({ profile: "a" }), other), `${prometheusText(up({ profile: "a" }))}${other}`);
});

Deno.test("profiles that share a file do not erase each other's metrics", () => {
  const world = fakeWorld({ files: { "/m/a.prom": "" } });
  writeMetrics("/m/a.prom", [up({ profile: "a" })], world.files);
  writeMetrics("/m/a.prom", [up({ profile: "b" })], world.files);
  assertEquals(world.files.readText("/m/a.prom"), `${HEAD}up{profile="a"} 1\nup{profile="b"} 1\n`);
});

Deno.test("a metrics file whose lock another process holds is left alone", () => {
  const world = fakeWorld({ files: { "/m/a.prom": "" } });
  const files = { ...world.files, tryLock: () => undefined };
  assertEquals(writeMetrics("/m/a.prom", [up({ profile: "a" })], files), "held");
  assertEquals(world.files.readText("/m/a.prom"), "");
});
