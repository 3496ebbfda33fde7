/** The machine's clock is set back in the middle of a run, or was since another one: nothing waits longer, nothing is judged wrongly. */
import { assertEquals } from "@std/assert";
import type { Job } from "../../src/model/plan.ts";
import { attemptLock } from "../../src/run/lock.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { job, listener, resticStep } from "../support/job.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const PATH = "/work/my.lock";
const HOUR_MS = 3_600_000;
const TOMORROW = Date.UTC(2026, 0, 3);
const FROM_TOMORROW = "someone on Saturday, 03-Jan-26 00:00:00 UTC from machine";

/** @param at when the clock is set back by an hour, in milliseconds from the start */
async function run(more: Partial<Job>, at: number, options: FakeOptions) {
  const world = fakeWorld(options);
  world.clock.at(at, () => world.setClock(-HOUR_MS));
  const told = listener();
  const { exitStatus } = await runJob(job([resticStep("backup")], more), world, told.tell, watchSignals(world));
  return { exitStatus, world, told };
}

Deno.test("clock set back: the wait for a lock is as long as it may be", async () => {
  const lock = { path: PATH, takeOver: false };
  const { exitStatus, world } = await run({ lock, lockWaitMs: 2_500 }, 1_500, { files: { [PATH]: FROM_TOMORROW } });
  assertEquals([exitStatus, world.elapsed()], [1, 2_500]);
});

Deno.test("clock set back: the wait for restic's lock is as long as it may be", async () => {
  const { exitStatus, world } = await run({ lockWaitMs: 90_000 }, 1_500, { programs: { restic: { code: 11 } } });
  assertEquals([exitStatus, world.elapsed(), world.ran.length], [1, 90_000, 3]);
});

Deno.test("clock set back: a backup takes the time that passed, and the lock is released", async () => {
  const programs = { restic: { durationMs: 5_000 } };
  const { world, told } = await run({ lock: { path: PATH, takeOver: false } }, 1_500, { programs });
  const took = told.events.flatMap((event) => event.type === "restic-ended" ? [event.outcome.durationMs] : []);
  assertEquals([took, world.files.stat(PATH)], [[5_000], undefined]);
});

for (
  const [what, lock, taken] of [
    ["of a process that lives", `${FROM_TOMORROW}\n42`, false],
    ["of a process that is no more", `${FROM_TOMORROW}\n43`, true],
    ["without a process", { text: FROM_TOMORROW, modified: TOMORROW }, true],
    ["that is empty", { text: "", modified: TOMORROW }, true],
  ] as const
) {
  Deno.test(`clock set back: a lock of tomorrow ${what} is ${taken ? "taken over" : "respected"}`, () => {
    const boot = { "/proc/stat": "btime 1767225600\n" };
    const world = fakeWorld({ files: { ...boot, [PATH]: lock }, processes: [42] });
    assertEquals("lock" in attemptLock(PATH, true, world), taken);
  });
}
