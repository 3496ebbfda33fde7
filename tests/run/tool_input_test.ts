import { assertEquals } from "@std/assert";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import type { FakeProgram } from "../support/fake_programs.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { job, resticStep, shellStep } from "../support/job.ts";

const LOCKED: FakeProgram = { code: 11 };
const READS: FakeProgram = { readsStdin: true };
const LATE: FakeProgram = { code: 11, readsStdin: true };
const SMALL = "one\ntwo\n";
const LARGE = "x".repeat(2 * 1024 * 1024);
const READ_BEFORE = "backup on profile 'home': Cannot retry: standard input is already consumed";

async function run(stdin: string, attempts: readonly FakeProgram[], options: { terminal?: true } = {}) {
  const world = fakeWorld({ stdin, programs: { restic: attempts }, ...options });
  const step = resticStep("backup", { stdin: { from: "tool" } });
  const { failure } = await runJob(job([step], { lockWaitMs: 600_000 }), world, () => {}, watchSignals(world));
  return { message: failure?.message, inputs: world.ran.map(({ command, stdin }) => [command.stdin, stdin] as const) };
}

// an inherited input is read by the program itself, not by the world
for (
  const [name, stdin, attempts, inputs, message] of [
    ["comes whole to the attempt that gets the lock", SMALL, [LOCKED, READS], [["inherit", ""], ["piped", SMALL]]],
    ["is kept for the attempts after that", SMALL, [LOCKED, LOCKED, READS], [
      ["inherit", ""],
      ["piped", SMALL],
      ["piped", SMALL],
    ]],
    ["may be large", LARGE, [LOCKED, READS], [["inherit", ""], ["piped", LARGE]]],
    [
      "is not given again without its beginning",
      LARGE,
      [LOCKED, LATE, READS],
      [["inherit", ""], ["piped", LARGE]],
      READ_BEFORE,
    ],
    ["that is at its end has been read", "", [LOCKED, READS], [["inherit", ""]], READ_BEFORE],
  ] as const
) {
  Deno.test(`retry: standard input ${name}`, async () => {
    assertEquals<unknown>(await run(stdin, attempts), { message, inputs });
  });
}

Deno.test("retry: a terminal stays with restic", async () => {
  const { inputs, message } = await run("", [LOCKED, READS], { terminal: true });
  assertEquals<unknown>([inputs, message], [[["inherit", ""], ["inherit", ""]], undefined]);
});

for (
  const [name, signals, endedAt] of [["a second signal", [1_000, 3_000], 3_000], ["5 s", [1_000], 6_000]] as const
) {
  Deno.test(`a restic that does not notice a signal for want of input is killed after ${name}, and hooks run`, async () => {
    const world = fakeWorld({ programs: { restic: { durationMs: 3_600_000, survives: ["SIGINT"] } } });
    for (const at of signals) world.clock.at(at, () => world.raise("SIGTERM"));
    const steps = [
      resticStep("backup", { stdin: { from: "tool" } }),
      shellStep("run-after-fail[0]", "alarm", { when: "failure" }),
    ];
    await runJob(job(steps), world, () => {}, watchSignals(world));
    assertEquals(world.ran.map(({ endedAt }) => endedAt), [endedAt, endedAt]);
  });
}
