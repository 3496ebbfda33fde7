import { assertEquals } from "@std/assert";
import type { ResticStep } from "../../src/model/plan.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { job, listener, resticStep } from "../support/job.ts";
import type { FakeProgram } from "../support/fake_programs.ts";
import { fakeWorld } from "../support/fake_world.ts";

const STAGE = "backup on profile 'home': 'stdin-command' on profile 'home'";
const READS: FakeProgram = { readsStdin: true };

function backup(lines: readonly string[], more: Partial<ResticStep> = {}): ResticStep {
  return resticStep("backup", { stdin: { from: "commands", lines, stage: STAGE }, ...more });
}

async function run(
  step: ResticStep,
  programs: Readonly<Record<string, FakeProgram | readonly FakeProgram[]>>,
  options: { readonly lockWaitMs?: number; readonly signalAt?: number } = {},
) {
  const world = fakeWorld({ programs: { restic: READS, ...programs } });
  const told = listener();
  if (options.signalAt !== undefined) {
    world.clock.at(options.signalAt, () => world.raise("SIGTERM"));
    void world.sleep(options.signalAt); // time passes though nobody in the run waits for it
  }
  const { failure } = await runJob(
    job([step], { lockWaitMs: options.lockWaitMs ?? 0 }),
    world,
    told.tell,
    watchSignals(world),
  );
  assertEquals(world.alive.size, 1, "no child outlives the tool");
  const restic = world.ran.filter(({ line }) => line.includes("restic"));
  return { failure, world, restic, output: told.output() };
}

Deno.test("stdin-command: the joined output is restic's input, standard error is shown", async () => {
  const programs = { first: { stdout: "one\n", stderr: "note\n" }, second: { stdout: "two\n" } };
  const { failure, restic, output, world } = await run(backup(["first", "second"]), programs);
  assertEquals([failure, restic[0]?.stdin, output], [undefined, "one\ntwo\n", "note\n"]);
  assertEquals(world.ran.map(({ command }) => command.stdin), ["null", "null", "piped"]);
});

Deno.test("stdin-command: no output at all is an empty input, which newer releases of restic refuse", async () => {
  const { failure, restic } = await run(backup(["true"]), {});
  assertEquals([failure, restic[0]?.stdin, restic.length], [undefined, "", 1]);
});

Deno.test("stdin-command: without any output a restic that would save it is not started", async () => {
  const stdin = { from: "commands", lines: ["true", "true"], stage: STAGE, isChecked: true } as const;
  const { failure, restic } = await run(backup([], { stdin }), {});
  assertEquals(failure?.cause, "standard input is empty: nothing to save");
  assertEquals(restic, []);
});

Deno.test("stdin-command: one that prints nothing beside one that does is part of the input", async () => {
  const { failure, restic } = await run(backup(["true", "dump"]), { dump: { stdout: "x" } });
  assertEquals([failure, restic[0]?.stdin], [undefined, "x"]);
});

Deno.test("stdin-command: restic starts with the first 8 KiB, not before", async () => {
  const later = (afterMs: number, size: number) => ({ afterMs, stream: "stdout", text: "x".repeat(size) }) as const;
  const { restic } = await run(backup(["dump"]), {
    dump: { later: [later(100, 8_000), later(200, 192), later(300, 5)], durationMs: 400 },
  });
  assertEquals([restic[0]?.startedAt, restic[0]?.stdin.length], [200, 8_197]);
});

for (const [name, lines] of [["the first command", ["fails"]], ["a later one", ["small", "fails"]]] as const) {
  Deno.test(`stdin-command: ${name} that fails before 8 KiB keeps restic from starting`, async () => {
    const { failure, restic } = await run(backup(lines), {
      small: { stdout: "small" },
      fails: { code: 5, stdout: "x", stderr: "no database\n" },
    });
    assertEquals(restic.length, 0);
    assertEquals(failure, {
      message: `${STAGE}: exit status 5`,
      kind: "hook",
      cause: "exit status 5",
      commandLine: '"fails"',
      exitCode: 5,
      stderr: "no database\n",
    });
  });
}

Deno.test("stdin-command: one that cannot be started is its own failure", async () => {
  const { failure, restic } = await run(backup(["dump"]), { dump: { refuses: "too many processes" } });
  assertEquals([restic.length, failure?.message, failure?.commandLine], [
    0,
    `${STAGE}: Cannot start "/bin/bash": too many processes`,
    '"dump"',
  ]);
});

const LATE_FAILURE: FakeProgram = { stdout: "x".repeat(10_000), durationMs: 500, code: 7 };

Deno.test("stdin-command: a later failure interrupts restic, whose input is still open", async () => {
  const { failure, restic } = await run(backup(["dump"]), { dump: LATE_FAILURE });
  assertEquals([restic[0]?.signals, restic[0]?.endedAt, failure?.message], [
    ["SIGINT"],
    500,
    `${STAGE}: exit status 7`,
  ]);
});

Deno.test("stdin-command: a restic that does not end is terminated after 10 s, killed after 20 s", async () => {
  const stubborn: FakeProgram = { readsStdin: true, survives: ["SIGINT", "SIGTERM"] };
  const { failure, restic } = await run(backup(["dump"]), { dump: LATE_FAILURE, restic: stubborn });
  assertEquals([restic[0]?.signals, restic[0]?.endedAt], [["SIGINT", "SIGTERM", "SIGKILL"], 20_500]);
  assertEquals(failure?.message, `${STAGE}: exit status 7`);
});

Deno.test("stdin-command: when restic fails its commands are ended, and restic is to blame", async () => {
  const endless: FakeProgram = { stdout: "x".repeat(10_000), durationMs: 3_600_000 };
  const { failure, world } = await run(backup(["dump"]), {
    dump: endless,
    restic: { code: 1, durationMs: 50, stderr: "no space\n" },
  });
  assertEquals([failure?.message, failure?.stderr, world.elapsed()], [
    "backup on profile 'home': exit status 1",
    "no space\n",
    50,
  ]);
  assertEquals(world.ran[0]?.signals, ["SIGINT"]);
});

Deno.test("stdin-command: a signal reaches command and restic", async () => {
  const endless: FakeProgram = { stdout: "x".repeat(10_000), durationMs: 3_600_000 };
  const { failure, restic, world } = await run(backup(["dump"]), { dump: endless }, { signalAt: 100 });
  assertEquals(failure?.message, "backup on profile 'home': signal: interrupt");
  assertEquals([world.ran[0]?.signals[0], restic[0]?.signals[0]], ["SIGINT", "SIGINT"]);
});

Deno.test("stdin-command: a signal before restic has started keeps it from starting", async () => {
  for (const survives of [[], ["SIGINT"]] as const) {
    const { failure, restic } = await run(backup(["dump"]), { dump: { durationMs: 500, survives } }, { signalAt: 100 });
    assertEquals([restic.length, failure?.exitCode], [0, -1]);
  }
});

Deno.test("stdin-command: another attempt starts the commands again", async () => {
  const locked = {
    code: 11,
    stderr: "lock was created at x (10s ago)\nthe `unlock` command can be used to remove stale locks\n",
  };
  const { failure, restic, world } = await run(
    backup(["dump"]),
    { dump: { stdout: "data" }, restic: [locked, READS] },
    { lockWaitMs: 60_000 },
  );
  assertEquals([failure, restic.length, restic[1]?.stdin], [undefined, 2, "data"]);
  assertEquals(world.ran.length, 4);
});

for (
  const [when, size, cause] of [["before", 5, "interrupted"], ["after", 10_000, "signal: terminated"]] as const
) {
  Deno.test(`stdin-command: a signal ends the wait for a process that holds the output, ${when} restic has started`, async () => {
    const holds: FakeProgram = { stdout: "x".repeat(size), leavesOutputOpen: true };
    // restic 0.17 and newer notice a signal only when they can read
    const deaf: FakeProgram = { readsStdin: true, survives: ["SIGINT"] };
    const { failure, world } = await run(backup(["dump"]), { dump: holds, restic: deaf }, { signalAt: 1_000 });
    assertEquals(failure?.cause, cause);
    assertEquals(world.ran.length, size > 8_192 ? 2 : 1);
  });
}

const SETPRIV = { "/usr/bin/setpriv": { text: "", mode: 0o755 } };

for (
  const [can, code, line] of [["can", 0, "/usr/bin/setpriv --pdeathsig INT /usr/bin/restic"], [
    "cannot",
    1,
    "/usr/bin/restic",
  ]] as const
) {
  Deno.test(`stdin-command: restic is told when the tool dies, if setpriv ${can} do that`, async () => {
    const programs = { "setpriv --pdeathsig INT true": { code }, "dump": { stdout: "data" } };
    const world = fakeWorld({ files: SETPRIV, programs });
    const { failure } = await runJob(
      job([backup(["dump"]), resticStep("check")]),
      world,
      () => {},
      watchSignals(world),
    );
    assertEquals(failure, undefined);
    assertEquals(world.ran.map((one) => one.line).filter((one) => one.includes("restic")), [
      `${line} backup`,
      "/usr/bin/restic check",
    ]);
  });
}
