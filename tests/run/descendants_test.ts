import { assertEquals } from "@std/assert";
import type { Step } from "../../src/model/plan.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import type { FakeFile } from "../support/fake_files.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";
import { job, listener, resticStep, shellStep } from "../support/job.ts";

const LOCK = { path: "/work/my.lock", takeOver: false };
/** The first child of the fake world. */
const CHILD = 1_000_001;

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its program. @default "/bin/sh" */
  readonly exe?: string;
  /** What `/proc` calls it. @default "sh" */
  readonly name?: string;
  readonly ignoresInterruption?: boolean;
}

function proc(processes: readonly Process[]): Record<string, FakeFile> {
  const files: Record<string, FakeFile> = { "/proc/sys/kernel/random/boot_id": "boot" };
  for (const { pid, parent, exe = "/bin/sh", name = "sh", ignoresInterruption } of processes) {
    const rest = Array.from({ length: 16 }, () => "0").join(" ");
    files[`/proc/${pid}/stat`] = `${pid} (${name}) S ${parent} 1 1 ${rest.slice(0, -2)} ${pid} 0`;
    files[`/proc/${pid}/status`] = `SigIgn:\t${ignoresInterruption ? "0000000000000002" : "0000000000000000"}\n`;
    if (exe !== "") files[`/proc/${pid}/exe`] = { link: exe };
  }
  return files;
}

/** Runs a backup in which that child starts the others; signals come each 1 s. */
async function interrupt(
  processes: readonly Process[],
  signals: number,
  more: FakeOptions = {},
  steps: readonly Step[] = [resticStep("backup")],
) {
  const world = fakeWorld({
    files: { ...proc(processes), "/opt/restic": "", "/usr/bin/ssh": "" },
    processes: processes.map(({ pid }) => pid),
    programs: { "restic backup": { durationMs: 100_000 } },
    ...more,
  });
  for (let index = 0; index < signals; index++) world.clock.at(1_000 * (index + 1), () => world.raise("SIGTERM"));
  const told = listener();
  const result = await runJob(job(steps, { lock: LOCK }), world, told.tell, watchSignals(world));
  const lock = world.files.stat(LOCK.path) && world.files.readText(LOCK.path);
  return { ...result, world, lock, signalled: world.signalled, messages: told.messages() };
}

const SHELL = { pid: CHILD, parent: 1000 };
const RESTIC = { pid: 50, parent: CHILD, exe: "/opt/restic", name: "restic" };

Deno.test("a signal reaches restic behind a script, whose shell ends at once; the run waits for restic", async () => {
  const { world, signalled, lock } = await interrupt([SHELL, RESTIC], 1, { survives: { 50: ["SIGINT"] } });
  assertEquals(signalled, ["50 SIGINT"]);
  assertEquals([world.elapsed() > 10_000, world.alive.has(50)], [true, true], "until it is left to itself");
  assertEquals(lock?.endsWith("\n50"), true, "the lock names what lives");
});

Deno.test("restic's own helpers get no signal, for it needs them to clean up", async () => {
  const { signalled } = await interrupt([SHELL, RESTIC, { pid: 60, parent: 50, exe: "/usr/bin/ssh", name: "ssh" }], 1);
  assertEquals(signalled, ["50 SIGINT"]);
});

Deno.test("helpers of a restic that was started directly get none either", async () => {
  const restic = { ...SHELL, exe: "/opt/restic", name: "restic" };
  const { signalled } = await interrupt([restic, { pid: 60, parent: CHILD, exe: "/usr/bin/ssh", name: "ssh" }], 1);
  assertEquals(signalled, []);
});

Deno.test("restic is known by name when its program cannot be looked at", async () => {
  const restic = { ...RESTIC, exe: "" };
  const { signalled } = await interrupt([SHELL, restic, { pid: 60, parent: 50, exe: "/usr/bin/ssh", name: "ssh" }], 1);
  assertEquals(signalled, ["50 SIGINT"]);
});

Deno.test("a script called restic is no restic: what it has started gets the signal", async () => {
  const { signalled } = await interrupt([{ ...SHELL, name: "restic" }, RESTIC], 1);
  assertEquals(signalled, ["50 SIGINT"]);
});

Deno.test("a while after the second signal what lives on is killed", async () => {
  const { world, signalled } = await interrupt([SHELL, RESTIC], 2, { survives: { 50: ["SIGINT"] } });
  assertEquals([signalled, world.elapsed()], [["50 SIGINT", "50 SIGINT", "50 SIGKILL"], 7_000]);
});

Deno.test("the third signal kills all, restic's helpers too", async () => {
  const survives = { 50: ["SIGINT"] as const, 60: ["SIGINT"] as const };
  const ssh = { pid: 60, parent: 50, exe: "/usr/bin/ssh", name: "ssh" };
  const { world, signalled, lock } = await interrupt([SHELL, RESTIC, ssh], 3, {
    survives,
    programs: { "restic backup": { durationMs: 100_000, survives: ["SIGINT"] } },
  });
  assertEquals(signalled, ["50 SIGINT", "50 SIGINT", "50 SIGKILL", "60 SIGKILL"]);
  assertEquals([world.alive.size, lock], [1, undefined]);
});

Deno.test("what cannot be killed keeps the lock", async () => {
  const { lock, messages, exitStatus } = await interrupt([SHELL, RESTIC], 3, {
    survives: { 50: ["SIGINT", "SIGKILL"] },
  });
  assertEquals([lock?.endsWith("\n50"), exitStatus], [true, 1]);
  assertEquals(messages.filter((text) => text.includes("the lock stays, for process 50")).length, 1);
});

Deno.test("what a hook has started in the background is not waited for: it ignores the signal", async () => {
  const daemon = { pid: 50, parent: CHILD, exe: "/usr/bin/ssh", ignoresInterruption: true };
  const { world, lock } = await interrupt([SHELL, daemon], 1, {
    survives: { 50: ["SIGINT"] },
    programs: { hook: { durationMs: 100_000 } },
  }, [shellStep("run-before[0]", "hook")]);
  assertEquals([world.elapsed(), world.alive.has(50)], [1_000, true]);
  assertEquals(lock, undefined);
});

Deno.test("children of children get the signal; other processes do not", async () => {
  const others = [{ pid: 51, parent: 50 }, { pid: 52, parent: 51 }, { pid: 70, parent: 1 }, { pid: 71, parent: 70 }];
  const { signalled } = await interrupt([SHELL, { pid: 50, parent: CHILD }, ...others], 1);
  assertEquals(signalled.toSorted(), ["50 SIGINT", "51 SIGINT", "52 SIGINT"]);
});

Deno.test("a number that another process has got by now gets nothing", async () => {
  const stat = (started: number) =>
    proc([{ ...RESTIC, parent: 1 }])["/proc/50/stat"]!.toString().replace(" 50 0", ` ${started} 0`);
  const world = fakeWorld({
    files: proc([SHELL, RESTIC]),
    processes: [50],
    survives: { 50: ["SIGINT"] },
    programs: { "restic backup": { durationMs: 100_000, survives: ["SIGINT"] } },
  });
  world.clock.at(1_000, () => world.raise("SIGINT"));
  world.clock.at(2_000, () => world.files.write("/proc/50/stat", stat(99)));
  world.clock.at(3_000, () => world.raise("SIGINT"));
  world.clock.at(4_000, () => world.raise("SIGINT"));
  await runJob(job([resticStep("backup")]), world, listener().tell, watchSignals(world));
  assertEquals(world.signalled, ["50 SIGINT"]);
});
