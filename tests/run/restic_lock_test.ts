import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Job } from "../../src/model/plan.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { fakeWorld } from "../support/fake_world.ts";
import type { FakeProgram } from "../support/fake_programs.ts";
import { job, resticStep, shellStep } from "../support/job.ts";
import { runSteps } from "../support/run_steps.ts";

const MINUTE_MS = 60_000;

function locked(age: string): FakeProgram {
  const stderr =
    `unable to create lock in backend: repository is already locked by PID 19986 on nightingale by root (UID 0, GID 0)
lock was created at 2026-12-01 06:11:51 (${age} ago)
storage ID 02a9af46
the \`unlock\` command can be used to remove stale locks
`;
  return { code: 11, stderr };
}

const UNLOCK = resticStep("unlock", { retried: false });
const RETRIED = resticStep("backup", { args: ["backup", { late: "retry-lock" }] });

// What is done about a lock of restic
for (
  const { name, more, attempts, lines, endedAt = 0, status = 1 } of [
    { name: "no wait, fresh lock: fails", more: {}, attempts: [locked("10s")], lines: ["backup"] },
    {
      name: "an attempt after each minute, until it is free",
      more: { lockWaitMs: 5 * MINUTE_MS },
      attempts: [locked("10s"), locked("70s"), {}],
      lines: ["backup --retry-lock=3m", "backup --retry-lock=2m", "backup --retry-lock=1m"],
      endedAt: 2 * MINUTE_MS,
      status: 0,
    },
    {
      name: "an attempt at the end of the wait, none with less than 15 s left",
      more: { lockWaitMs: 80_000 },
      attempts: [locked("10s")],
      lines: ["backup", "backup", "backup"],
      endedAt: 80_000,
    },
    { name: "less than 15 s left: fails", more: { lockWaitMs: 10_000 }, attempts: [locked("10s")], lines: ["backup"] },
    {
      name: "retry-after of a second: every 15 s",
      more: { lockWaitMs: 31_000, resticLocks: { retryAfterMs: 1_000, staleAgeMs: 0, unlock: undefined } },
      attempts: [locked("10s"), locked("10s"), {}],
      lines: ["backup", "backup", "backup"],
      endedAt: 30_000,
      status: 0,
    },
    {
      name: "retry-after 0: never waits",
      more: { lockWaitMs: 5 * MINUTE_MS, resticLocks: { retryAfterMs: 0, staleAgeMs: 0, unlock: undefined } },
      attempts: [locked("10s")],
      lines: ["backup --retry-lock=4m"],
    },
    { name: "stale, but not to be removed", more: {}, attempts: [locked("2h")], lines: ["backup"] },
    {
      name: "stale, removed, run again at once",
      more: { resticLocks: { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK } },
      attempts: [locked("2h1s727.5ms"), {}],
      lines: ["backup", "unlock", "backup"],
      status: 0,
    },
    {
      name: "stale a second time: fails",
      more: { resticLocks: { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK } },
      attempts: [locked("2h"), locked("3h")],
      lines: ["backup", "unlock", "backup"],
    },
    {
      name: "stale a second time, with time to wait: waits as for any other",
      more: {
        lockWaitMs: 3 * MINUTE_MS,
        resticLocks: { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK },
      },
      attempts: [locked("2h"), locked("2h"), {}],
      lines: ["backup --retry-lock=1m", "unlock", "backup --retry-lock=1m", "backup"],
      endedAt: MINUTE_MS,
      status: 0,
    },
    {
      name: "a lock just below the stale age is not stale",
      more: { resticLocks: { retryAfterMs: MINUTE_MS, staleAgeMs: 15 * MINUTE_MS, unlock: UNLOCK } },
      attempts: [locked("14m59.9s")],
      lines: ["backup"],
    },
    {
      name: "stale age 0: never stale",
      more: { resticLocks: { retryAfterMs: MINUTE_MS, staleAgeMs: 0, unlock: UNLOCK } },
      attempts: [locked("20h")],
      lines: ["backup"],
    },
    {
      name: "time spent in restic on the lock counts as waiting",
      more: { lockWaitMs: 2 * MINUTE_MS },
      attempts: [{ ...locked("10s"), durationMs: 110_000 }],
      lines: ["backup"],
      endedAt: 110_000,
    },
    {
      name: "restic's status alone says it is a lock",
      more: { lockWaitMs: MINUTE_MS },
      attempts: [{ code: 11 }, {}],
      lines: ["backup", "backup"],
      endedAt: MINUTE_MS,
      status: 0,
    },
    {
      name: "one matching line is no lock",
      more: { lockWaitMs: MINUTE_MS },
      attempts: [{ code: 1, stderr: "lock was created at 2026-12-01 06:11:51 (10s ago)\n" }],
      lines: ["backup"],
    },
  ] satisfies {
    name: string;
    more: Partial<Job>;
    attempts: FakeProgram[];
    lines: string[];
    endedAt?: number;
    status?: number;
  }[]
) {
  Deno.test(`restic's lock: ${name}`, async () => {
    const { exitStatus, world, lines: ran, ended } = await runSteps([RETRIED], more, {
      programs: { "restic backup": attempts },
    });
    assertEquals([ran, world.elapsed(), exitStatus], [lines, endedAt, status]);
    assertEquals(ended.filter(({ step }) => step.id === "backup").length, 1, "only the outcome is told");
  });
}

Deno.test("restic's lock in JSON: the owner ends where its line did", async () => {
  const message = JSON.stringify(locked("10s").stderr);
  const programs = {
    restic: [{ code: 1, stderr: `{"message_type":"exit_error","code":1,"message":${message}}\n` }, {}],
  };
  const { messages } = await runSteps([RETRIED], { lockWaitMs: MINUTE_MS }, { programs });
  assertStringIncludes(
    messages().join("\n"),
    "held by PID 19986 on nightingale by root (UID 0, GID 0): next attempt in 1m0s, 1m0s left",
  );
});

Deno.test("restic's lock: an unlock that fails keeps restic's own failure", async () => {
  const resticLocks = { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK };
  const programs = { "restic backup": locked("2h"), "restic unlock": { code: 1 } };
  const { failure, messages } = await runSteps([RETRIED], { resticLocks }, { programs });
  assertEquals(failure?.exitCode, 11);
  assertStringIncludes(messages().join("\n"), "error: unlock on profile 'home': exit status 1");
});

Deno.test("restic's lock: a stale one names the setting that would remove it", async () => {
  const { messages } = await runSteps([RETRIED], {}, { programs: { restic: locked("2h") } });
  assertStringIncludes(messages().join("\n"), "force-inactive-lock");
});

Deno.test("restic's lock: a signal ends the wait, the run is interrupted", async () => {
  const world = fakeWorld({ programs: { restic: locked("10s") } });
  world.clock.at(1_000, () => world.raise("SIGINT"));
  const { failure } = await runJob(job([RETRIED], { lockWaitMs: MINUTE_MS }), world, () => {}, watchSignals(world));
  assertEquals([failure?.message, world.elapsed(), world.ran.length], [
    "backup on profile 'home': interrupted",
    1_000,
    1,
  ]);
});

Deno.test("restic's lock: time in hooks, and in restic without its lock, is no waiting", async () => {
  const slow = { durationMs: 10 * MINUTE_MS };
  const programs = { hook: slow, "restic check": slow, "restic backup": [locked("10s"), {}] };
  const steps = [shellStep("run-before[0]", "hook"), resticStep("check"), RETRIED];
  const { exitStatus, lines } = await runSteps(steps, { lockWaitMs: 2 * MINUTE_MS }, { programs });
  assertEquals([exitStatus, lines], [0, ["hook", "check", "backup", "backup"]]);
});
Deno.test("restic's lock: init is not tried again", async () => {
  const steps = [resticStep("init", { retried: false, onError: "ignore" })];
  const { lines } = await runSteps(steps, { lockWaitMs: MINUTE_MS }, { programs: { restic: locked("10s") } });
  assertEquals(lines, ["init"]);
});

const LOOK = {
  list: resticStep("list", { args: ["list", "locks"] }),
  cat: resticStep("cat", { args: ["cat", "lock"] }),
};
const IN_CONTAINER = { "/proc/self/ns/pid": "", "/proc/sys/kernel/random/boot_id": "boot-1" };

for (
  const { name, files = IN_CONTAINER, ageMs = 5 * MINUTE_MS, hostname = "machine", lines } of [
    {
      name: "a young lock of our host name, in a container",
      lines: ["backup", "list locks", "cat lock 0a", "cat lock 0b"],
    },
    {
      name: "old locks alone",
      ageMs: 31 * MINUTE_MS,
      lines: ["backup", "list locks", "cat lock 0a", "cat lock 0b", "unlock", "backup"],
    },
    {
      name: "a young lock of another host",
      hostname: "nas",
      lines: ["backup", "list locks", "cat lock 0a", "cat lock 0b", "unlock", "backup"],
    },
    { name: "a young lock, outside of containers", files: {}, lines: ["backup", "unlock", "backup"] },
  ]
) {
  Deno.test(`restic's lock: before unlock there is ${name}`, async () => {
    const lock = (time: number, host: string) =>
      JSON.stringify({
        time: new Date(time).toISOString(),
        exclusive: false,
        hostname: host,
        username: "root",
        pid: 7,
      });
    const now = Date.UTC(2026, 0, 2, 3, 4, 5);
    const resticLocks = { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK, look: LOOK };
    const programs = {
      "restic backup": [locked("2h"), {}],
      "restic list locks": { stdout: "0a\n0b\n" },
      "restic cat lock 0a": { stdout: lock(now - 120 * MINUTE_MS, "machine") },
      "restic cat lock 0b": { stdout: lock(now - ageMs, hostname) },
    };
    const { lines: ran, messages } = await runSteps([RETRIED], { resticLocks }, { programs, files, now });
    assertEquals(ran, lines);
    assertEquals(
      messages().join("\n").includes("PID 7, which may live in another container"),
      !lines.includes("unlock"),
    );
  });
}

Deno.test("restic's lock: a SIGHUP during unlock, which restic may send to this process, ends nothing", async () => {
  const resticLocks = { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK };
  const programs = { "restic backup": [locked("2h"), {}], "restic unlock": { durationMs: 2_000 } };
  for (const [signal, status] of [["SIGHUP", 0], ["SIGTERM", 1]] as const) {
    const world = fakeWorld({ programs });
    world.clock.at(1_000, () => world.raise(signal));
    const { exitStatus } = await runJob(job([RETRIED], { resticLocks }), world, () => {}, watchSignals(world));
    assertEquals(exitStatus, status, signal);
  }
});

const LOOKING = {
  lockWaitMs: MINUTE_MS,
  resticLocks: { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK, look: LOOK },
};

for (
  const [what, list, lines, told] of [
    [
      "leaves a process behind that holds its output",
      { stdout: "0a\n", leavesOutputOpen: true },
      ["backup", "list locks", "cat lock 0a", "unlock", "backup"],
      "removing it",
    ],
    [
      "does not end",
      { durationMs: 60 * MINUTE_MS },
      ["backup", "list locks", "backup"],
      "is left: restic list of the locks was ended: it did not end within 1m0s",
    ],
    [
      "prints without end",
      { stdout: "0a\n".repeat(400_000), durationMs: 60 * MINUTE_MS },
      ["backup", "list locks", "backup"],
      "is left: restic list of the locks was ended: it printed more than 1024 KiB",
    ],
  ] as const
) {
  Deno.test(`restic's lock: a list of the locks that ${what} does not hold the run`, async () => {
    const programs = { "restic backup": [locked("2h"), {}], "restic list locks": list };
    const { lines: ran, messages, exitStatus } = await runSteps([RETRIED], LOOKING, { programs, files: IN_CONTAINER });
    assertEquals([ran.map((line) => line.split(" --retry-lock")[0]), exitStatus], [[...lines], 0]);
    assertStringIncludes(messages().join("\n"), told);
  });
}

Deno.test("restic's lock: after a signal during the look at the locks there is no unlock", async () => {
  const programs = { "restic backup": locked("2h"), "restic list locks": { stdout: "0a\n", durationMs: 10_000 } };
  const world = fakeWorld({ programs, files: IN_CONTAINER });
  world.clock.at(1_000, () => world.raise("SIGTERM"));
  const { failure } = await runJob(job([RETRIED], LOOKING), world, () => {}, watchSignals(world));
  assertEquals([failure?.message, world.ran.map(({ line }) => line.split(" ")[1]), world.elapsed()], [
    "backup on profile 'home': interrupted",
    ["backup", "list"],
    1_000,
  ]);
});
