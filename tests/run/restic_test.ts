import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Job, ResticStep, Step } from "../../src/model/plan.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { job, listener, resticStep, shellStep } from "../support/job.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import type { FakeProgram } from "../support/fake_programs.ts";

const MINUTE_MS = 60_000;
const NICE = { "/usr/bin/nice": { text: "", mode: 0o755 } };

async function run(steps: readonly Step[], more: Partial<Job> = {}, options: FakeOptions = {}) {
  const world = fakeWorld(options);
  const told = listener();
  const result = await runJob(job(steps, more), world, told.tell, watchSignals(world));
  const ended = told.events.flatMap((event) => event.type === "restic-ended" ? [event] : []);
  return { ...result, ...told, ended, world, lines: linesOf(world) };
}

function linesOf(world: FakeWorld): string[] {
  return world.ran.map(({ line }) => line.replace(/^.*(?:-c |\/restic )/, ""));
}

function locked(age: string): FakeProgram {
  const stderr =
    `unable to create lock in backend: repository is already locked by PID 27153 on app by root (UID 0, GID 0)
lock was created at 2021-04-17 19:00:16 (${age} ago)
storage ID 870530a4
the \`unlock\` command can be used to remove stale locks
`;
  return { code: 11, stderr };
}

const UNLOCK = resticStep("unlock", { retried: false });
const RETRIED = resticStep("backup", { args: ["backup", { late: "retry-lock" }] });

// run.md, section 4: what is done about a lock of restic
for (
  const { name, more, attempts, lines, endedAt = 0, status = 1 } of [
    { name: "no wait, fresh lock: fails", more: {}, attempts: [locked("10s")], lines: ["backup"] },
    {
      name: "an attempt after each minute, until it is free (run.md 17: restic's locks 4)",
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
      name: "restic's status alone says it is a lock (run.md 17: restic's locks 5)",
      more: { lockWaitMs: MINUTE_MS },
      attempts: [{ code: 11 }, {}],
      lines: ["backup", "backup"],
      endedAt: MINUTE_MS,
      status: 0,
    },
    {
      name: "one matching line is no lock",
      more: { lockWaitMs: MINUTE_MS },
      attempts: [{ code: 1, stderr: "lock was created at 2021-04-17 19:00:16 (10s ago)\n" }],
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
    const { exitStatus, world, lines: ran, ended } = await run([RETRIED], more, {
      programs: { "restic backup": attempts },
    });
    assertEquals([ran, world.elapsed(), exitStatus], [lines, endedAt, status]);
    assertEquals(ended.filter(({ step }) => step.id === "backup").length, 1, "only the outcome is told");
  });
}

Deno.test("restic's lock in JSON: the owner ends where its line did (run.md 17: restic's locks 5)", async () => {
  const message = JSON.stringify(locked("10s").stderr);
  const programs = {
    restic: [{ code: 1, stderr: `{"message_type":"exit_error","code":1,"message":${message}}\n` }, {}],
  };
  const { messages } = await run([RETRIED], { lockWaitMs: MINUTE_MS }, { programs });
  assertStringIncludes(
    messages().join("\n"),
    "held by PID 27153 on app by root (UID 0, GID 0): next attempt in 1m0s, 1m0s left",
  );
});

Deno.test("restic's lock: an unlock that fails keeps restic's own failure", async () => {
  const resticLocks = { retryAfterMs: MINUTE_MS, staleAgeMs: 60 * MINUTE_MS, unlock: UNLOCK };
  const programs = { "restic backup": locked("2h"), "restic unlock": { code: 1 } };
  const { failure, messages } = await run([RETRIED], { resticLocks }, { programs });
  assertEquals(failure?.exitCode, 11);
  assertStringIncludes(messages().join("\n"), "error: unlock on profile 'home': exit status 1");
});

Deno.test("restic's lock: a stale one names the setting that would remove it", async () => {
  const { messages } = await run([RETRIED], {}, { programs: { restic: locked("2h") } });
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

Deno.test("restic's lock: time in hooks, and in restic without its lock, is no waiting (run.md 17: restic's locks 3)", async () => {
  const slow = { durationMs: 10 * MINUTE_MS };
  const programs = { hook: slow, "restic check": slow, "restic backup": [locked("10s"), {}] };
  const steps = [shellStep("run-before[0]", "hook"), resticStep("check"), RETRIED];
  const { exitStatus, lines } = await run(steps, { lockWaitMs: 2 * MINUTE_MS }, { programs });
  assertEquals([exitStatus, lines], [0, ["hook", "check", "backup", "backup"]]);
});

Deno.test("restic is started itself and gets the signal, whatever the shell of the hooks (run.md 17: processes 3)", async () => {
  const world = fakeWorld({ programs: { restic: { durationMs: MINUTE_MS } } });
  world.clock.at(1_000, () => world.raise("SIGTERM"));
  await runJob(job([resticStep("backup")], { shells: ["sh"] }), world, () => {}, watchSignals(world));
  assertEquals(world.ran.map(({ line, signals }) => [line, signals]), [["/usr/bin/restic backup", ["SIGINT"]]]);
});

Deno.test("restic's lock: init is not tried again", async () => {
  const steps = [resticStep("init", { retried: false, onError: "ignore" })];
  const { lines } = await run(steps, { lockWaitMs: MINUTE_MS }, { programs: { restic: locked("10s") } });
  assertEquals(lines, ["init"]);
});

Deno.test("late words come from the environment of the moment", async () => {
  const step = resticStep("backup", { args: ["backup", { late: "variables", text: "--tag=$PROFILE_NAME,$UNKNOWN" }] });
  const { lines } = await run([step]);
  assertEquals(lines, ["backup --tag=home,$UNKNOWN"]);
});

Deno.test("a quiet init drops its standard error", async () => {
  const steps = [resticStep("init", { quiet: true, onError: "ignore" }), resticStep("backup")];
  const { output, failure } = await run(steps, {}, { programs: { "restic init": { code: 1, stderr: "exists\n" } } });
  assertEquals([output(), failure], ["", undefined]);
});

const JSON_LINES = `plain line
{"message_type":"status","percent_done":0.5}
\r\x1b[2K{"message_type":"verbose_status"}
{"message_type":"summary","files_new":4}`;

for (
  const { name, step, shown, filesNew } of [
    {
      name: "hides JSON and reads its summary",
      step: { summary: "json", hideJson: true },
      shown: "plain line\n",
      filesNew: 4,
    },
    { name: "shows JSON that nobody asked for", step: {}, shown: JSON_LINES, filesNew: undefined },
  ] satisfies { name: string; step: Partial<ResticStep>; shown: string; filesNew: number | undefined }[]
) {
  Deno.test(`standard output of restic: ${name}`, async () => {
    const steps = [resticStep("backup", { stdout: "read", ...step })];
    const { output, ended } = await run(steps, {}, { programs: { restic: { stdout: JSON_LINES } } });
    assertEquals([output(), ended[0]?.outcome.summary?.filesNew], [shown, filesNew]);
  });
}

Deno.test("standard output of restic is not touched when nobody reads it", async () => {
  const { world } = await run([resticStep("backup")]);
  const { stdin, stdout, stderr } = world.ran[0]?.command ?? {};
  assertEquals([stdin, stdout, stderr], ["null", "inherit", "piped"]);
});

Deno.test("a line of megabytes on standard output passes, JSON or not", async () => {
  const long = `{"message_type":"${"x".repeat(3_000_000)}"}\n`;
  const steps = [resticStep("backup", { stdout: "read", summary: "json", hideJson: true })];
  const { output } = await run(steps, {}, {
    programs: { restic: { stdout: `${long}{"message_type":"status"}\nend\n` } },
  });
  assertEquals(output(), `${long}end\n`);
});

Deno.test("hooks of dump write to standard error", async () => {
  const { events } = await run([shellStep("run-before[0]", "hook")], { hookStdout: "stderr" }, {
    programs: { hook: { stdout: "hello" } },
  });
  assertEquals(events.flatMap((event) => event.type === "output" ? [event.stream] : []), ["stderr"]);
});

for (
  const { name, nice, own, files, line, set } of [
    { name: "set on it", nice: 5, own: 0, files: {}, line: "", set: 5 },
    { name: "of the program nice", nice: 5, own: 0, files: NICE, line: "/usr/bin/nice -n 5 ", set: undefined },
    { name: "relative to the tool's own", nice: 5, own: 3, files: NICE, line: "/usr/bin/nice -n 2 ", set: undefined },
    { name: "below the tool's own", nice: -5, own: 0, files: NICE, line: "", set: -5 },
  ]
) {
  Deno.test(`a child gets the niceness ${name}, and ionice (run.md 17: processes 7)`, async () => {
    const stat = { "/proc/1000/stat": `1000 (tool) S${" 0".repeat(15)} ${own} 0` };
    const priority = { nice, io: { class: 2, level: 7 } };
    const { world } = await run([resticStep("backup")], { priority }, { files: { ...files, ...stat } });
    const { line: ran, command } = world.ran[0] ?? {};
    assertEquals([ran, command?.nice], [`${line}ionice -c 2 -n 7 /usr/bin/restic backup`, set]);
  });
}

// hooks.md, section 6
const STREAM = "one ERROR\nfine\ntwo ERROR\nthree ERROR\nfour ERROR";

Deno.test("stream-error: matches are counted for each pattern, lines looked at in order", async () => {
  const streamErrors = [
    { pattern: "ERROR$", run: "each", minMatches: 0, maxRuns: 0 },
    { pattern: "ERROR", run: "second", minMatches: 2, maxRuns: 0 },
    { pattern: "^(two|three) ", run: "once", minMatches: 0, maxRuns: 1 },
  ];
  const { world, failure } = await run([resticStep("backup")], { streamErrors }, {
    programs: { restic: { stderr: STREAM } },
  });
  const callbacks = world.ran.slice(1).map(({ line, stdin }) => `${line.replace(/^.* /, "")} ${stdin}`);
  assertEquals(callbacks, [
    "each one ERROR",
    "each two ERROR",
    "second two ERROR",
    "once two ERROR",
    "each three ERROR",
    "each four ERROR",
    "second four ERROR",
  ]);
  assertEquals(failure, undefined);
});

Deno.test("stream-error: a callback that fails is a warning; what it prints is not restic's", async () => {
  const streamErrors = [{ pattern: "ERROR", run: "callback", minMatches: 0, maxRuns: 0 }];
  const programs = { restic: { code: 1, stderr: "an ERROR\n" }, callback: { code: 3, stderr: "callback ERROR\n" } };
  const { failure, messages, world, output } = await run([resticStep("backup")], { streamErrors }, { programs });
  assertEquals([failure?.stderr, world.ran.length, output()], ["an ERROR\n", 2, "an ERROR\ncallback ERROR\n"]);
  assertStringIncludes(messages().join("\n"), "warning: stream-error on profile 'home': exit status 3");
});

Deno.test("stream-error: init is not watched, a bad pattern fails the command", async () => {
  const streamErrors = [{ pattern: "(", run: "callback", minMatches: 0, maxRuns: 0 }];
  const programs = { restic: { stderr: "ERROR (\n" } };
  const { lines, failure } = await run(
    [resticStep("init", { watched: false }), resticStep("backup")],
    { streamErrors },
    { programs },
  );
  assertEquals(lines, ["init"]);
  assertStringIncludes(failure?.message ?? "", "backup on profile 'home': Cannot read pattern");
});

Deno.test("restic: neither command line nor what was filtered shows the password of an address, blanks in it or not", async () => {
  const args = ["check", "--repo=rest:http://me:hid den@host/"];
  const { messages, lines } = await run([resticStep("check", { args, unfiltered: [...args, "--from-repo=b2:x"] })]);
  assertEquals(lines, ["check --repo=rest:http://me:hid den@host/"]);
  const told = messages().filter((text) => text.includes("--repo="));
  assertEquals(told.map((text) => text.includes("me:×××@host/")), [true, true], told.join("\n"));
  assertEquals(told.filter((text) => text.includes("den")), []);
});
