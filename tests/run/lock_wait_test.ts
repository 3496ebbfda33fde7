import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Job } from "../../src/model/plan.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { httpStep, job, listener, shellStep } from "../support/job.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const PATH = "/work/my.lock";
const OWNER = "someone on Friday, 02-Jan-26 03:00:00 UTC from machine";
const HELD = `${OWNER}\n42`;
const STEPS = [shellStep("run-before[0]", "before"), httpStep("send-after-fail"), httpStep("send-finally")];

async function run(more: Partial<Job>, options: FakeOptions = {}, prepare: (world: FakeWorld) => void = () => {}) {
  const world = fakeWorld({ files: { [PATH]: HELD }, ...options });
  prepare(world);
  const told = listener();
  const lock = { path: PATH, takeOver: false };
  const result = await runJob(job(STEPS, { lock, ...more }), world, told.tell, watchSignals(world));
  return { ...result, world, messages: told.messages(), steps: stepsOf(told.events) };
}

function stepsOf(events: ReturnType<typeof listener>["events"]): string[] {
  return events.flatMap((event) => event.type === "step-started" ? [event.step.id] : []);
}

Deno.test("takeLock() fails at once without a wait: hooks of HTTP alone are called, the file stays", async () => {
  const { failure, exitStatus, world, steps } = await run({});
  assertEquals([exitStatus, steps, world.elapsed()], [1, ["send-after-fail", "send-finally"], 0]);
  assertEquals([failure?.cause, failure?.commandLine, failure?.exitCode], [
    `another run holds the lock "${PATH}": ${OWNER}; its owner is no longer running: set force-inactive-lock = true to take the lock over`,
    "",
    -1,
  ]);
  assertEquals(world.files.readText(PATH), HELD);
});

Deno.test("takeLock() leaves the lock to the end of the program, should the run not get so far", async () => {
  const world = fakeWorld();
  await new Promise<void>((reached) => {
    const program = { effect: () => void reached(), durationMs: Infinity };
    const stuck = { ...world, spawn: fakeWorld({ beside: world, programs: { before: program } }).spawn };
    void runJob(job(STEPS, { lock: { path: PATH, takeOver: false } }), stuck, () => {}, watchSignals(world));
  });
  assertStringIncludes(world.files.readText(PATH), "from machine");
  world.end();
  assertEquals(world.files.stat(PATH), undefined);
});

Deno.test("takeLock() does not say who holds an empty lock file", async () => {
  const { failure } = await run({}, { files: { [PATH]: "" } });
  assertEquals(failure?.cause, `another run holds the lock "${PATH}": its file is empty`);
});

Deno.test("takeLock() quotes nothing that is no usual lock", async () => {
  const { failure, messages } = await run({ lockWaitMs: 2_500 }, {
    files: { [PATH]: "secret\n42" },
    processes: [42],
  });
  assertEquals(failure?.cause, `another run holds the lock "${PATH}": its file does not say whose`);
  assertEquals(messages[0], `info: profile 'home': waiting for lock "${PATH}": 3s left`);
});

Deno.test("takeLock() says once that a lock cannot be held by flock", async () => {
  const { exitStatus, messages } = await run({}, { files: {} }, (world) => world.files.hold = () => undefined);
  assertEquals([exitStatus, messages.filter((text) => text.includes("flock")).length], [0, 1]);
});

Deno.test("takeLock() waits never longer than it may, and names owner, file and time", async () => {
  const { exitStatus, world, messages } = await run({ lockWaitMs: 2_500 });
  assertEquals([exitStatus, world.elapsed()], [1, 2_500]);
  assertEquals(messages.slice(0, 2), [
    `info: profile 'home': waiting for lock "${PATH}" of ${OWNER}: 3s left`,
    `warning: profile 'home': waited 2.5s for lock "${PATH}"`,
  ]);
});

Deno.test("takeLock() goes on within a second of the release", async () => {
  const { exitStatus, world, steps } = await run({ lockWaitMs: 60_000 }, {}, (world) => {
    world.clock.at(4_200, () => world.files.remove(PATH));
  });
  assertEquals([exitStatus, steps, world.ran[0]?.startedAt], [0, ["run-before[0]", "send-finally"], 5_000]);
  assertEquals(world.files.stat(PATH), undefined);
});

Deno.test("takeLock() reminds every five minutes, and at once of another owner", async () => {
  const { messages } = await run({ lockWaitMs: 11 * 60_000 }, {}, (world) => {
    world.clock.at(60_500, () => world.files.write(PATH, HELD.replace("someone", "somebody")));
  });
  assertEquals(
    messages.filter((text) => text.startsWith("info")).map((text) => text.replace(/.* of (\w+) .*: /, "$1 ")),
    [
      "someone 11m0s left",
      "somebody 9m59s left",
      "somebody 4m59s left",
    ],
  );
});

Deno.test("takeLock() is interrupted by a signal: shell hooks are not run, the file stays", async () => {
  const { failure, exitStatus, steps, world } = await run({ lockWaitMs: 60_000 }, {}, (world) => {
    world.clock.at(1_500, () => world.raise("SIGTERM"));
  });
  assertEquals([exitStatus, failure?.message, steps, world.elapsed()], [
    1,
    "backup on profile 'home': interrupted",
    ["send-after-fail", "send-finally"],
    1_500,
  ]);
  assertEquals(world.files.readText(PATH), HELD);
});

Deno.test("takeLock() tells of the owner whose lock it has replaced", async () => {
  const { exitStatus, messages } = await run({ lock: { path: PATH, takeOver: true } });
  assertEquals(exitStatus, 0);
  assertStringIncludes(messages.join("\n"), `warning: profile 'home': the run of ${OWNER} did not finish`);
});

Deno.test("takeLock() says that another machine's lock is not taken over", async () => {
  const files = { [PATH]: HELD.replace("machine", "nas") };
  const { failure } = await run({ lock: { path: PATH, takeOver: true } }, { files });
  assertStringIncludes(failure?.cause ?? "", "another machine");
});

Deno.test("a run without a folder for its lock has a warning and no lock", async () => {
  const { exitStatus, messages } = await run({ lock: { path: "/work/file/sub/my.lock", takeOver: false } }, {
    files: { "/work/file": "" },
  });
  assertEquals(exitStatus, 0);
  assertStringIncludes(messages.join("\n"), "warning: profile 'home' runs without lock");
});

Deno.test("a run whose lock cannot be created fails with the reason", async () => {
  const { failure, exitStatus, steps, messages } = await run({ lock: { path: "/ro/my.lock", takeOver: true } }, {
    files: { "/ro/": { mode: 0o555 } },
  });
  assertEquals([failure?.cause, steps[0]], ['Cannot use lock "/ro/my.lock": permission denied', "send-after-fail"]);
  assertEquals([exitStatus, messages.filter((text) => text.includes("did not finish"))], [1, []]);
});

Deno.test("hooks and restic are named in the lock, until it is released after the last of them", async () => {
  let seen: string | undefined;
  const world = fakeWorld({
    programs: { before: { effect: () => {} }, finally: { effect: () => seen = world.files.readText(PATH) } },
  });
  const steps = [shellStep("run-before[0]", "before"), shellStep("run-finally[0]", "finally", { when: "always" })];
  await runJob(job(steps, { lock: { path: PATH, takeOver: false } }), world, () => {}, watchSignals(world));
  assertEquals(seen?.split("\n").slice(1), ["# holds flock", "1000", String(world.ran[0]?.pid)]);
  assertEquals(world.files.stat(PATH), undefined);
});
