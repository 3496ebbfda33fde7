/** Runs the steps on a machine in memory. `lines` are what was started, by restic's words or the hook's. */
import { type FakeOptions, type FakeWorld, fakeWorld } from "./fake_world.ts";
import { job, listener } from "./job.ts";
import type { Job, Step } from "../../src/model/plan.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";

export async function runSteps(steps: readonly Step[], more: Partial<Job> = {}, options: FakeOptions = {}) {
  const world = fakeWorld(options);
  const told = listener();
  const result = await runJob(job(steps, more), world, told.tell, watchSignals(world));
  const ended = told.events.flatMap((event) => event.type === "restic-ended" ? [event] : []);
  return { ...result, ...told, ended, world, lines: linesOf(world) };
}

function linesOf(world: FakeWorld): string[] {
  return world.ran.map(({ line }) => line.replace(/^.*(?:-c |\/restic )/, ""));
}
