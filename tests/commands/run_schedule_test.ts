import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { run } from "../../src/commands/dispatch.ts";
import { withSchedule } from "../../src/commands/run_schedule.ts";
import { profileSchedules } from "../../src/config/values/schedule_tables.ts";
import type { Flags } from "../../src/model/invocation.ts";
import { configuration } from "../support/configuration.ts";
import { fakeWorld } from "../support/fake_world.ts";

/** Flags of a run of `check@default`. @param schedule keys of its table */
async function flagsOf(schedule: string, argv: readonly string[] = [], defaults = "{}"): Promise<Flags> {
  const loaded = await configuration(
    `global: {schedule-defaults: ${defaults}}\ndefault: {check: {schedule: {at: daily${schedule}}}}`,
  );
  const [entry] = profileSchedules(await loaded.profile("default"), loaded);
  return withSchedule(parseInvocation([...argv, "run-schedule"], {}).flags, entry!, "/conf", "linux");
}

const FLAGS: [schedule: string, argv: string[], flags: Partial<Flags>][] = [
  ["", [], { log: undefined, commandOutput: undefined, ignoreOnBattery: 0, noLock: false, lockWaitMs: 0 }],
  // log and output
  [", log: x.log", [], { log: "/conf/x.log" }],
  [", log: /x.log", [], { log: "/x.log" }],
  [", log: 'temp:x.log'", [], { log: "temp:x.log" }],
  [", log: 'syslog://host'", [], { log: "syslog://host" }],
  [", log: '-'", [], { log: "-" }],
  [", log: x.log", ["--log", "y.log"], { log: "y.log" }],
  [", command-output: all", [], { commandOutput: "all" }],
  [", command-output: all", ["--command-output", "log"], { commandOutput: "log" }],
  // battery
  [", ignore-on-battery: true", [], { ignoreOnBattery: 100 }],
  [", ignore-on-battery-less-than: 30", [], { ignoreOnBattery: 30 }],
  [", ignore-on-battery: true, ignore-on-battery-less-than: 30", [], { ignoreOnBattery: 30 }],
  [", ignore-on-battery: false, ignore-on-battery-less-than: 30", [], { ignoreOnBattery: 0 }],
  [", ignore-on-battery: true", ["--ignore-on-battery=5"], { ignoreOnBattery: 5 }],
  // locks
  [", lock-wait: 30s", [], { noLock: false, lockWaitMs: 30_000 }],
  [", lock-wait: 2s", [], { lockWaitMs: 0 }],
  [", lock-mode: fail, lock-wait: 30s", [], { noLock: false, lockWaitMs: undefined }],
  [", lock-mode: ignore, lock-wait: 30s", [], { noLock: true, lockWaitMs: undefined }],
  [", lock-wait: 30s", ["--lock-wait", "5s"], { lockWaitMs: 5_000 }],
  [", lock-wait: 30s", ["--lock-wait", "0"], { lockWaitMs: 0 }],
  [", lock-mode: fail", ["--lock-wait", "5s"], { lockWaitMs: 5_000 }],
  [", lock-mode: fail", ["--no-lock"], { noLock: true }],
];
for (const [schedule, argv, wanted] of FLAGS) {
  Deno.test(`run-schedule with "${schedule.slice(2)}" and ${argv.join(" ") || "no flags"}`, async () => {
    const flags = await flagsOf(schedule, argv);
    assertEquals(Object.fromEntries(Object.keys(wanted).map((key) => [key, flags[key as keyof Flags]])), wanted);
  });
}

Deno.test("ignore-on-battery-less-than works in schedule-defaults, and beside schedule", async () => {
  assertEquals((await flagsOf("", [], "{ignore-on-battery-less-than: 20}")).ignoreOnBattery, 20);
  const loaded = await configuration("default: {check: {schedule: daily, schedule-ignore-on-battery-less-than: 10}}");
  const [entry] = profileSchedules(await loaded.profile("default"), loaded);
  assertEquals(withSchedule(parseInvocation([], {}).flags, entry!, "/", "linux").ignoreOnBattery, 10);
});

async function called(argv: readonly string[], yaml: string) {
  const programs = { "restic version": { stdout: "restic 0.18.0 compiled with go1.24.1 on linux/amd64\n" } };
  const world = fakeWorld({ files: { "/work/profiles.yaml": `global: {min-memory: 0}\n${yaml}` }, programs });
  const code = await run(argv, world);
  const ran = world.ran.filter(({ line }) => !line.endsWith(" version"));
  return { code, ran, output: world.printed.stdout + world.printed.stderr };
}

Deno.test("run-schedule runs forget for retention, with the settings of retention", async () => {
  const yaml = "default: {repository: /r, retention: {keep-last: 3, schedule: daily}}";
  const { code, ran } = await called(["run-schedule", "retention@default"], yaml);
  assertEquals(code, 0);
  assertStringIncludes(ran[0]!.line, "restic forget");
  assertStringIncludes(ran[0]!.line, "--keep-last=3");
});

Deno.test("hooks and restic get RESTICPROFILE_SCHEDULE_ID, templates .Schedule.Name", async () => {
  const yaml = 'default: {repository: /r, run-before: "hook {{ .Schedule.Name }}"}';
  const { ran } = await called(["run-schedule", "check@default"], yaml);
  assertEquals(
    ran.map(({ command }) => command.env.RESTICPROFILE_SCHEDULE_ID),
    Array(2).fill("profiles.yaml:check@default"),
  );
  assertStringIncludes(ran[0]!.line, "hook check@default");
  const plain = await called(["check"], yaml);
  assertEquals(plain.ran[0]!.command.env.RESTICPROFILE_SCHEDULE_ID, undefined);
});

for (const text of ["@profile", "check@", "check", ""]) {
  Deno.test(`run-schedule "${text}" explains the form`, async () => {
    const { code, ran, output } = await called(["run-schedule", ...text ? [text] : []], "default: {repository: /r}");
    assertEquals([code, ran.length], [1, 0]);
    assertStringIncludes(output, "COMMAND@NAME");
  });
}

Deno.test("run-schedule refuses a lock-mode that nobody knows", async () => {
  const yaml = "default: {repository: /r, check: {schedule: daily, schedule-lock-mode: never}}";
  const { code, output } = await called(["run-schedule", "check@default"], yaml);
  assertEquals(code, 1);
  assertStringIncludes(output, "default, fail, ignore");
});

Deno.test("run-schedule expands the files for its profile once", async () => {
  const { output } = await called(["--trace", "run-schedule", "check@home"], "home: {tag: '{{ .Profile.Name }}'}");
  assertEquals(output.match(/tag: 'home'/g)?.length, 1, output);
});
