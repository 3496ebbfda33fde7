import { assertEquals, assertStringIncludes } from "@std/assert";
import type { HttpStep, Step } from "../../src/model/plan.ts";
import { interruptible } from "../../src/run/child.ts";
import { programOutput } from "../../src/run/machine/program_output.ts";
import { runJob } from "../../src/run/run_job.ts";
import { untilLate, watchSignals } from "../../src/run/signals.ts";
import type { Signal } from "../../src/platform/world.ts";
import { httpStep, job, listener, resticStep, shellStep, wholeBackup } from "../support/job.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const LOCK = { path: "/work/my.lock", takeOver: false };
const LONG = { durationMs: 10_000 };

/** Runs steps while signals arrive at moments, in milliseconds from the start. */
async function run(steps: readonly Step[], signals: Readonly<Record<number, Signal>>, options: FakeOptions = {}) {
  const world = fakeWorld(options);
  const watch = watchSignals(world);
  for (const [at, signal] of Object.entries(signals)) world.clock.at(Number(at), () => world.raise(signal));
  const told = listener();
  const result = await runJob(job(steps, { lock: LOCK }), world, told.tell, watch);
  const called = told.events.flatMap((event) => event.type === "step-started" ? [event.step.id] : []);
  assertEquals(world.files.stat(LOCK.path), undefined, "the lock is released");
  assertEquals(world.alive.size, 1, "no child outlives the tool");
  return { ...result, world, called, messages: told.messages(), count: watch.count() };
}

const AFTER = [
  "send-after-fail",
  "backup run-after-fail[0]",
  "run-after-fail[0]",
  "backup run-finally[0]",
  "run-finally[0]",
  "send-finally",
];

for (const signal of ["SIGINT", "SIGTERM", "SIGABRT", "SIGHUP", "SIGQUIT"] as const) {
  Deno.test(`${signal} during restic interrupts it; failure and final hooks run, no further step`, async () => {
    const { world, called, failure, exitStatus } = await run(wholeBackup(), { 500: signal }, {
      programs: { "restic backup": LONG },
    });
    assertEquals(called.slice(called.indexOf("backup") + 1), AFTER);
    assertEquals(world.ran.find(({ line }) => line.includes("restic backup"))?.signals, ["SIGINT"]);
    assertEquals([failure?.message, failure?.exitCode, exitStatus], [
      "backup on profile 'home': signal: interrupt",
      -1,
      1,
    ]);
  });
}

Deno.test("restic's own status after a signal is reported", async () => {
  const { failure } = await run([resticStep("backup")], { 500: "SIGINT" }, {
    programs: { restic: { ...LONG, codeOnSignal: 130 } },
  });
  assertEquals([failure?.cause, failure?.exitCode], ["exit status 130", 130]);
});

Deno.test("a hook that lives on after the signal has failed all the same, and not with status 0", async () => {
  const programs = { "1": { durationMs: 1_000, survives: ["SIGINT"] as const } };
  const { called, failure } = await run(wholeBackup(), { 500: "SIGINT" }, { programs });
  assertEquals([called, failure?.message, failure?.exitCode], [
    ["run-before[0]", ...AFTER],
    "run-before on profile 'home': interrupted",
    -1,
  ]);
});

Deno.test("a signal during send-before ends the sending; the next step does not start", async () => {
  const reply = () => ({ afterMs: 10_000 });
  const { called, failure } = await run([httpStep("send-before"), resticStep("backup")], { 500: "SIGINT" }, { reply });
  assertEquals([called, failure?.message], [["send-before"], "backup on profile 'home': interrupted"]);
});

for (const id of ["send-before", "send-after"] as const) {
  Deno.test(`after a signal no further hook of ${id} is sent, those on their way end`, async () => {
    const hooks = Array.from({ length: 50 }, () => httpStep(id).hooks).flat();
    const { world } = await run([httpStep(id, { hooks })], { 1_500: "SIGTERM" }, {
      reply: () => ({ afterMs: 20_000 }),
    });
    assertEquals([world.sent.map(({ at }) => at), world.elapsed()], [[0, 1_000], 1_500]);
  });
}

Deno.test("after a signal the notifications have a few seconds, of which each receiver gets some", async () => {
  const many = (id: HttpStep["phase"]) =>
    httpStep(id, { hooks: Array.from({ length: 51 }, () => httpStep(id).hooks).flat() });
  const steps = [resticStep("backup"), many("send-after-fail"), many("send-finally")];
  const { world } = await run(steps, { 1_000: "SIGTERM" }, {
    programs: { "restic backup": LONG },
    reply: () => ({ afterMs: 20_000 }),
  });
  assertEquals([world.sent.length, world.elapsed()], [102, 7_000]);
  assertEquals(world.sent[50]!.at, 2_500, "the last one has half of the time");
});

Deno.test("a signal during send-after-fail lets the hooks behind it be sent soon", async () => {
  const hooks = Array.from({ length: 4 }, () => httpStep("send-after-fail").hooks).flat();
  const steps = [resticStep("backup"), httpStep("send-after-fail", { hooks })];
  const { world } = await run(steps, { 500: "SIGTERM" }, {
    programs: { "restic backup": { code: 1 } },
    reply: () => ({ afterMs: 20_000 }),
  });
  assertEquals([world.sent.map(({ at }) => at), world.elapsed()], [[0, 500, 1_250, 2_000], 3_500]);
});

Deno.test("a signal during an init whose failure is ignored stops the run", async () => {
  const steps = [resticStep("init", { onError: "ignore", report: undefined }), resticStep("backup")];
  const { called, failure } = await run(steps, { 500: "SIGINT" }, { programs: { "restic init": LONG } });
  assertEquals([called, failure?.cause], [["init"], "interrupted"]);
});

Deno.test("a signal during a final hook of a good run ends that hook, the others run, the run is good", async () => {
  const { called, exitStatus, world } = await run(wholeBackup(), { 500: "SIGTERM" }, { programs: { E1: LONG } });
  assertEquals([called.slice(-3), exitStatus], [AFTER.slice(-3), 0]);
  assertEquals(world.ran.find(({ line }) => line.endsWith("E1"))?.signals, ["SIGINT"]);
});

Deno.test("failure and final hooks are untouched by the signal before them, a second one ends the hook that runs", async () => {
  const programs = { "restic backup": LONG, F2: { durationMs: 1_000 }, E1: { durationMs: 1_000 } };
  const one = await run(wholeBackup(), { 500: "SIGINT" }, { programs });
  assertEquals(one.world.ran.filter(({ line }) => /F2|E1/.test(line)).map(({ signals }) => signals), [[], []]);
  const two = await run(wholeBackup(), { 500: "SIGINT", 700: "SIGINT" }, { programs });
  assertEquals(two.world.ran.filter(({ line }) => /F2|E1/.test(line)).map(({ signals }) => signals), [["SIGINT"], []]);
  assertEquals(two.called.slice(-4), ["backup run-after-fail[0]", ...AFTER.slice(-3)]);
});

Deno.test("the third signal kills what runs and ends the tool", async () => {
  const programs = { "restic backup": { ...LONG, survives: ["SIGINT", "SIGTERM"] as const } };
  const { called, exitStatus, world } = await run(wholeBackup(), { 500: "SIGINT", 600: "SIGTERM", 700: "SIGINT" }, {
    programs,
  });
  assertEquals([called.at(-1), exitStatus], ["backup", 1]);
  assertEquals(world.ran.at(-1)?.signals, ["SIGINT", "SIGINT", "SIGKILL"]);
});

Deno.test("a step that lives on after the second signal is killed; failure and final hooks run", async () => {
  const programs = { "restic backup": { durationMs: 3_600_000, survives: ["SIGINT", "SIGTERM"] as const } };
  const { called, world } = await run(wholeBackup(), { 500: "SIGTERM", 1_000: "SIGTERM" }, { programs });
  assertEquals(called.slice(called.indexOf("backup") + 1), AFTER);
  const backup = world.ran.find(({ line }) => line.includes("restic backup"));
  assertEquals([backup?.signals, backup?.endedAt], [["SIGINT", "SIGINT", "SIGKILL"], 6_000]);
});

Deno.test("each signal ends the hooks of a phase that are on their way, the third one the phase", async () => {
  const reply = () => ({ afterMs: 10_000 });
  const at = { 500: "SIGINT", 600: "SIGINT", 700: "SIGINT" } as const;
  const hooks = Array.from({ length: 5 }, () => httpStep("send-finally").hooks).flat();
  const { world } = await run([httpStep("send-finally", { hooks })], at, { reply });
  assertEquals([world.sent.map(({ at }) => at), world.elapsed()], [[0, 500, 600], 700]);
});

Deno.test("a job after a signal, as the next of a group, does not begin", async () => {
  const world = fakeWorld();
  const signals = watchSignals(world);
  world.raise("SIGINT");
  const told = listener();
  const { failure } = await runJob(job([shellStep("run-before[0]", "1")]), world, told.tell, signals);
  assertEquals([failure?.message, world.ran.length], ["backup on profile 'home': interrupted", 0]);
  assertStringIncludes(told.messages().join("\n"), "interrupted");
});

Deno.test("restic does not start after a signal that came while its start was prepared", async () => {
  const world = fakeWorld();
  const watch = watchSignals(world);
  const streamErrors = [{ pattern: "x", run: "callback", minMatches: 0, maxRuns: 0 }]; // its matcher is loaded when restic starts
  const { failure } = await runJob(job([resticStep("backup")], { streamErrors }), world, (event) => {
    if (event.type === "step-started") queueMicrotask(() => world.raise("SIGTERM"));
  }, watch);
  assertEquals([failure?.cause, world.ran], ["interrupted", []]);
});

Deno.test("interruptible() passes a signal to a program that is asked something", async () => {
  const world = fakeWorld({ programs: { "restic version": { durationMs: 3_600_000 } } });
  world.clock.at(1_000, () => world.raise("SIGTERM"));
  const text = await programOutput("/usr/bin/restic", ["version"], interruptible(world, watchSignals(world)));
  assertEquals([text, world.ran[0]?.signals, world.elapsed()], ["", ["SIGINT"], 1_000]);
});

const WORK_MS = 60_000;
for (
  const [signals, isDone, ends] of [
    [[], true, WORK_MS],
    [[1_000], false, 4_000],
    [[1_000, 2_000], false, 4_000],
    [[1_000, 2_000, 3_000], false, 3_000],
    [[58_000], true, WORK_MS],
  ] as const
) {
  Deno.test(`untilLate() of 3 s with signals at [${signals.join(", ")}] ends at ${ends}`, async () => {
    const world = fakeWorld();
    const watch = watchSignals(world);
    for (const at of signals) world.clock.at(at, () => world.raise("SIGTERM"));
    assertEquals([await untilLate(world.sleep(WORK_MS), 3_000, world, watch), world.elapsed()], [isDone, ends]);
  });
}
