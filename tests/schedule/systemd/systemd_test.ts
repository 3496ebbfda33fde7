import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { type Action, ScheduleError } from "../../../src/schedule/action.ts";
import { applyActions } from "../../../src/schedule/apply_actions.ts";
import type { UnitFacts } from "../../../src/model/unit_facts.ts";
import { systemd } from "../../../src/schedule/systemd/systemd.ts";
import type { UnitSettings } from "../../../src/schedule/systemd/unit_content.ts";
import { jobUser } from "../../../src/schedule/job_user.ts";
import { type FakeOptions, fakeWorld } from "../../support/fake_world.ts";
import { type JobParts, scheduledJob } from "../../support/scheduled_job.ts";

const SYSTEM = "/etc/systemd/system";
const USER = "/home/user/.config/systemd/user";
const UNIT = "resticprofile-backup@profile-home";
const FILES = [".timer", ".service", ".env", ".service.d", ".timer.d"].map((end) => UNIT + end);
const PLAIN: UnitSettings = { nice: 0, io: undefined };
const OPTIONS = { start: true, reload: false };

function open(options: FakeOptions = {}, settings: UnitSettings = PLAIN) {
  const world = fakeWorld({ uid: 0, ...options });
  return systemd(settings, jobUser(world), world);
}

async function installed(parts: JobParts, options: FakeOptions = {}, settings: UnitSettings = PLAIN) {
  return await open(options, settings).install(scheduledJob(parts), OPTIONS);
}

function textOf(actions: readonly Action[], path: string): string {
  const found = actions.find((action) => action.kind === "write" && action.path === path);
  return found?.kind === "write" ? found.text : `nothing is written to ${path}`;
}

/** Programs with their arguments; paths that are written or removed. */
function shown(actions: readonly Action[]): string[] {
  return actions.map((action) =>
    action.kind === "run"
      ? [action.program, ...action.args].join(" ")
      : `${action.kind} ${"path" in action ? action.path : ""}`
  );
}

Deno.test("the service of a plain job", async () => {
  const { actions, warnings } = await installed({}, { env: { HOME: "/root", SUDO_USER: "user" } });
  assertEquals(
    textOf(actions, `${SYSTEM}/${UNIT}.service`),
    `[Unit]
Description=resticprofile backup for profile home in profiles.yaml

[Service]
Type=notify
WorkingDirectory=/work
ExecStart=/usr/bin/resticprofile --no-prio --no-ansi --config profiles.yaml run-schedule backup@home
Environment="RESTICPROFILE_SCHEDULE_ID=profiles.yaml:backup@home"
Environment="HOME=/root"
Environment="SUDO_USER=user"
`,
  );
  assertEquals(warnings, []);
});

Deno.test("the timer has the times as they were written", async () => {
  const { actions } = await installed({ times: ["daily", "Mon *:0/15 UTC"] });
  assertEquals(
    textOf(actions, `${SYSTEM}/${UNIT}.timer`),
    `[Unit]
Description=backup timer for profile home in profiles.yaml

[Timer]
OnCalendar=daily
OnCalendar=Mon *:0/15 UTC
Unit=${UNIT}.service
Persistent=true

[Install]
WantedBy=timers.target
`,
  );
});

const LINES: [what: string, parts: JobParts, settings: Partial<UnitSettings>, lines: string[]][] = [
  ["after-network-online starts the target too", { afterNetworkOnline: true }, {}, [
    "After=network-online.target\nWants=network-online.target\n\n[Service]",
  ]],
  ["priorities", { priority: "background" }, { nice: -5, io: { class: 3, level: 7 } }, [
    "Nice=-5\nCPUSchedulingPolicy=idle\nIOSchedulingClass=3\nIOSchedulingPriority=7\nEnvironment=",
  ]],
  ["an I/O level of 0 is left out", {}, { io: { class: 2, level: 0 } }, ["IOSchedulingClass=2\nEnvironment="]],
  ["the permission user", { permission: "user" }, {}, ["User=root\n", 'Environment="HOME=/root"\n']],
  ["the captured environment, sorted with the rest", { environment: [["A", "1"], ["RESTIC_X", "2"]] }, {}, [
    'Environment="A=1"\nEnvironment="RESTICPROFILE_SCHEDULE_ID=profiles.yaml:backup@home"\nEnvironment="RESTIC_X=2"\nEnvironment="HOME',
  ]],
  ["values are escaped", { environment: [["A", 'a"b\\c%d\ne']] }, {}, ['Environment="A=a\\"b\\\\c%%d\\ne"\n']],
  [
    "names are escaped",
    { workingDir: "/100% mine", program: "/my bin/x", configFile: "my $p.yaml" },
    {},
    [
      "Description=resticprofile backup for profile home in my $p.yaml\n",
      "WorkingDirectory=/100%% mine\n",
      'ExecStart="/my bin/x" --no-prio --no-ansi --config "my $$p.yaml" run-schedule backup@home\n',
    ],
  ],
];
for (const [what, parts, settings, lines] of LINES) {
  Deno.test(`units of systemd: ${what}`, async () => {
    const { actions } = await installed(parts, { env: { HOME: "/root" } }, { ...PLAIN, ...settings });
    for (const line of lines) assertStringIncludes(textOf(actions, `${SYSTEM}/${UNIT}.service`), line);
  });
}

Deno.test("captured secrets are in a file for the owner alone, with a warning that does not show them", async () => {
  const environment = [["RESTIC_CACHE_DIR", "/c"], ["RESTIC_PASSWORD", 'hidden$"\\']] as const;
  const { actions, warnings } = await installed({ environment });
  assertEquals(actions.flatMap((action) => action.kind === "write" ? [action.mode] : []), [0o600, 0o600, 0o644]);
  assertEquals(textOf(actions, `${SYSTEM}/${UNIT}.env`), 'RESTIC_PASSWORD="hidden\\$\\"\\\\"\n');
  const service = textOf(actions, `${SYSTEM}/${UNIT}.service`);
  assertStringIncludes(service, `\nEnvironmentFile=${SYSTEM}/${UNIT}.env\n`);
  assertStringIncludes(service, '\nEnvironment="RESTIC_CACHE_DIR=/c"\n');
  assertEquals((service + warnings.join()).includes("hidden"), false);
  assertStringIncludes(warnings.join(), "RESTIC_PASSWORD");
});

Deno.test("a file of secrets goes when there are none any more", async () => {
  const { actions } = await installed({}, { files: { [`${SYSTEM}/${UNIT}.env`]: "" } });
  assertEquals(shown(actions)[0], `remove ${SYSTEM}/${UNIT}.env`);
});

Deno.test("the path of a file of secrets is no wildcard and no specifier", async () => {
  const { actions } = await installed({ name: "a b%[x]", environment: [["RESTIC_PASSWORD", "hidden"]] });
  const service = textOf(actions, `${SYSTEM}/resticprofile-backup@profile-a\\x20b\\x25\\x5bx\\x5d.service`);
  assertStringIncludes(service, `EnvironmentFile=${SYSTEM}/resticprofile-backup@profile-a\\\\x20b\\\\x25`);
});

Deno.test("a template gets the secrets, with a warning that everybody can read them", async () => {
  const service = ({ environment }: UnitFacts) => environment.join("\n");
  const environment = [["RESTIC_PASSWORD", "hidden"]] as const;
  const { actions, warnings } = await installed({ environment }, {}, { ...PLAIN, service });
  assertStringIncludes(textOf(actions, `${SYSTEM}/${UNIT}.service`), "RESTIC_PASSWORD=hidden");
  assertStringIncludes(warnings.join(), "every user");
});

for (
  const parts of [{ workingDir: "/work " }, { workingDir: "/work\\" }, { configFile: "/etc/profiles\\" }]
) {
  Deno.test(`systemd refuses ${JSON.stringify(parts)}, which would not come back`, async () => {
    await assertRejects(() => installed(parts), ScheduleError, "blank or a backslash");
  });
}

const CALENDAR = "TimersCalendar={ OnCalendar=*-*-* 00:00:00 ; next_elapse=Tue 2026-12-01 00:00:00 UTC }\n";
for (
  const [what, times, status, answer, facts] of [
    ["a zone that it does not know", ["daily", "12:00 US/Eastern"], "", CALENDAR, ["12:00 US/Eastern"]],
    ["nothing", ["daily"], "  Active: active (waiting)\n", `${CALENDAR}SubState=waiting\n`, []],
    ["a timer that is over", ["daily"], "     Active: active (elapsed)\n", `${CALENDAR}SubState=elapsed\n`, [
      "elapsed",
    ]],
    [
      "a timer without SubState that is over",
      ["*:0/5"],
      "",
      "TimersCalendar={ OnCalendar=*-*-* *:00/5:00 ; next_elapse=n/a }\n",
      ["elapsed"],
    ],
    ["a systemctl that tells nothing", ["12:00 US/Eastern"], "", "", []],
    ["plain times of a timer that it does not know", ["daily"], "", "SubState=elapsed\n", []],
  ] as const
) {
  Deno.test(`what systemd says is compared, when a job is made and in status: ${what}`, async () => {
    const programs = {
      [`systemctl --no-pager status ${UNIT}.timer`]: { stdout: status },
      [`systemctl --no-pager show ${UNIT}.timer -p TimersCalendar -p SubState`]: { stdout: answer },
    };
    const world = fakeWorld({ uid: 0, programs });
    const scheduler = systemd(PLAIN, jobUser(world), world);
    const told: string[] = [];
    const listener = { warn: (text: string) => void told.push(text), show() {} };
    await applyActions((await scheduler.install(scheduledJob({ times }), OPTIONS)).actions, world, listener);
    const made = told.splice(0);
    const [job] = (await scheduler.list()).jobs;
    await applyActions(scheduler.status(job!).actions, world, listener);
    assertEquals([made.length, told.length], [facts.length, facts.length]);
    for (const fact of facts) assertStringIncludes(made[0]! && told[0]!, fact);
  });
}

Deno.test("templates get the same facts, and are executed before anything is written", async () => {
  const settings = { ...PLAIN, service: () => "s", timer: () => "t" };
  const { actions } = await installed({}, {}, settings);
  assertEquals(textOf(actions, `${SYSTEM}/${UNIT}.service`), "s");
  assertEquals(textOf(actions, `${SYSTEM}/${UNIT}.timer`), "t");
});

const CALLS: [what: string, options: typeof OPTIONS, calls: string[]][] = [
  ["as a rule", { start: true, reload: false }, ["systemctl --no-pager --quiet --now enable"]],
  ["--no-start", { start: false, reload: false }, ["systemctl --no-pager --quiet enable"]],
  ["--reload", { start: true, reload: true }, ["systemctl daemon-reload", "systemctl --no-pager --quiet --now enable"]],
];
for (const [what, options, calls] of CALLS) {
  Deno.test(`calls of systemctl: ${what}`, async () => {
    const { actions } = await open().install(scheduledJob(), options);
    const expected = [...calls.map((call) => call.endsWith("reload") ? call : `${call} ${UNIT}.timer`)];
    assertEquals(shown(actions.filter(({ kind }) => kind === "run")), [
      ...expected,
      `systemctl --no-pager status ${UNIT}.timer`,
    ]);
  });
}

Deno.test("a job of the other kind is removed first", async () => {
  const files = { [`${SYSTEM}/${UNIT}.timer`]: "x" };
  const { actions } = await installed({ permission: "user_logged_on" }, { files, uid: 1000 });
  assertEquals(shown(actions), [
    `systemctl --no-pager --now --quiet disable ${UNIT}.timer`,
    `systemctl clean --what=state ${UNIT}.timer`,
    ...FILES.map((file) => `remove ${SYSTEM}/${file}`),
    `systemctl reset-failed ${UNIT}.service`,
    `write ${USER}/${UNIT}.service`,
    `write ${USER}/${UNIT}.timer`,
    `systemctl --user --no-pager --quiet --now enable ${UNIT}.timer`,
    `systemctl --user --no-pager status ${UNIT}.timer`,
  ]);
});

Deno.test("under sudo the units of the user are the user's", async () => {
  const env = { SUDO_UID: "1000", SUDO_GID: "1000", SUDO_USER: "user" };
  const { actions } = await installed({ permission: "user_logged_on" }, { env });
  const [service] = actions;
  assertEquals(service?.kind === "write" && [service.path, service.owner, service.folderMode], [
    `${USER}/${UNIT}.service`,
    { uid: 1000, gid: 1000 },
    0o700,
  ]);
  assertStringIncludes(textOf(actions, `${USER}/${UNIT}.service`), 'Environment="HOME=/home/user"\n');
  assertEquals(shown(actions).at(-1), `systemctl --user -M user@ --no-pager status ${UNIT}.timer`);
});

Deno.test("after-network-online of a user unit fails, naming the option and the permission", async () => {
  const error = await assertRejects(
    () => Promise.resolve().then(() => installed({ permission: "user_logged_on", afterNetworkOnline: true })),
    ScheduleError,
  );
  assertStringIncludes(error.message, "schedule-after-network-online");
  assertStringIncludes(error.message, "user_logged_on");
});

Deno.test("drop-ins go to the folder of their section; those that are not named any more are removed", async () => {
  const stale = `${SYSTEM}/${UNIT}.timer.d/old.resticprofile.conf`;
  const files = {
    "/d/10-x.conf": "[Service]\n",
    "/d/plain": "  [TIMER] \n",
    [stale]: "",
    [`${SYSTEM}/${UNIT}.timer.d/foreign.conf`]: "",
  };
  const { actions, warnings } = await installed({ dropInFiles: ["/d/10-x.conf", "/d/plain", "/d/missing"] }, { files });
  assertEquals(shown(actions).slice(2, -2), [
    `remove ${stale}`,
    `write ${SYSTEM}/${UNIT}.service.d/10-x.resticprofile.conf`,
    `write ${SYSTEM}/${UNIT}.timer.d/plain.resticprofile.conf`,
  ]);
  assertStringIncludes(warnings.join(), "/d/missing");
});

for (
  const [permission, uid, allowed] of [
    ["system", 0, true],
    ["user", 0, true],
    ["user_logged_on", 0, true],
    ["system", 1000, false],
    ["user", 1000, false],
    ["user_logged_on", 1000, true],
  ] as const
) {
  Deno.test(`systemd ${allowed ? "gives" : "refuses"} "${permission}" to ${uid === 0 ? "root" : "a user"}`, () => {
    const { allow } = open({ uid });
    if (allowed) allow(permission);
    else assertThrows(() => allow(permission), ScheduleError, "sudo");
  });
}

const SERVICE = '[Service]\nWorkingDirectory=/100%%\nExecStart=/x --config "my p.yaml" run-schedule backup@home\n';

Deno.test("list() reads the unit files of both folders without systemctl, but for those it cannot use", async () => {
  const files = {
    [`${SYSTEM}/${UNIT}.service`]: SERVICE,
    [`${SYSTEM}/${UNIT}.timer`]: "OnCalendar=daily\nOnCalendar=12:00\n",
    [`${SYSTEM}/resticprofile-check@profile-home.service`]: `${SERVICE}User=me\n`,
    [`${USER}/resticprofile-prune@profile-my\\x20home.service`]: SERVICE,
    [`${SYSTEM}/resticprofile-copy@profile-broken.service`]: "[Service]\n",
    [`${SYSTEM}/other.service`]: SERVICE,
  };
  const { jobs, warnings } = await open({ files, uid: 1000 }).list();
  assertEquals(jobs.map(({ command, name, permission, times }) => [command, name, permission, times.join()]), [
    ["backup", "home", "system", "daily,12:00"],
    ["check", "home", "user", ""],
    ["prune", "my home", "user_logged_on", ""],
  ]);
  assertEquals(jobs[0]?.configFile, "my p.yaml");
  assertEquals(jobs[0]?.workingDir, "/100%");
  assertEquals(warnings.length, 1); // a service without ExecStart
  assertStringIncludes(warnings.join(), "profile-broken.service");
});

const REGISTERED = {
  id: UNIT,
  command: "backup",
  name: "home",
  configFile: "profiles.yaml",
  workingDir: "/work",
  times: ["daily"],
};

Deno.test("remove() disables the timer and deletes all of its files; units are read again once for each kind", async () => {
  const scheduler = open({ files: { [`${SYSTEM}/${UNIT}.timer`]: "" } });
  const system = { ...REGISTERED, permission: "system" } as const;
  assertEquals(shown(await scheduler.remove(system))[0], `systemctl --no-pager --now --quiet disable ${UNIT}.timer`);
  const removed = [
    system,
    { ...REGISTERED, permission: "user" } as const,
    {
      ...REGISTERED,
      permission: "user_logged_on",
    } as const,
  ];
  assertEquals(shown(scheduler.finishRemoval(removed)), ["systemctl daemon-reload", "systemctl daemon-reload --user"]);
  assertEquals(scheduler.finishRemoval([]), []);
});

const STAMP = `/var/lib/systemd/timers/stamp-${UNIT}.timer`;
for (
  const [what, files, answer, before, after] of [
    ["nothing", {}, '[{"active":"inactive"}]', [], []],
    ["a last start", { [STAMP]: "" }, "[]", [`systemctl clean --what=state ${UNIT}.timer`], [`remove ${STAMP}`]],
    ["a failed service", {}, '[{"active":"failed"}]', [], [`systemctl reset-failed ${UNIT}.service`]],
  ] as const
) {
  Deno.test(`remove() of a job of which systemd remembers ${what}`, async () => {
    const question = `systemctl list-units --all --no-pager --output json ${UNIT}.service`;
    const scheduler = open({
      files: { [`${SYSTEM}/${UNIT}.timer`]: "", ...files },
      programs: { [question]: { stdout: answer } },
    });
    assertEquals(shown(await scheduler.remove({ ...REGISTERED, permission: "system" })), [
      `systemctl --no-pager --now --quiet disable ${UNIT}.timer`,
      ...before,
      ...FILES.map((file) => `remove ${SYSTEM}/${file}`),
      ...after,
    ]);
  });
}

Deno.test("remove() finds the last start of a user's timer below the user's home", async () => {
  const stamp = `/home/user/.local/share/systemd/timers/stamp-${UNIT}.timer`;
  const scheduler = open({ uid: 1000, files: { [stamp]: "" } });
  const actions = shown(await scheduler.remove({ ...REGISTERED, permission: "user_logged_on" }));
  assertEquals(actions.includes(`remove ${stamp}`), true);
});

for (
  const [letters, isRefused] of [["ü".repeat(30), true], ["ü".repeat(20), false], ["n".repeat(201), false], [
    "n".repeat(202),
    true,
  ]] as const
) {
  Deno.test(`install() ${isRefused ? "refuses" : "takes"} a name of ${letters.length} letters ${letters[0]}`, async () => {
    const installing = installed({ name: letters });
    if (isRefused) {
      await assertRejects(
        () => installing,
        ScheduleError,
        `backup@${letters} with systemd: the name is too long`,
      );
    } else assertEquals((await installing).actions.length > 0, true);
  });
}

Deno.test("status() shows no journal that has nothing in it", () => {
  const [journal] = open().status({ ...REGISTERED, permission: "system" }).actions;
  const shown = journal?.kind === "run" ? journal.show : undefined;
  assertEquals([shown?.("-- No entries --\n"), shown?.("one: -- No entries --\n")], ["", "one: -- No entries --\n"]);
});

Deno.test("status() asks journal and timer; root cannot read the user's journal", () => {
  const scheduler = open();
  assertEquals(shown(scheduler.status({ ...REGISTERED, permission: "system" }).actions), [
    `journalctl --since 1 month ago --no-pager --priority warning --unit ${UNIT}`,
    `systemctl --no-pager status ${UNIT}.timer`,
  ]);
  const user = scheduler.status({ ...REGISTERED, permission: "user_logged_on" });
  assertEquals(shown(user.actions), [`systemctl --user --no-pager status ${UNIT}.timer`]);
  assertEquals(user.warnings.length, 1);
});

Deno.test("statusSummary() lists the timers of one or of all, unless there are none", () => {
  const [all] = open().statusSummary(undefined);
  assertEquals(shown([all!]), ["systemctl list-timers --all --no-pager resticprofile-*@profile-*.timer"]);
  assertEquals(shown(open({ uid: 1000 }).statusSummary("home")), [
    "systemctl list-timers --all --no-pager resticprofile-*@profile-home.timer --user",
  ]);
  assertEquals(all?.kind === "run" && [all.show?.("NEXT\n0 timers listed.\n"), all.show?.("x")], ["", "x"]);
});
