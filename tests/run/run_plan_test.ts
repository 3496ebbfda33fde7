import { assertEquals } from "@std/assert";
import type { Plan } from "../../src/model/plan.ts";
import { forEachMember, runPlan } from "../../src/run/run_plan.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";
import { job, listener, resticStep } from "../support/job.ts";

const GROUP: Plan = { command: "backup", group: "all", members: ["a", "b", "c"], continueOnError: false, notes: [] };

/** What happens, in order: `plan a`, and the command lines of programs. Members whose name has a `!` cannot be planned. */
async function run(plan: Plan, options: FakeOptions = {}, signalIn?: string) {
  const world = fakeWorld(options);
  const told = listener();
  const lines: string[] = [];
  const signals = watchSignals(world);
  const exitStatus = await runPlan(plan, {
    run: "run-1",
    world,
    tell: told.tell,
    signals,
    planMember(profile) {
      lines.push(...world.ran.slice(lines.filter((line) => !line.startsWith("plan")).length).map(({ line }) => line));
      lines.push(`plan ${profile}`);
      if (profile === signalIn) world.raise("SIGTERM");
      const step = resticStep("backup", { args: [profile] });
      return Promise.resolve(
        profile.endsWith("!") ? undefined : { job: job([step], { profile, group: plan.group }), failure: undefined },
      );
    },
  });
  return { exitStatus, lines, ran: world.ran.map(({ line }) => line.replace(/^\S+ /, "")), ...told };
}

Deno.test("a member is planned when those before it have run", async () => {
  const { lines, exitStatus } = await run(GROUP);
  const restic = (profile: string) => `/usr/bin/restic ${profile}`;
  assertEquals([lines, exitStatus], [["plan a", restic("a"), "plan b", restic("b"), "plan c"], 0]);
});

for (
  const [what, plan, programs, ran, status] of [
    ["the first failure ends a group", GROUP, { "restic b": { code: 1 } }, ["a", "b"], 1],
    [
      "a group that continues on errors runs all",
      { ...GROUP, continueOnError: true },
      { "restic a": { code: 1 } },
      ["a", "b", "c"],
      1,
    ],
    ["a member that cannot be planned has failed", { ...GROUP, members: ["a", "b!", "c"] }, {}, ["a"], 1],
    [
      "one that cannot be planned does not end a group that continues",
      { ...GROUP, members: ["b!", "c"], continueOnError: true },
      {},
      ["c"],
      1,
    ],
  ] as readonly (readonly [string, Plan, NonNullable<FakeOptions["programs"]>, string[], number])[]
) {
  Deno.test(`a plan: ${what}`, async () => {
    const result = await run(plan, { programs });
    assertEquals([result.ran, result.exitStatus], [ran, status]);
  });
}

Deno.test("a signal ends a group, whether it continues on errors or not", async () => {
  const { ran, exitStatus } = await run({ ...GROUP, continueOnError: true }, {}, "b");
  assertEquals([ran, exitStatus], [["a"], 1]);
});

Deno.test("the first failure is the exit status, and a reader that quits ends the plan", async () => {
  const statusOf = async (statuses: readonly number[], continueOnError: boolean) => {
    const seen: string[] = [];
    const signals = watchSignals(fakeWorld());
    const status = await forEachMember({ ...GROUP, continueOnError }, signals, (profile) => {
      seen.push(profile);
      return Promise.resolve(statuses[seen.length - 1]!);
    });
    return [status, seen.length];
  };
  assertEquals(await statusOf([0, 3, 1], true), [3, 3]);
  assertEquals(await statusOf([0, 3, 1], false), [3, 2]);
  assertEquals(await statusOf([0, 141, 0], true), [141, 2]);
});

Deno.test("a plan tells of its beginning and end, around its jobs, all with the id of the run", async () => {
  const { events } = await run({ ...GROUP, members: ["a", "b"] }, { programs: { restic: { durationMs: 1_000 } } });
  const plans = ["plan-started", "plan-ended", "run-started", "run-ended"];
  assertEquals(events.map(({ type }) => type).filter((type) => plans.includes(type)), [
    "plan-started",
    "run-started",
    "run-ended",
    "run-started",
    "run-ended",
    "plan-ended",
  ]);
  assertEquals(new Set(events.map(({ run }) => run)), new Set(["run-1"]));
  const jobs = events.flatMap((event) => event.type === "run-started" ? [event.job] : []);
  assertEquals([new Set(jobs).size, events[0]?.job, events.at(-1)?.job], [2, undefined, undefined]);
  const end = events.at(-1);
  assertEquals(end?.type === "plan-ended" && [end.durationMs, end.exitStatus], [2_000, 0]);
});

Deno.test("an I/O priority that cannot be set is told before the job, which runs without it", async () => {
  const world = fakeWorld({ programs: { ionice: { code: 1, stderr: "no" } } });
  const told = listener();
  const planned = job([resticStep("backup")], { priority: { nice: undefined, io: { class: 3, level: undefined } } });
  await runPlan({ ...GROUP, members: ["a"] }, {
    run: "run-1",
    world,
    tell: told.tell,
    signals: watchSignals(world),
    planMember: () => Promise.resolve({ job: planned, failure: undefined }),
  });
  assertEquals(told.messages()[0], "warning: Cannot set the I/O priority: no");
  assertEquals(world.ran.at(-1)?.line, "/usr/bin/restic backup");
});
