import { assertEquals } from "@std/assert";
import type { Tell } from "../../src/model/event.ts";
import { failureOf } from "../../src/model/outcome.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { job, resticStep, shellStep } from "../support/job.ts";
import { runSteps } from "../support/run_steps.ts";

const AROUND = [
  shellStep("run-after[0]", "after"),
  shellStep("run-after-fail[0]", "alarm", { when: "failure", onError: "report" }),
  shellStep("run-finally[0]", "finally", { when: "always", onError: "report" }),
];
const LISTING = { stdout: "one\ntwo\n", durationMs: 60_000 };

for (const stdout of ["pass", "read"] as const) {
  Deno.test(`a reader that quits ends restic in time to remove its lock, without alarm (${stdout})`, async () => {
    const steps = [resticStep("ls", { stdout }), ...AROUND];
    const options = { reader: "quit", programs: { "restic ls": LISTING } } as const;
    const world = fakeWorld(options);
    const { tell, failure, exitStatus } = await run(steps, world);
    assertEquals([failure, exitStatus], [undefined, 141]);
    assertEquals(world.ran.map(({ line, signals }) => [line.replace(/^.*(-c |\/)/, ""), signals]), [
      ["restic ls", ["SIGINT"]],
      ["finally", []],
    ]);
    assertEquals(world.ran.at(-1)?.command.env["ERROR"], undefined);
    assertEquals(tell.at(-1), "run-ended");
  });
}

Deno.test("a restic that is done before it hears of its reader has not failed: no alarm in monitoring", async () => {
  const done = { ...LISTING, durationMs: 5_000, survives: ["SIGINT"] } as const;
  for (const stdout of ["pass", "read"] as const) {
    const world = fakeWorld({ reader: "quit", programs: { "restic backup": done } });
    const { outcomes, exitStatus } = await run([resticStep("backup", { stdout }), ...AROUND], world);
    assertEquals([outcomes, exitStatus], [[[0, undefined]], 141]);
    assertEquals(world.ran.map(({ line }) => line.replace(/^.*(-c |\/)/, "")), ["restic backup", "finally"]);
  }
});

async function run(steps: Parameters<typeof job>[0], world: ReturnType<typeof fakeWorld>) {
  const tell: string[] = [];
  const outcomes: [number | undefined, string | undefined][] = [];
  const show: Tell = (event) => {
    tell.push(event.type);
    if (event.type === "restic-ended") outcomes.push([event.outcome.status, failureOf(event.result)?.message]);
    if (event.type === "output") world.console.write("stdout", event.bytes);
  };
  return { tell, outcomes, ...await runJob(job(steps), world, show, watchSignals(world)) };
}

for (
  const { what, program, reader, expected } of [
    { what: "that nobody reads", program: { code: 141 }, reader: "quit", expected: ["hook", "finally"] },
    { what: "while somebody reads", program: { code: 141 }, reader: "stopped", expected: undefined },
  ] as const
) {
  Deno.test(`a hook that ends of a broken pipe ${what} is ${expected ? "no" : "a"} failure`, async () => {
    const steps = [shellStep("run-before[0]", "hook"), ...AROUND];
    const { lines, exitStatus } = await runSteps(steps, {}, { reader, programs: { hook: program } });
    assertEquals([lines, exitStatus], expected ? [expected, 141] : [["hook", "alarm", "finally"], 1]);
  });
}

Deno.test("a reader that stops reading keeps no run from its end after a signal", async () => {
  const world = fakeWorld({ reader: "stopped", programs: { restic: { stdout: "line\n", durationMs: 60_000 } } });
  world.clock.at(1_000, () => world.raise("SIGTERM"));
  const { exitStatus } = await run([resticStep("backup", { stdout: "pass" }), ...AROUND], world);
  assertEquals([exitStatus, world.ran[0]?.signals], [1, ["SIGINT"]]);
  assertEquals(world.ran.slice(1).map(({ line }) => line.replace(/^.*-c /, "")), ["alarm", "finally"]);
});
