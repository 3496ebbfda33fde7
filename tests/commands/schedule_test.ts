import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const SYSTEM = "/etc/systemd/system";
/** A machine that systemd runs. */
const SYSTEMCTL = { "/usr/bin/systemctl": { text: "", mode: 0o755 }, "/run/systemd/system/": "" };
const CRON = "global: {scheduler: 'crontab:-:/table'}\n";

interface Outcome {
  readonly code: number;
  readonly world: FakeWorld;
  readonly output: string;
}

async function called(line: string, yaml: string, options: FakeOptions = {}): Promise<Outcome> {
  const world = fakeWorld({ uid: 0, ...options, files: { "/work/profiles.yaml": yaml, ...options.files } });
  const code = await run(line.split(" "), world);
  return { code, world, output: world.printed.stdout + world.printed.stderr };
}

/** Lines of jobs in a crontab file, without the command. */
function jobsIn(world: FakeWorld): string[] {
  const table = world.files.stat("/table") ? world.files.readText("/table") : "";
  return [...table.matchAll(/^([^#\n\t]+)\t.*run-schedule (.*)$/gm)].map(([, time, job]) => `${time} ${job}`);
}

Deno.test("schedule --all makes the jobs of profiles, then groups, sorted by name and command", async () => {
  const yaml = `version: 2
global: {scheduler: "crontab:-:/table", schedule-defaults: {permission: user}}
groups: {a-group: {profiles: [b], schedules: {prune: {at: "5:00"}}}, b: {profiles: [a], schedules: {prune: {at: "6:00"}}}}
profiles: {b: {forget: {schedule: "3:00"}, backup: {schedule: "2:00"}}, A: {check: {schedule: "1:00"}}, none: {}}`;
  const { code, world } = await called("schedule --all", yaml);
  assertEquals(code, 0);
  assertEquals(jobsIn(world), [
    "00 01 * * * check@a",
    "00 02 * * * backup@b",
    "00 03 * * * forget@b",
    "00 05 * * * prune@a-group", // and not the group b, which a profile hides
  ]);
});

for (
  const [what, files] of [
    ["without systemctl", { "/run/systemd/system/": "" }],
    ["with systemctl where systemd does not run", { "/usr/bin/systemctl": SYSTEMCTL["/usr/bin/systemctl"] }],
  ] as const
) {
  Deno.test(`${what} cron is used, which the debug log tells`, async () => {
    const { code, world, output } = await called("-v schedule", "default: {check: {schedule: daily}}", {
      programs: { "crontab -l": { code: 1, stderr: "no crontab for root" } },
      files: { "/usr/bin/crontab": { text: "", mode: 0o755 }, ...files },
    });
    assertEquals(code, 0);
    assertEquals(world.ran.map(({ line }) => line).filter((line) => line === "crontab -"), ["crontab -"]);
    assertStringIncludes(output, "scheduler: crond");
  });
}

Deno.test("where systemd does not run its failure names the scheduler that helps", async () => {
  const yaml = "global: {scheduler: systemd}\ndefault: {check: {schedule: daily}}";
  const failing = { "systemctl --no-pager --quiet --now enable": { code: 1, stderr: "--now cannot be used" } };
  const { code, output } = await called("schedule", yaml, { programs: failing });
  assertEquals(code, 1);
  assertStringIncludes(output, 'scheduler = "crond"');
  const booted = await called("schedule", yaml, { programs: failing, files: SYSTEMCTL });
  assertEquals(booted.output.includes("crond"), false);
});

Deno.test("unit templates are decoded, and executed before anything is written", async () => {
  const yaml =
    "global: {systemd-unit-template: unit, systemd-timer-template: timer}\ndefault: {check: {schedule: daily}}";
  const unit = Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode("[Service]\n# {{ .JobDescription }}\n")]);
  const withTimer = async (timer: string) => {
    const outcome = await called("schedule", yaml, {
      files: { ...SYSTEMCTL, "/work/unit": unit, "/work/timer": timer },
      programs: { systemctl: {} },
    });
    const { files } = outcome.world;
    return { ...outcome, units: files.stat(SYSTEM) ? files.list(SYSTEM) : [], files };
  };
  const failed = await withTimer("line\n{{ .Nope }}");
  assertEquals([failed.code, failed.units], [1, []]);
  assertStringIncludes(failed.output, "/work/timer:2:4: error: ");
  const { code, units, files } = await withTimer("{{ .OnCalendar }}");
  assertEquals([code, units.length], [0, 2]);
  const service = units.find((name) => name.endsWith(".service"));
  assertStringIncludes(files.readText(`${SYSTEM}/${service}`), "[Service]\n# resticprofile check for profile default");
  assertEquals(files.read(`${SYSTEM}/${service}`)[0], "[".charCodeAt(0));
});

Deno.test("a failing systemctl leaves no units behind", async () => {
  const { code, world, output } = await called("schedule", "default: {check: {schedule: daily}}", {
    files: SYSTEMCTL,
    programs: { "systemctl --no-pager --quiet --now enable": { code: 1, stderr: "no bus" } },
  });
  assertEquals(code, 1);
  assertStringIncludes(output, "no bus");
  assertEquals(world.files.stat(SYSTEM) && world.files.list(SYSTEM), []);
});

for (
  const [what, yaml, facts] of [
    ["an unknown scheduler", "global: {scheduler: CROND}\ndefault: {check: {schedule: daily}}", [
      "CROND",
      "crontab:FILE",
    ]],
    ["crontab without a file", "global: {scheduler: 'crontab:'}\ndefault: {check: {schedule: daily}}", [
      "crontab:FILE",
    ]],
    ["launchd on Linux", "global: {scheduler: launchd}\ndefault: {check: {schedule: daily}}", ["launchd", "linux"]],
    [
      "an unknown permission",
      `${CRON}default: {check: {schedule: daily, schedule-permission: admin}}`,
      ["profiles.yaml:2:", "admin", "system, user, user_logged_on"],
    ],
    [
      "an unknown priority in the table",
      `${CRON}default: {check: {schedule: {at: daily, priority: low}}}`,
      ["low", "background, standard"],
    ],
    ["an unknown lock-mode", `${CRON}default: {check: {schedule: daily, schedule-lock-mode: never}}`, [
      "default, fail, ignore",
    ]],
    [
      "an unknown run-level in schedule-defaults",
      "global: {scheduler: 'crontab:-:/table', schedule-defaults: {run-level: top}}\ndefault: {check: {schedule: daily}}",
      ["auto, lowest, highest"],
    ],
    ["a year with cron", `${CRON}default: {check: {schedule: "2027-01-02"}}`, ["2027-01-02", "cron"]],
    ["a wrong time", `${CRON}default: {check: {schedule: "25:00"}}`, ["check@default", "25:00"]],
    ["no schedule", `${CRON}default: {check: {schedule: " "}}`, ["default"]],
  ] as const
) {
  Deno.test(`schedule fails and writes nothing: ${what}`, async () => {
    const { code, world, output } = await called("schedule", yaml);
    assertEquals(code, 1, output);
    for (const fact of facts) assertStringIncludes(output, fact);
    assertEquals(jobsIn(world), []);
  });
}

Deno.test("schedule-defaults change what they name: RESTIC_* is still captured", async () => {
  const yaml =
    "global: {schedule-defaults: {priority: Background}}\ndefault: {env: {RESTIC_A: 1}, check: {schedule: daily}}";
  const { world } = await called("schedule", yaml, { files: SYSTEMCTL });
  const unit = world.files.readText(`${SYSTEM}/resticprofile-check@profile-default.service`);
  assertStringIncludes(unit, 'Environment="RESTIC_A=1"\n');
  assertStringIncludes(unit, "CPUSchedulingPolicy=idle\n");
});

Deno.test("a secret that env sets is not captured: each run reads it anyway", async () => {
  const yaml = "global: {scheduler: systemd}\ndefault: {env: {restic_password: own}, check: {schedule: daily}}";
  const env = { RESTIC_PASSWORD: "outer", RESTIC_REST_PASSWORD: "captured" };
  const { world } = await called("schedule", yaml, { files: SYSTEMCTL, env });
  const secrets = world.files.readText(`${SYSTEM}/resticprofile-check@profile-default.env`);
  assertEquals(secrets, 'RESTIC_REST_PASSWORD="captured"\n');
});

for (
  const [scheduler, os] of [["systemd", "linux"], ["crontab:-:/table", "linux"], ["launchd", "darwin"], [
    "auto",
    "windows",
  ]] as const
) {
  Deno.test(`a line break in the folder or the name of a profile is refused by ${scheduler} on ${os}`, async () => {
    const text = `global: {scheduler: "${scheduler}"}\n"a\\nb": {check: {schedule: daily, schedule-permission: user}}`;
    for (const [line, startDir] of [["-n a\nb schedule", "/work"], ["schedule --all", "/work\u001b[1m"]] as const) {
      const yaml = line.startsWith("-n") ? text : text.replace("a\\nb", "a");
      const world = fakeWorld({ uid: 0, os, startDir, files: { ...SYSTEMCTL, [`${startDir}/profiles.yaml`]: yaml } });
      assertEquals(await run(line.split(" "), world), 1);
      const output = world.printed.stdout + world.printed.stderr;
      assertStringIncludes(output, "control character");
      assertEquals([output.includes("\u001b[1m"), world.ran.length], [false, 0]);
    }
  });
}

Deno.test("jobs without a schedule are named, with advice", async () => {
  const before = await called("schedule", `${CRON}default: {check: {schedule: daily}, backup: {schedule: daily}}`);
  const table = before.world.files.readText("/table");
  const { output } = await called("schedule", `${CRON}default: {check: {schedule: daily}}`, {
    files: { "/table": table },
  });
  assertMatch(output, /backup@default.*unschedule --all/);
});

Deno.test("status and unschedule of one profile leave the jobs of others, and of other folders, alone", async () => {
  const made = await called("schedule --all", `${CRON}a: {check: {schedule: "1:00"}}\nb: {check: {schedule: "2:00"}}`);
  const text = made.world.files.readText("/table");
  const files = {
    "/table": text.replace("### end", `${/^.*check@a\n/m.exec(text)![0].replace("/work", "/other")}### end`),
  };
  const yaml = `${CRON}x: {}`;
  const { output } = await called("-n A status", yaml, { files });
  assertStringIncludes(output, "check@a\n  time:         *-*-* 01:00");
  assertEquals(output.includes("check@b"), false);
  const { code, world } = await called("-n A unschedule", yaml, { files });
  assertEquals(code, 0);
  assertEquals(jobsIn(world), ["00 02 * * * check@b", "00 01 * * * check@a"]);
});

Deno.test("unschedule goes on after a failure, and ends with status 1", async () => {
  const unit = (name: string, type: string) => `${SYSTEM}/resticprofile-check@profile-${name}.${type}`;
  const service = "[Service]\nWorkingDirectory=/work\nExecStart=/x --config profiles.yaml run-schedule check@x\n";
  const files = Object.fromEntries(
    ["a", "b"].flatMap((name) => [[unit(name, "service"), service], [unit(name, "timer"), ""]]),
  );
  const { code, world } = await called("unschedule --all", "x: {}", {
    files: { ...SYSTEMCTL, ...files },
    programs: { "systemctl --no-pager --now --quiet disable resticprofile-check@profile-a.timer": { code: 1 } },
  });
  assertEquals(code, 1);
  assertEquals(world.files.list(SYSTEM).sort(), [
    "resticprofile-check@profile-a.service",
    "resticprofile-check@profile-a.timer",
  ]);
  assertEquals(world.ran.at(-1)?.line, "systemctl daemon-reload");
});

Deno.test("a timer that is not running is a warning of status", async () => {
  const made = await called("schedule", "default: {check: {schedule: daily}}", { files: SYSTEMCTL });
  const names = made.world.files.list(SYSTEM).map((name) => `${SYSTEM}/${name}`);
  const { code, output } = await called("status", "default: {}", {
    files: { ...SYSTEMCTL, ...Object.fromEntries(names.map((path) => [path, made.world.files.readText(path)])) },
    programs: { "systemctl --no-pager status": { code: 3, stdout: "inactive\n" } },
  });
  assertEquals(code, 0);
  assertStringIncludes(output, "inactive\n");
  assertStringIncludes(output, "warning: ");
});

for (
  const [line, ...words] of [
    ["status --al", '"--al"', "help status"],
    ["schedule other", '"other"', "NAME.schedule"],
    ["-n x schedule -n x", '"-n"', "before the command"],
    ["unschedule --all --name=x", '"--name=x"', "before the command"],
    ["unschedule -x", '"-x"', "help unschedule"],
  ] as const
) {
  Deno.test(`${line} is refused, for an argument that the command does not have`, async () => {
    const { code, world, output } = await called(line, `${CRON}x: {check: {schedule: daily}}\ndefault: {inherit: x}`);
    assertEquals([code, jobsIn(world)], [2, []]);
    for (const word of words) assertStringIncludes(output, word);
  });
}

for (const line of ["--dry-run a.schedule", "a.schedule --dry-run", "-q --dry-run schedule --all"]) {
  Deno.test(`${line} shows lines of the crontab, and changes nothing`, async () => {
    const { code, world, output } = await called(line, `${CRON}a: {check: {schedule: "1:00"}}`);
    assertEquals([code, world.files.stat("/table")], [0, undefined]);
    assertMatch(output, /\+ 00 01 \* \* \*\t.* run-schedule check@a\n/);
  });

  Deno.test(`${line.replace("schedule", "unschedule")} shows what would go, and changes nothing`, async () => {
    const { world } = await called("schedule --all", `${CRON}a: {check: {schedule: "1:00"}}`);
    const table = world.files.readText("/table");
    const before = world.printed.stdout.length;
    assertEquals(await run(line.replace("schedule", "unschedule").split(" "), world), 0);
    assertMatch(world.printed.stdout.slice(before), /- 00 01 \* \* \*\t.* run-schedule check@a\n/);
    assertEquals(world.files.readText("/table"), table);
  });
}

Deno.test("a dry run of systemd's jobs shows units without secrets and calls of systemctl, and makes none", async () => {
  const env = { PATH: "/usr/bin", RESTIC_PASSWORD: "verysecret", RESTIC_REPOSITORY: "rest:http://me:verysecret@host/" };
  const yaml = "default: {check: {schedule: daily, schedule-permission: system}}";
  const { code, world, output } = await called("schedule --dry-run", yaml, { files: SYSTEMCTL, env });
  assertEquals([code, world.files.stat(SYSTEM), world.ran.length], [0, undefined, 0]);
  for (const text of [`write ${SYSTEM}/`, "OnCalendar=", "ExecStart=", "run systemctl ", "RESTIC_PASSWORD"]) {
    assertStringIncludes(output, text);
  }
  assertEquals(output.includes("verysecret"), false);
});

for (
  const [what, bad, named] of [
    ["with a time that cron does not know", 'schedule: "2027-01-02"', "check@b"],
    ["with a time that cannot be read", "schedule: dayly", "check@b"],
    ["with a permission that the user has not", "schedule: daily, schedule-permission: system", "check@b"],
    ["with a permission that does not exist", "schedule: daily, schedule-permission: admin", "admin"],
  ] as const
) {
  Deno.test(`schedule --all makes all jobs but the one ${what}, and fails`, async () => {
    const good = 'check: {schedule: "1:00", schedule-permission: user}';
    const yaml =
      `${CRON}a: {${good}}\nb: {check: {${bad}}, forget: {schedule: "2:00", schedule-permission: user}}\nc: {${good}}`;
    const { code, world, output } = await called("schedule --all", yaml, { uid: 1000 });
    assertEquals([code, jobsIn(world)], [1, ["00 01 * * * check@a", "00 02 * * * forget@b", "00 01 * * * check@c"]]);
    assertMatch(output, new RegExp(`profiles\\.yaml:3:\\d+: error: .*${named}`));
    assertStringIncludes(output, "Not scheduled: check@b");
  });
}

for (
  const [file, flags, format] of [
    ["jobs", " -f yml", " --format yaml"],
    ["jobs.cfg", " -f yaml", " --format yaml"],
    ["jobs.toml", " -f yaml", " --format yaml"],
    ["jobs.yml", " -f yaml", ""],
    ["jobs.yml", "", ""],
  ] as const
) {
  Deno.test(`a job reads the configuration ${file} as "-c ${file}${flags}" does, and is found again`, async () => {
    const files = { [`/work/${file}`]: `${CRON}default: {check: {schedule: daily}}` };
    const { code, world, output } = await called(`-c ${file}${flags} schedule`, "", { files });
    assertEquals(code, 0, output);
    assertStringIncludes(
      world.files.readText("/table"),
      ` --no-ansi --config ${file}${format} run-schedule check@default\n`,
    );
    assertEquals(await run(`-c ${file}${flags} unschedule`.split(" "), world), 0);
    assertEquals(jobsIn(world), []);
  });
}

Deno.test("a time that cannot be read is told with its place, and the job that it is for", async () => {
  const yaml = `${CRON}default: {check: {schedule: [daily, dayly]}}\nother: {inherit: default}\n`;
  const { code, world, output } = await called("other.schedule", yaml);
  assertEquals([code, jobsIn(world)], [1, []]);
  assertMatch(
    output,
    /profiles\.yaml:2:37: error: Cannot use the schedule of check@other: .*"dayly".*\n {2}hint: Did you mean "daily"\?/,
  );
});

Deno.test("schedule --all of a configuration without schedules says so", async () => {
  const { code, output } = await called("schedule --all", `${CRON}default: {}`);
  assertEquals(code, 0);
  assertStringIncludes(output, "There is no schedule in profiles.yaml");
});

Deno.test("without a program for the crontab, schedule shows the line to paste elsewhere", async () => {
  const { code, output } = await called(
    "schedule",
    `global: {scheduler: "crond:/no/tab"}\ndefault: {check: {schedule: "1:00"}}`,
    {
      programs: { "/no/tab": { code: 127, stderr: "no such file" } },
    },
  );
  assertEquals(code, 1);
  assertMatch(output, /\n {2}00 01 \* \* \*\t.* run-schedule check@default\n/);
});

Deno.test("status without a profile called default shows the jobs of all, and schedules that no job keeps", async () => {
  const yaml = `${CRON}a: {check: {schedule: "1:00"}}\nb: {check: {schedule: "2:00"}}`;
  const { world } = await called("a.schedule", yaml);
  const files = { "/table": world.files.readText("/table") };
  const { code, output } = await called("status", yaml, { files });
  assertEquals(code, 0);
  assertStringIncludes(output, "check@a\n  time:");
  assertMatch(output, /warning: check@b has a schedule, and is not scheduled: run "resticprofile b\.schedule"/);
  const named = await called("a.status", yaml, { files });
  assertEquals(named.output.includes("check@b"), false);
});
