/** What of a job is neither order nor arguments. */
import { assertEquals } from "@std/assert";
import type { JobOptions } from "../support/planned_job.ts";
import { planned, resticSteps } from "../support/planned_job.ts";

const WAIT = { flags: { lockWaitMs: 3_600_000 } };

for (
  const [name, options, lines] of [
    ["there is time to wait", WAIT, ["check --repo=local:repo <--retry-lock>"]],
    ["--no-lock", { flags: { ...WAIT.flags, noLock: true } }, ["check --repo=local:repo"]],
    ["restic-lock-retry-after is 0", { ...WAIT, global: { "restic-lock-retry-after": 0 } }, [
      "check --repo=local:repo",
    ]],
    ["restic is older than 0.16", { ...WAIT, restic: "0.15.2" }, ["check --repo=local:repo"]],
    ["the filter is off", { ...WAIT, facts: { filter: false } }, ["check --repo=local:repo"]],
    ["the configuration says how long", { ...WAIT, profile: { "retry-lock": "7m" } }, [
      "check --repo=local:repo --retry-lock=7m",
    ]],
  ] satisfies [string, JobOptions, string[]][]
) {
  Deno.test(`--retry-lock: ${name}`, () => assertEquals(planned("check", options).lines, lines));
}

Deno.test("--retry-lock: the user says how long", () => {
  assertEquals(planned("check --retry-lock 5m", WAIT).lines, ["check --repo=local:repo --retry-lock 5m"]);
});

for (
  const [name, options, stdin] of [
    ["nothing", { profile: { "password-file": "key" } }, "nothing"],
    ["what is piped, for a password that is set nowhere", {}, "tool"],
    ["the terminal, for passwords", { facts: { stdinIsTerminal: true } }, "tool"],
    ["stdin", { profile: { backup: { stdin: true } } }, "tool"],
    ["stdin-command", { profile: { backup: { "stdin-command": ["a", "b"] } } }, "commands"],
  ] satisfies [string, JobOptions, string][]
) {
  Deno.test(`input of a backup: ${name}`, () => {
    assertEquals(resticSteps(planned("backup", options).job)[0]?.stdin.from, stdin);
  });
}

Deno.test("--stdin of the user reads the tool's input; the check around it does not", () => {
  const { job } = planned("backup --stdin", {
    profile: { backup: { "check-before": true } },
    facts: { stdinIsTerminal: true },
  });
  assertEquals(resticSteps(job).map(({ id, stdin }) => [id, stdin.from]), [["check-before", "nothing"], [
    "backup",
    "tool",
  ]]);
});

for (
  const [name, commandLine, options, expected] of [
    ["nobody reads it", "backup", {}, ["inherit", undefined, false]],
    ["a log wants it", "backup", { facts: { outputIsLogged: true } }, ["read", undefined, false]],
    ["a log gets no copy of what a terminal shows", "backup", {
      facts: { outputIsLogged: true, stdoutIsTerminal: true },
    }, ["inherit", undefined, false]],
    ["a log gets what a terminal does not show", "backup", {
      facts: { outputIsLogged: true, outputIsShown: false, stdoutIsTerminal: true },
    }, ["read", undefined, false]],
    ["dump is data", "dump", { facts: { outputIsLogged: true, templatesUseStdout: true } }, [
      "inherit",
      undefined,
      false,
    ]],
    ["monitoring reads the summary", "backup", { profile: { "status-file": "s" } }, ["read", "plain", false]],
    ["not from a terminal", "backup", { profile: { "status-file": "s" }, facts: { stdoutIsTerminal: true } }, [
      "inherit",
      undefined,
      false,
    ]],
    ["extended-status hides JSON", "backup", { profile: { "status-file": "s", backup: { "extended-status": true } } }, [
      "read",
      "json",
      true,
    ]],
    ["JSON that the user wants is shown", "backup --json", {
      profile: { "status-file": "s" },
    }, [
      "read",
      "json",
      false,
    ]],
    ["other commands have no summary", "check", { profile: { "status-file": "s" } }, ["inherit", undefined, false]],
  ] satisfies [string, string, JobOptions, unknown[]][]
) {
  Deno.test(`output of restic: ${name}`, () => {
    const [step] = resticSteps(planned(commandLine, options).job);
    assertEquals<unknown>([step?.stdout, step?.summary, step?.hideJson], expected);
  });
}

for (
  const [commandLine, profile, expected] of [
    ["backup", { backup: { "extended-status": true } }, true],
    ["backup", { "status-file": "s", backup: { "extended-status": true } }, true],
    ["backup -q", { "status-file": "s" }, true],
    ["backup --json", { backup: { "extended-status": true } }, false],
    ["backup --json", { "status-file": "s" }, false],
    ["backup", { "status-file": "s" }, false],
  ] satisfies [string, JobOptions["profile"], boolean][]
) {
  Deno.test(`${commandLine} with ${JSON.stringify(profile)} tells errors ${expected ? "in words" : "as they come"}`, () => {
    assertEquals(resticSteps(planned(commandLine, { profile }).job)[0]?.errorsInWords, expected);
  });
}

for (
  const [flags, profile, level] of [
    [{}, {}, "info"],
    [{}, { quiet: true }, "warning"],
    [{}, { verbose: 2 }, "debug"],
    [{ quiet: true }, { verbose: 2 }, "warning"],
    [{ quiet: true, verbose: true }, {}, "debug"],
    [{ trace: true }, { quiet: true }, "trace"],
  ] satisfies [JobOptions["flags"], JobOptions["profile"], string][]
) {
  Deno.test(`level of ${JSON.stringify(flags)} over ${JSON.stringify(profile)}`, () => {
    assertEquals<string>(planned("ls", { flags, profile }).job.level, level);
  });
}

for (
  const [flags, profile, line] of [
    [{ verbose: true }, { verbose: 2 }, "ls --repo=local:repo --verbose=2"],
    [{ verbose: true, verboseCount: 2 }, {}, "ls --repo=local:repo --verbose=2"],
    [{ verbose: true }, { quiet: true }, "ls --repo=local:repo --verbose=1"],
    [{ quiet: true }, { verbose: 2 }, "ls --quiet --repo=local:repo"],
    [{ verbose: true }, { ls: { verbose: 3 } }, "ls --repo=local:repo --verbose=3"],
    [{ verbose: true }, { ls: { verbose: true } }, "ls --repo=local:repo --verbose"],
    [{ verbose: true, verboseCount: 2 }, { ls: { verbose: true } }, "ls --repo=local:repo --verbose=2"],
    [{ trace: true }, { ls: { verbose: "2" } }, "ls --repo=local:repo --verbose=3"],
    [{ verbose: true }, { ls: { verbose: false } }, "ls --repo=local:repo"],
    [{ verbose: true }, { ls: { quiet: true } }, "ls --repo=local:repo --verbose=1"],
    [{ quiet: true }, { ls: { verbose: 3 } }, "ls --quiet --repo=local:repo"],
  ] satisfies [JobOptions["flags"], JobOptions["profile"], string][]
) {
  Deno.test(`restic's words for ${JSON.stringify(flags)} over ${JSON.stringify(profile)}`, () => {
    assertEquals(planned("ls", { flags, profile, restic: "0.16.5" }).lines, [line]);
  });
}

for (const command of ["cache", "unlock", "features", "options", "version"]) {
  Deno.test(`initialize makes no repository for ${command}`, () => {
    const { job } = planned(command, { profile: { initialize: true } });
    assertEquals(job.steps.map(({ id }) => id), [command]);
  });
}

for (
  const [profile, command, without] of [
    [{ repository: "local:r" }, "backup", ["RESTIC_REPOSITORY_FILE"]],
    [{ repository: "", "repository-file": "f" }, "backup", ["RESTIC_REPOSITORY"]],
    [{ repository: "" }, "backup", []],
    [{ repository: "local:r" }, "copy", ["RESTIC_REPOSITORY_FILE"]], // the destination: the source may be the caller's
    [{ repository: "local:r", copy: { repository: "local:s" } }, "copy", [
      "RESTIC_REPOSITORY_FILE",
      "RESTIC_FROM_REPOSITORY_FILE",
    ]],
    [{ repository: "", copy: { "repository-file": "s", "password-file": "k" } }, "copy", [
      "RESTIC_REPOSITORY",
      "RESTIC_PASSWORD_COMMAND",
    ]],
    [
      { repository: "", copy: { repository: "local:s", "from-repository": "local:r", "from-password-command": "c" } },
      "copy",
      [
        "RESTIC_REPOSITORY_FILE",
        "RESTIC_FROM_REPOSITORY_FILE",
        "RESTIC_FROM_PASSWORD_FILE",
      ],
    ],
    [
      { repository: "", env: { RESTIC_FROM_REPOSITORY: "s", RESTIC_PASSWORD_FILE: "k", RESTIC_REPOSITORY: "" } },
      "copy",
      [
        "RESTIC_FROM_REPOSITORY_FILE",
        "RESTIC_PASSWORD_COMMAND",
      ],
    ],
    [{ repository: "", "insecure-no-password": true }, "backup", [
      "RESTIC_PASSWORD",
      "RESTIC_PASSWORD_FILE",
      "RESTIC_PASSWORD_COMMAND",
    ]],
    [{ repository: "", "insecure-no-password": false }, "backup", []],
    [{ "password-file": "k" }, "backup", ["RESTIC_REPOSITORY_FILE", "RESTIC_PASSWORD_COMMAND"]],
    [{ repository: "", "password-command": "c", stats: { repository: "local:s" } }, "stats", [
      "RESTIC_REPOSITORY_FILE",
      "RESTIC_PASSWORD_FILE",
    ]],
  ] satisfies [JobOptions["profile"], string, string[]][]
) {
  Deno.test(`${command} with ${JSON.stringify(profile)} inherits all variables but [${without}]`, () => {
    assertEquals(planned(command, { profile }).job.environment.without, without);
  });
}

for (
  const [name, profile, commandLine, told] of [
    ["quiet in the profile", { quiet: true, "status-file": "s" }, "backup", [true, true, "json"]],
    ["quiet of the user", { "prometheus-save-to-file": "p" }, "backup -q", [true, true, "json"]],
    ["quiet without monitoring", { quiet: true }, "backup", [false, false, undefined]],
    ["quiet and JSON that was asked for", { "status-file": "s" }, "backup -q --json", [false, false, "json"]],
    ["no word about it", { "status-file": "s" }, "backup", [false, false, "plain"]],
  ] satisfies [string, JobOptions["profile"], string, unknown[]][]
) {
  Deno.test(`counters of a backup: ${name}`, () => {
    const { job } = planned(commandLine, { profile: { ...profile, backup: { source: "/abs" } } });
    const steps = job.steps.flatMap((step) => step.kind === "restic" ? [step] : []);
    const seen = steps.map(({ args, hideJson, summary }) => [
      args.indexOf("--json") === 1,
      hideJson,
      summary,
    ]);
    assertEquals<unknown>(seen, [told]);
  });
}

for (
  const [global, priority] of [
    [{}, undefined],
    [{ nice: 5 }, { nice: 5, io: undefined }],
    [{ nice: 5, priority: "Low" }, { nice: 10, io: undefined }],
    [{ nice: 44 }, undefined],
    [{ ionice: true }, { nice: undefined, io: { class: 2, level: 0 } }],
    [{ ionice: true, "ionice-class": 9 }, undefined],
    [{ ionice: true, "ionice-class": 3, "ionice-level": 4 }, { nice: undefined, io: { class: 3, level: undefined } }],
  ] satisfies [JobOptions["global"], unknown][]
) {
  Deno.test(`priority of ${JSON.stringify(global)}`, () => {
    assertEquals<unknown>(planned("ls", { global }).job.priority, priority);
  });
}

Deno.test("the lock is not taken with --no-lock and in a dry run", () => {
  const profile = { lock: "lock", "force-inactive-lock": true };
  assertEquals(planned("ls", { profile }).job.lock, { path: "/work/lock", takeOver: true });
  assertEquals(planned("ls", { profile, flags: { noLock: true } }).job.lock, undefined);
  assertEquals(planned("ls", { profile, flags: { dryRun: true } }).job.lock, undefined);
});

Deno.test("unlock gets the flags of its section and none of the user's", () => {
  const { job } = planned("backup --json", {
    profile: { "force-inactive-lock": true, unlock: { "remove-all": true } },
  });
  assertEquals(job.resticLocks.unlock?.args, ["unlock", "--remove-all", "--repo=local:repo"]);
});

for (const [age, staleAgeMs] of [[0, 0], [60_000, 1_800_000], [3_600_000, 3_600_000]] as const) {
  Deno.test(`restic-stale-lock-age of ${age} ms counts as ${staleAgeMs} ms`, () => {
    assertEquals(planned("ls", { global: { "restic-stale-lock-age": age } }).job.resticLocks.staleAgeMs, staleAgeMs);
  });
}

for (
  const [written, job] of [
    [undefined, "default.backup"],
    ["${Command}-$command", "backup-backup"],
    ["a$b$$c", "a$c"],
  ] as const
) {
  Deno.test(`prometheus-push-job ${written}`, () => {
    const profile = { "prometheus-push": "http://x", ...(written && { "prometheus-push-job": written }) };
    assertEquals(planned("backup", { profile }).job.monitoring.prometheusPush?.job, job);
  });
}

Deno.test("shells: auto and empty names count as absent", () => {
  assertEquals(planned("ls", { global: { shell: ["auto", ""] } }).job.shells, ["bash", "sh"]);
  assertEquals(planned("ls", { global: { shell: ["auto", "zsh"] } }).job.shells, ["zsh"]);
});
