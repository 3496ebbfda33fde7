import { assertEquals, assertMatch } from "@std/assert";
import type { Happening } from "../../src/model/event.ts";
import type { Failure, Result } from "../../src/model/outcome.ts";
import type { Job, Monitoring } from "../../src/model/plan.ts";
import { Secret } from "../../src/model/secret.ts";
import { openReport } from "../../src/report/report.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import { job, resticStep } from "../support/job.ts";

const SETTINGS = {
  level: "info",
  style: { stderr: false, colours: false, theme: "light" },
  target: undefined,
  commandOutput: "auto",
  format: "text",
} as const;
const STEP = resticStep("backup");
const FAILURE: Failure = {
  kind: "restic",
  message: "m",
  cause: "exit status 1",
  commandLine: "",
  exitCode: 1,
  stderr: "",
};

function backup(monitoring: Partial<Monitoring>): Job {
  return job([STEP], { level: "warning", monitoring: { ...job([]).monitoring, ...monitoring } });
}

async function run(monitoring: Partial<Monitoring>, options: FakeOptions = {}, failure?: Failure): Promise<FakeWorld> {
  const world = fakeWorld(options);
  const report = await openReport(SETTINGS, world, "run");
  const its = backup(monitoring);
  const outcome = { durationMs: 1_000, stderr: "", status: failure ? 1 : 0, summary: undefined };
  const result: Result = failure ? { kind: "failed", failure, ignored: false } : { kind: "done" };
  const span = { startedAt: world.now(), durationMs: 1_000 };
  const happenings: Happening[] = [
    { type: "run-started", planned: its },
    { type: "restic-ended", step: STEP, result, outcome },
    { type: "run-ended", result, exitStatus: failure ? 1 : 0, ...span },
  ];
  for (const happening of happenings) report.tell({ at: world.now(), run: "run", job: "job", ...happening });
  await report.settle();
  report.close();
  return world;
}

const PUSH = { url: new Secret("http://host"), job: "home.backup", grouping: [], format: "text", retries: 0 } as const;

Deno.test("an outcome goes to status file, metrics file and push gateway", async () => {
  const world = await run({
    statusFile: "/work/new/status.json",
    prometheusFile: "/work/new/metrics.prom",
    prometheusPush: PUSH,
  });
  assertEquals(JSON.parse(world.files.readText("/work/new/status.json")).profiles.home.backup.success, true);
  const text = world.files.readText("/work/new/metrics.prom");
  assertMatch(text, /^resticprofile_backup_status\{profile="home"\} 2$/m);
  assertEquals(world.files.stat("/work/new/metrics.prom")?.mode, 0o644);
  assertEquals(world.sent.map(({ request }) => [request.url, request.body]), [[
    "http://host/metrics/job/home.backup",
    text,
  ]]);
  assertEquals(world.printed.stdout, "");
});

Deno.test("a failed backup is told of, too", async () => {
  const world = await run({ prometheusFile: "/work/m.prom", statusFile: "/work/s.json" }, {}, FAILURE);
  assertMatch(world.files.readText("/work/m.prom"), /^resticprofile_backup_status\{profile="home"\} 0$/m);
  assertEquals(JSON.parse(world.files.readText("/work/s.json")).profiles.home.backup.error, "exit status 1");
});

Deno.test("what cannot be written is a warning each, and never thrown", async () => {
  const files = { "/work/file": "" };
  const world = await run(
    { statusFile: "/work/file/s.json", prometheusFile: "/work/file/m.prom", prometheusPush: PUSH },
    { files, reply: () => ({ status: 500 }) },
  );
  const warnings = world.printed.stdout.trimEnd().split("\n").map((line) => line.slice("2026/01/02 03:04:05 ".length));
  assertEquals(warnings, [
    "Cannot write the status file /work/file/s.json: file exists",
    "Cannot write metrics to /work/file/m.prom: file exists",
    "Cannot push metrics to http://host/metrics/job/home.backup: status 500",
  ]);
});

Deno.test("what cannot be written is told before the end of its step, and after that of its job", async () => {
  const files = { "/work/file": "" };
  const statusFile = "/work/file/s.json";
  const lines = async (events: Happening[]) => {
    const world = fakeWorld({ files });
    const report = await openReport(SETTINGS, world, "run");
    const planned = job([STEP], { monitoring: { ...job([]).monitoring, statusFile } });
    for (const event of [{ type: "run-started", planned } as const, ...events]) {
      report.tell({ at: world.now(), run: "run", job: "job", ...event });
    }
    return [...world.printed.stdout.matchAll(/(?<=:\d\d )\S+ \S+/g)].map(([words]) => words);
  };
  const outcome = { durationMs: 0, stderr: "", status: 0, summary: undefined };
  const result: Result = { kind: "failed", failure: { ...FAILURE, message: "backup failed" }, ignored: false };
  const span = { startedAt: 0, durationMs: 0, exitStatus: 1 };
  assertEquals(await lines([{ type: "restic-ended", step: STEP, result: { kind: "done" }, outcome }]), [
    "Cannot write",
    "profile 'home':",
  ]);
  assertEquals(await lines([{ type: "run-ended", result, ...span }]), ["backup failed", "Cannot write"]);
});

Deno.test("a reserved label is a warning that names it, once", async () => {
  const world = await run({ prometheusFile: "/work/m.prom", prometheusPush: PUSH, prometheusLabels: [["job", "x"]] });
  assertMatch(world.printed.stdout, /^[^\n]*"job" in prometheus-labels[^\n]*\n$/);
});

Deno.test("a job without monitoring writes nothing", async () => {
  const world = await run({});
  assertEquals([world.files.list("/work"), world.sent], [[], []]);
});
