import { assertEquals, assertStringIncludes } from "@std/assert";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { Secret } from "../../src/model/secret.ts";
import type { FakeProgram } from "../support/fake_programs.ts";
import type { Job } from "../../src/model/plan.ts";
import { httpStep, job, listener, resticStep, shellStep, wholeBackup } from "../support/job.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";
import { hook } from "../support/hook.ts";
import type { StartFailure } from "../../src/model/outcome.ts";

async function run(work: Job, options: FakeOptions = {}, prepare: (world: FakeWorld) => void = () => {}) {
  const world = fakeWorld({ ...options });
  const told = listener();
  prepare(world);
  const result = await runJob(work, world, told.tell, watchSignals(world));
  return { ...result, world, ...told, called: calledIn(world) };
}

/** Shell hooks by their text, restic by its command, requests by their phase; those of one kind stay in order. */
function calledIn(world: FakeWorld): string[] {
  return world.ran.map(({ line }) => line.replace(/^.*(?:-c |\/restic )/, ""));
}

function stepsCalled(events: ReturnType<typeof listener>["events"]): string {
  const short: Record<string, string> = {
    "run-before[0]": "1",
    init: "2",
    "send-before": "3",
    "backup run-before[0]": "4",
    "check-before": "5a",
    backup: "5b",
    "backup run-after[0]": "6",
    "send-after": "7",
    "run-after[0]": "8",
    "send-after-fail": "F1",
    "backup run-after-fail[0]": "F2",
    "run-after-fail[0]": "F3",
    "backup run-finally[0]": "E1",
    "run-finally[0]": "E2",
    "send-finally": "E3",
  };
  return events.flatMap((event) => event.type === "step-started" ? [short[event.step.id]] : []).join(" ");
}

const FAILS = { code: 7, stderr: "no disk\n" };

Deno.test("an init that fails has an end, and says that it does not matter", async () => {
  const steps = wholeBackup().map((step) => step.id === "init" ? { ...step, quiet: true } as typeof step : step);
  const { failure, messages } = await run(job(steps), { programs: { "restic init": FAILS } });
  assertEquals(failure, undefined);
  assertEquals(messages().filter((text) => text.includes("'init'")), [
    "info: profile 'home': starting 'init'",
    "info: profile 'home': finished 'init': exit status 7 (ignored)",
    "debug: profile 'home': 'init': no disk",
  ]);
});

for (
  const text of [
    "Fatal: create repository at /r failed: config file already exists\n",
    "Fatal: create repository at rest:http://h/ failed: server response unexpected: config already exists\n",
    "Fatal: create repository at s3:h/b failed: repository master key and config already initialized\n",
    '{"message_type":"exit_error","code":1,"message":"Fatal: create repository at /r failed: config file already exists"}\n',
  ]
) {
  Deno.test(`an init that finds its repository has not failed: ${text.slice(-40).trim()}`, async () => {
    const programs = { "restic init": { code: 1, stderr: text } };
    const { failure, messages, events, world } = await run(job(wholeBackup()), { programs });
    assertEquals(failure, undefined);
    assertEquals(
      messages().filter((text) => text.includes("'init'")).at(-1),
      "info: profile 'home': 'init': the repository exists",
    );
    const ends = events.flatMap((event) => event.type === "step-ended" && event.step.id === "init" ? [event] : []);
    assertEquals(ends.map(({ result }) => result), [{ kind: "done" }]);
    assertEquals(world.printed.stderr.includes("already"), false);
  });
}

Deno.test("an error that nobody caught is a failure of the step that runs: its child is ended, failure hooks are called", async () => {
  const { failure, exitStatus, called, world, events } = await run(job(wholeBackup()), {
    programs: { "restic backup": { durationMs: 60_000, survives: ["SIGINT"] } },
  }, (world) => void world.sleep(1_000).then(() => world.crash(new Error("a bug"))));
  assertEquals([failure?.message, exitStatus], ["backup on profile 'home': a bug", 1]);
  assertEquals(stepsCalled(events), "1 2 3 4 5a 5b F1 F2 F3 E1 E2 E3");
  const restic = world.ran[called.findIndex((line) => line.startsWith("backup"))];
  assertEquals(restic?.signals, ["SIGINT", "SIGTERM"]);
  assertEquals(restic?.endedAt !== undefined, true);
});

// What fails, and which steps are called then
for (
  const { fails, called, error, status = 1 } of [
    { fails: "nothing", called: "1 2 3 4 5a 5b 6 7 8 E1 E2 E3", error: undefined, status: 0 },
    { fails: "1", called: "1 F1 F2 F3 E1 E2 E3", error: "run-before on profile 'home': exit status 7" },
    { fails: "4", called: "1 2 3 4 F1 F2 F3 E1 E2 E3", error: "run-before backup on profile 'home': exit status 7" },
    {
      fails: "restic check",
      called: "1 2 3 4 5a F1 F2 F3 E1 E2 E3",
      error: "backup check on profile 'home': exit status 7",
    },
    {
      fails: "restic backup",
      called: "1 2 3 4 5a 5b F1 F2 F3 E1 E2 E3",
      error: "backup on profile 'home': exit status 7",
    },
    {
      fails: "6",
      called: "1 2 3 4 5a 5b 6 F1 F2 F3 E1 E2 E3",
      error: "run-after backup on profile 'home': exit status 7",
    },
    {
      fails: "8",
      called: "1 2 3 4 5a 5b 6 7 8 F1 F2 F3 E1 E2 E3",
      error: "run-after on profile 'home': exit status 7",
    },
    { fails: "E1", called: "1 2 3 4 5a 5b 6 7 8 E1 E2 E3", error: undefined, status: 0 },
    { fails: "restic init", called: "1 2 3 4 5a 5b 6 7 8 E1 E2 E3", error: undefined, status: 0 },
  ]
) {
  Deno.test(`runJob() when ${fails} fails`, async () => {
    const { events, failure, exitStatus } = await run(job(wholeBackup()), { programs: { [fails]: FAILS } });
    assertEquals([stepsCalled(events), failure?.message, exitStatus], [called, error, status]);
  });
}

Deno.test("runJob() skips the rest of the failure hooks after one that fails, and keeps the first error", async () => {
  const programs = { "restic backup": { code: 12, stderr: "wrong password\n" }, F2: FAILS };
  const { events, world, messages } = await run(job(wholeBackup()), { programs });
  assertEquals(stepsCalled(events), "1 2 3 4 5a 5b F1 F2 E1 E2 E3");
  const final = world.ran.find(({ line }) => line.endsWith("E2"))?.command.env;
  assertEquals([final?.ERROR_EXIT_CODE, final?.ERROR_STDERR, final?.RESTIC_STDERR], [
    "12",
    "wrong password\n",
    "wrong password\n",
  ]);
  assertEquals(messages().filter((text) => text.startsWith("error")).length, 2);
});

Deno.test("runJob() gives hooks the error, its command line and the child's status", async () => {
  const steps = [
    resticStep("backup", { args: ["backup", "--repo=rest:https://me:pw@host/"] }),
    ...wholeBackup().slice(-5),
  ];
  const { world } = await run(job(steps), { programs: { "restic backup": { signal: "SIGKILL" } } });
  const { ERROR, ERROR_MESSAGE, ERROR_COMMANDLINE, ERROR_EXIT_CODE, ERROR_STDERR } = world.ran[1]?.command.env ?? {};
  assertEquals({ ERROR, ERROR_MESSAGE, ERROR_COMMANDLINE, ERROR_EXIT_CODE, ERROR_STDERR }, {
    ERROR: "backup on profile 'home': signal: killed",
    ERROR_MESSAGE: "backup on profile 'home': signal: killed",
    ERROR_COMMANDLINE: '"/usr/bin/restic" "backup" "--repo=rest:https://me:×××@host/"',
    ERROR_EXIT_CODE: "-1",
    ERROR_STDERR: undefined,
  });
});

Deno.test("runJob() hides secrets in what programs wrote, from all that get it but the console", async () => {
  const url = new Secret("rest:https://me:first%20one@host/");
  const args = ["backup", { late: "repository-file", flag: "repository-file", url }] as const;
  const steps = [resticStep("backup", { args, report: "backup" }), ...wholeBackup().slice(-5)];
  const variables = [["GITLAB_PAT", new Secret("second one")]] as const;
  const environment = { files: [], variables, fixed: [] };
  const stderr = "first one, first%20one, second one\n";
  const { world, failure, events } = await run(job(steps, { environment }), {
    programs: { "restic backup": { code: 1, stderr } },
  });
  const masked = "×××, ×××, ×××\n";
  assertEquals([world.ran[1]?.command.env.ERROR_STDERR, failure?.stderr], [masked, masked]);
  const texts = events.flatMap((event) => {
    if (event.type === "restic-ended") return [event.outcome.stderr];
    if (event.type !== "output") return [];
    const text = new TextDecoder().decode(event.bytes);
    return [text, event.mask?.(text)];
  });
  assertEquals(texts, [stderr, masked, masked]);
});

Deno.test("runJob() hides a secret option in what programs wrote", async () => {
  const backup = resticStep("backup", { args: ["backup", "--option=s3.secret-access-key=kitchen"] });
  const { failure } = await run(job([backup]), { programs: { "restic backup": { code: 1, stderr: "no kitchen\n" } } });
  assertEquals(failure?.stderr, "no ×××\n");
});

for (
  const [what, { url = "http://receiver.test/", headers = [] }, secret = "kitchen sink"] of [
    ["a header", { headers: [["X-Api-Key", "kitchen sink"]] }],
    ["a header with a scheme", { headers: [["authorization", "Bearer kitchen sink"]] }],
    ["the query of a URL", { url: "http://receiver.test/?channel=7&token=kitchen+sink#part" }],
    ["a URL", { url: "http://me:kitchen%20sink@receiver.test/" }],
    ["the path of a URL", { url: "http://receiver.test/ping/0f3kitchen9sink77" }, "0f3kitchen9sink77"],
  ] as readonly (readonly [string, { url?: string; headers?: string[][] }, string?])[]
) {
  Deno.test(`runJob() hides a secret of ${what} of an HTTP hook, and in why a step broke`, async () => {
    const notice = httpStep("send-after", { hooks: [hook(url, { headers })] });
    const printed = await run(job([resticStep("backup"), notice]), {
      programs: { "restic backup": { code: 1, stderr: `no ${secret}\n` } },
    });
    assertEquals(printed.failure?.stderr, "no ×××\n");
    const broken = await run(job([resticStep("backup"), notice]), {
      programs: { "restic backup": { refuses: `no ${secret}` } },
    });
    assertStringIncludes(broken.failure?.message ?? "", "no ×××");
  });
}

Deno.test("runJob() keeps error variables below the limit of the system, from the start of a line", async () => {
  const stderr = "x".repeat(99) + "\n";
  const { world, failure } = await run(job(wholeBackup()), {
    programs: { "restic backup": { code: 1, stderr: stderr.repeat(2000) } },
  });
  const kept = world.ran.find(({ line }) => line.endsWith("F2"))?.command.env.ERROR_STDERR ?? "";
  assertEquals(kept, stderr.repeat(655));
  assertEquals(failure?.stderr.length, 200_000);
});

Deno.test("runJob() turns a crash inside a step into its failure", async () => {
  const lock = { path: "/work/my.lock", takeOver: false };
  const { events, failure, exitStatus, world } = await run(job(wholeBackup(), { lock }), {
    programs: {
      "restic backup": {
        effect: () => {
          throw new TypeError("broken");
        },
      },
    },
  });
  assertEquals(stepsCalled(events), "1 2 3 4 5a 5b F1 F2 F3 E1 E2 E3");
  assertEquals([failure?.message, failure?.exitCode, exitStatus], ["backup on profile 'home': broken", -1, 1]);
  assertEquals(world.files.stat(lock.path), undefined);
});

Deno.test("runJob() fails a hook for which there is no shell, and lists those it tried", async () => {
  const { failure } = await run(job([shellStep("run-before[0]", "true")], { shells: ["fish", "/opt/zsh"] }));
  assertEquals(failure?.message, "run-before on profile 'home': Cannot find a shell: tried fish, /opt/zsh");
  assertEquals([failure?.commandLine, failure?.exitCode], ['"true"', -1]);
});

Deno.test("runJob() fails a step whose dotenv file cannot be read; failure hooks run nevertheless", async () => {
  const environment = { files: ["/work/.env"], variables: [], fixed: [] };
  const { events, failure, messages } = await run(job(wholeBackup(), { environment }), {
    files: { "/work/.env": 'GOOD=1\nBAD="never closed\n' },
  });
  assertEquals(stepsCalled(events), "1 F1 F2 F3 E1 E2 E3");
  assertStringIncludes(failure?.message ?? "", "run-before on profile 'home': /work/.env:2:1: ");
  assertEquals(messages().filter((text) => text.includes("error: profile 'home': /work/.env:2:1: ")).length, 1);
});

Deno.test("runJob() says what could not be started, and why", async () => {
  const { failure } = await run(job([resticStep("backup")]), {
    programs: { restic: { refuses: "permission denied" } },
  });
  assertEquals([failure?.message, failure?.commandLine, failure?.exitCode], [
    `backup on profile 'home': Cannot start "/usr/bin/restic": permission denied`,
    '"/usr/bin/restic" "backup"',
    -1,
  ]);
});

Deno.test("runJob() runs a bare word that is only a file of the working folder as ./file", async () => {
  const steps = [shellStep("a", "hook.sh"), shellStep("b", "restic"), shellStep("c", "hook.sh now")];
  const { called } = await run(job(steps), { files: { "/work/hook.sh": "", "/work/restic": "" } });
  assertEquals(called, ["./hook.sh", "restic", "hook.sh now"]);
});

Deno.test("runJob() counts restic's warning as success where that is allowed", async () => {
  const programs = { "restic backup": { code: 3 } };
  const lenient = await run(job([resticStep("backup", { warningsAllowed: true })]), { programs });
  const strict = await run(job([resticStep("backup")]), { programs });
  assertEquals([lenient.exitStatus, strict.exitStatus], [0, 1]);
  assertStringIncludes(lenient.messages().join("\n"), "warning: backup on profile 'home': exit status 3");
});

for (
  const [resticExitStatus, program, status] of [[true, { code: 12 }, 12], [false, { code: 12 }, 1], [true, {
    signal: "SIGKILL",
  }, 1]] as const
) {
  Deno.test(`runJob() exits with ${status} after ${JSON.stringify(program)}, restic-exit-status ${resticExitStatus}`, async () => {
    const { exitStatus } = await run(job([resticStep("backup")], { resticExitStatus }), {
      programs: { restic: program },
    });
    assertEquals(exitStatus, status);
  });
}

const START_FAILURE: StartFailure = {
  kind: "restic-missing",
  cause: "Cannot find restic: set restic-binary",
  exitStatus: 6,
};

Deno.test("runJob() sends failures before the start, runs no shell hook and keeps their exit status", async () => {
  const world = fakeWorld();
  const told = listener();
  const { exitStatus, failure } = await runJob(job(wholeBackup()), world, told.tell, watchSignals(world), {
    failure: START_FAILURE,
  });
  assertEquals([stepsCalled(told.events), exitStatus, world.ran.length], ["F1 E3", 6, 0]);
  assertEquals(failure, {
    message: "backup on profile 'home': Cannot find restic: set restic-binary",
    kind: "restic-missing",
    cause: "Cannot find restic: set restic-binary",
    commandLine: "",
    exitCode: -1,
    stderr: "",
  });
});

Deno.test("runJob() does not start in a folder that is not there", async () => {
  const { events, exitStatus, failure } = await run(job(wholeBackup(), { workingDir: "/nowhere" }));
  assertEquals([stepsCalled(events), exitStatus], ["F1 E3", 1]);
  assertStringIncludes(failure?.message ?? "", "/nowhere");
});

Deno.test("runJob() does not start in a folder that it may not look at", async () => {
  const { failure } = await run(
    job(wholeBackup(), { workingDir: "/secret/a" }),
    { files: { "/secret/a/": "" } },
    (world) => world.files.chmod("/secret", 0),
  );
  assertStringIncludes(failure?.message ?? "", 'Cannot use base-dir "/secret/a": permission denied');
});

Deno.test("runJob() gives HTTP hooks the first failure, and none before it", async () => {
  const { world } = await run(job(wholeBackup()), { programs: { "restic backup": { code: 12 }, F2: FAILS } });
  assertEquals(world.sent.map(({ request }) => new URL(request.url).pathname), [
    "/send-before",
    "/send-after-fail/12",
    "/send-finally/12",
  ]);
});

Deno.test("runJob() shows HTTP hooks of restic's dry run and does not send them", async () => {
  const { world, messages } = await run(job([httpStep("send-before", { shownOnly: true })]));
  assertEquals(world.sent.length, 0);
  assertStringIncludes(messages().join("\n"), "info: ");
});

Deno.test("runJob() writes confidential repositories to a private file that is gone at the end", async () => {
  const { Secret } = await import("../../src/model/secret.ts");
  const url = new Secret("rest:https://me:pw@host/");
  const step = resticStep("backup", { args: ["backup", { late: "repository-file", flag: "repository-file", url }] });
  let seen: unknown;
  const { world } = await run(job([step]), {}, () => {});
  const path = world.ran[0]?.command.args[1]?.replace("--repository-file=", "") ?? "";
  const again = fakeWorld({
    programs: {
      restic: {
        effect({ args }) {
          const file = args[1]?.replace("--repository-file=", "") ?? "";
          seen = [again.files.readText(file), again.files.stat(file)?.mode];
        },
      },
    },
  });
  await runJob(job([step]), again, () => {}, watchSignals(again));
  assertEquals(seen, ["rest:https://me:pw@host/", 0o600]);
  assertEquals(world.files.stat(path), undefined);
});

for (
  const [what, own, profiles, files, shell] of [
    ["the tool's own PATH before the profile's", "/own:/bin", "/opt", ["/own/sh", "/opt/sh"], "/own/sh"],
    ["the profile's PATH where the own has none", "/own", "/opt", ["/opt/sh"], "/opt/sh"],
    ["/bin where neither has one", "/own", "/opt/tools:$PATH", [], "/bin/sh"],
    ["/bin without any PATH", undefined, undefined, [], "/bin/sh"],
  ] as const
) {
  Deno.test(`runJob() finds the shell of hooks: ${what}`, async () => {
    const environment = { files: [], variables: profiles ? [["PATH", new Secret(profiles)] as const] : [], fixed: [] };
    const { failure, world } = await run(job([shellStep("a", "hook")], { shells: ["sh"], environment }), {
      env: own === undefined ? {} : { PATH: own },
      files: Object.fromEntries(files.map((path) => [path, { text: "", mode: 0o755 }])),
    });
    assertEquals(failure, undefined);
    assertEquals(world.ran.map(({ command }) => [command.program, command.env.PATH]), [[shell, profiles ?? own]]);
  });
}

Deno.test("runJob() finds nice and ionice whatever the PATH of the profile", async () => {
  const environment = { files: [], variables: [["PATH", new Secret("/opt")] as const], fixed: [] };
  const priority = { nice: 5, io: { class: 2, level: 4 } };
  const { world } = await run(job([resticStep("backup")], { environment, priority }), {
    files: { "/usr/bin/nice": { text: "", mode: 0o755 }, "/usr/bin/ionice": { text: "", mode: 0o755 } },
  });
  assertEquals(world.ran[0]?.line.split(" ").filter((word) => word.endsWith("nice")), [
    "/usr/bin/nice",
    "/usr/bin/ionice",
  ]);
});

const DISCHARGING = {
  "/sys/class/power_supply/BAT0/type": "Battery\n",
  "/sys/class/power_supply/BAT0/status": "Discharging\n",
  "/sys/class/power_supply/BAT0/capacity": "20\n",
};

Deno.test("a job whose machine runs on battery is skipped: no lock, no hook, an end with its reason", async () => {
  const lock = { path: "/work/my.lock", takeOver: false };
  const conditions = [{ kind: "power", limitPercent: 100 }] as const;
  const { events, world, failure, exitStatus, messages } = await run(job(wholeBackup(), { conditions, lock }), {
    files: DISCHARGING,
  });
  assertEquals([failure, exitStatus, world.ran], [undefined, 3, []]);
  assertEquals(world.files.stat("/work/my.lock"), undefined);
  const end = events.find((event) => event.type === "run-ended");
  assertEquals(end?.type === "run-ended" && end.result, { kind: "skipped", reason: "battery" });
  assertEquals(messages(), ["warning: running on battery, charged to 20%: not started"]);
});

for (const [name, isGuess, status] of [["asked for", false, 5], ["that is a guess", true, 0]] as const) {
  Deno.test(`a job with less memory than the limit ${name} ends with ${status}`, async () => {
    const conditions = [{ kind: "memory", megabytes: 100, isGuess }] as const;
    const files = { "/proc/meminfo": "MemAvailable:    4000 kB\n" };
    const { failure, exitStatus } = await run(job(wholeBackup(), { conditions }), { files });
    assertEquals([failure?.kind, exitStatus], [isGuess ? undefined : "low-memory", status]);
  });
}

Deno.test("runJob() gives each failure its kind", async () => {
  const kindOf = async (programs: Readonly<Record<string, FakeProgram>>) =>
    (await run(job([resticStep("backup")]), { programs })).failure?.kind;
  assertEquals(await kindOf({ "restic backup": { code: 12 } }), "wrong-password");
  assertEquals(await kindOf({ "restic backup": { refuses: "no such file" } }), "restic-missing");
  const hook =
    (await run(job(wholeBackup()), { programs: { "5a": { code: 1 }, "restic check": { code: 1 } } })).failure;
  assertEquals(hook?.kind, "restic");
});
