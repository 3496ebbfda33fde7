/** Runs of whole command lines on a machine in memory: what no single module decides. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { parsePrometheus } from "../support/prometheus_text.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const BATTERY = "/sys/class/power_supply/BAT0";
const ON_BATTERY = {
  [`${BATTERY}/type`]: "Battery",
  [`${BATTERY}/status`]: "Discharging",
  [`${BATTERY}/capacity`]: "9",
};
const WITHOUT_MEMORY = { "/proc/meminfo": "MemAvailable: 1 kB\n" };
const GLOBAL = '[global]\nrestic-version = "0.18"\n';
const V2 = `version = "2"\n${GLOBAL}`;

interface Run {
  readonly status: number;
  readonly world: FakeWorld;
  /** What restic and hooks were started with, in order: `check --repo=a`, `echo`. */
  readonly ran: readonly string[];
}

async function ended(
  line: string,
  toml: string,
  options: FakeOptions = {},
  prepare = (_: FakeWorld) => {},
): Promise<Run> {
  const world = fakeWorld({ ...options, files: { "/work/profiles.toml": toml, ...options.files } });
  prepare(world);
  const status = await run(line.split(" "), world);
  return { status, world, ran: world.ran.map(({ line }) => line.replace(/^.*(?:-c |\/restic )/, "")) };
}

const GROUP = (more: string) =>
  `${V2}
[groups.all]
profiles = ["a", "b", "c"]
${more}
[profiles]
a.repository = "a"
b.repository = "b"
c.repository = "c"
`;
const ALL = ["check --repo=a", "check --repo=b", "check --repo=c"];
const A_FAILS: FakeOptions = { programs: { "restic check --repo=a": { code: 12, durationMs: 1_000 } } };

for (
  const [what, more, options, ran] of [
    ["that stops", "", A_FAILS, ALL.slice(0, 1)],
    ["with continue-on-error", "continue-on-error = true", A_FAILS, ALL],
  ] as const
) {
  Deno.test(`a group ${what} exits with 1 after a profile has failed`, async () => {
    const { status, ran: called } = await ended("all.check", GROUP(more), options);
    assertEquals([status, called], [1, [...ran]]);
  });
}

Deno.test("a group with continue-on-error that is interrupted exits with 1, and goes on no more", async () => {
  const options = { programs: { "restic check --repo=a": { durationMs: 1_000, codeOnSignal: 0 } } };
  const { status, ran } = await ended("all.check", GROUP("continue-on-error = true"), options, (world) => {
    world.clock.at(500, () => world.raise("SIGINT"));
  });
  assertEquals([status, ran], [1, ALL.slice(0, 1)]);
});

Deno.test("with restic-exit-status restic's own status is the tool's, for a profile, not for a group", async () => {
  const own = GROUP("").replace("[global]", "[global]\nrestic-exit-status = true");
  assertEquals((await ended("a.check", own, A_FAILS)).status, 12);
  assertEquals((await ended("all.check", own, A_FAILS)).status, 1);
  assertEquals((await ended("a.check", GROUP(""), A_FAILS)).status, 1);
});

const LOCK_PLACES = ["/work/conf/l", "/work/l", "/base/l", "/base/conf/l", "/work/rel/l", "/work/rel/conf/l"];

for (const baseDir of ["", 'base-dir = "/base"', 'base-dir = "rel"']) {
  Deno.test(`a relative lock is beside the configuration file with "${baseDir}"`, async () => {
    let found: readonly string[] = [];
    const look = () => found = LOCK_PLACES.filter((path) => world.files.stat(path));
    const world = fakeWorld({
      files: { "/base/": "", "/work/rel/": "", "/work/conf/p.toml": `${GLOBAL}[default]\nlock = "l"\n${baseDir}` },
      programs: { "restic check": { effect: look } },
    });
    assertEquals(await run(["-c", "conf/p.toml", "check"], world), 0);
    assertEquals(found, ["/work/conf/l"]);
  });
}

const MONITORED = `${GLOBAL}
[default]
repository = "r"
lock = "l"
status-file = "new/status.json"
prometheus-save-to-file = "new/metrics.prom"
[default.backup]
source = "/s"
`;
const HELD = { "/work/l": "someone on Friday, 02-Jan-26 03:00:00 UTC from machine\n42" };
const OLD = { "/work/new/status.json": "{}\n", "/work/new/metrics.prom": "# old\n" };
const SUMMARY = { "restic backup": { stdout: "Files: 5 new, 0 changed, 0 unmodified\n" } };

for (
  const [what, toml, options, status, reason] of [
    ["another run that holds the lock", MONITORED, { files: HELD, processes: [42] }, 1, "another run holds the lock"],
    [
      "a hook that fails before",
      MONITORED.replace('"l"', '"l"\nrun-before = "x"'),
      { programs: { x: { code: 4 } } },
      1,
      "run-before",
    ],
    [
      "a check that fails before",
      `${MONITORED}check-before = true`,
      { programs: { "restic check": { code: 4 } } },
      1,
      "check",
    ],
    [
      "a stdin-command that fails",
      `${MONITORED}stdin-command = "x"`,
      { programs: { x: { code: 4 } } },
      1,
      "stdin-command",
    ],
    ["a restic that is not there", MONITORED, { files: { "/usr/bin/restic": "" } }, 6, "Cannot find restic"],
    ["a restic that cannot be started", MONITORED, { programs: { restic: { refuses: "no" } } }, 1, "Cannot start"],
    [
      "too little memory",
      MONITORED.replace("[global]", "[global]\nmin-memory = 100"),
      { files: WITHOUT_MEMORY },
      5,
      "min-memory",
    ],
  ] satisfies [string, string, FakeOptions, number, string][]
) {
  Deno.test(`${what} leaves a failed backup in status file and metrics`, async () => {
    const { status: code, world } = await ended("backup", toml, options);
    assertEquals(code, status);
    const { backup } = JSON.parse(world.files.readText("/work/new/status.json")).profiles.default;
    assertEquals([backup.success, backup.files_new], [false, 0]);
    assertStringIncludes(backup.error, reason);
    const metrics = parsePrometheus(world.files.readText("/work/new/metrics.prom"));
    assertEquals(metrics.get("resticprofile_backup_status")?.samples[0]?.value, 0);
  });
}

Deno.test("a step that fails after the backup leaves it successful in status file and metrics", async () => {
  const options = { programs: { ...SUMMARY, x: { code: 4 } } };
  const { status, world } = await ended("backup", `${MONITORED}run-after = "x"`, options);
  assertEquals(status, 1);
  const { backup } = JSON.parse(world.files.readText("/work/new/status.json")).profiles.default;
  assertEquals([backup.success, backup.files_new], [true, 5]);
  const metrics = parsePrometheus(world.files.readText("/work/new/metrics.prom"));
  assertEquals(metrics.get("resticprofile_backup_status")?.samples[0]?.value, 2);
});

for (
  const [what, line, files, status] of [
    ["skipped on battery", "--ignore-on-battery backup", ON_BATTERY, 3],
    ["that is restic's dry run", "backup --dry-run", {}, 0],
    ["that is a dry run", "--dry-run backup", {}, 0],
  ] as const
) {
  Deno.test(`a backup ${what} leaves status file and metrics alone`, async () => {
    const { status: code, world } = await ended(line, MONITORED, { files: { ...files, ...OLD }, programs: SUMMARY });
    assertEquals(code, status);
    assertEquals(Object.keys(OLD).map((path) => world.files.readText(path)), Object.values(OLD));
  });
}

Deno.test("folders of status file and metrics are made, ~ and variables expanded", async () => {
  const toml = MONITORED.replace("new/status.json", "~/new/status.json").replace(
    "new/metrics.prom",
    "$M/new/metrics.prom",
  );
  const { status, world } = await ended("backup", toml, { env: { PATH: "/bin", HOME: "/home/user", M: "/m" } });
  assertEquals(status, 0);
  assertEquals(world.files.stat("/home/user/new/status.json")?.kind, "file");
  assertEquals(world.files.stat("/m/new/metrics.prom")?.kind, "file");
});

Deno.test("a dry run is shown with --quiet, too", async () => {
  const { status, world } = await ended(
    "-q --dry-run check",
    `${GLOBAL}[default]\nrepository = "r"\nrun-before = "hook"`,
  );
  assertEquals([status, world.ran], [0, []]);
  assertMatch(world.printed.stdout, /dry-run: hook\n.*dry-run: \S*restic check --quiet --repo=r\n/);
});

Deno.test("each member of a group starts at the level of the flags", async () => {
  const toml = GROUP("").replace('a.repository = "a"', 'a.repository = "a"\na.quiet = true');
  const told = async (line: string) => (await ended(line, toml)).world.printed.stdout.match(/profile '\w+': starting/g);
  assertEquals(await told("all.check"), ["profile 'b': starting", "profile 'c': starting"]);
  assertEquals(await told("-v all.check"), ["a", "b", "c"].map((name) => `profile '${name}': starting`));
});

for (const line of ["show", "profiles", "validate", "status", "version", "generate --bash-completion"]) {
  Deno.test(`${line} asks neither battery nor memory nor for restic`, async () => {
    const toml =
      '[global]\nrestic-binary = "/nowhere"\nmin-memory = 500\nscheduler = "crond"\nnice = 99\n[default]\nrepository = "r"\n';
    const files = {
      ...ON_BATTERY,
      ...WITHOUT_MEMORY,
      "/usr/bin/restic": "",
      "/usr/bin/crontab": { text: "", mode: 0o755 },
    };
    const { status, ran, world } = await ended(`--ignore-on-battery ${line}`, toml, { files });
    assertEquals([status, ran.filter((line) => !line.includes("crontab"))], [0, []], world.printed.stdout);
  });
}

Deno.test("sleep that cannot be prevented is one warning, and the run goes on", async () => {
  const toml = `${GLOBAL}prevent-sleep = true\n[default]\nrepository = "r"\n`;
  const programs = { "systemd-inhibit": { code: 1, stderr: "no bus\n" } };
  const { status, world } = await ended("check", toml, { programs });
  assertEquals(status, 0);
  assertEquals(world.printed.stdout.match(/sleep.*/g), ["sleep: no bus"]);
});

for (
  const [what, toml, programs, status] of [
    ['a status file with "profiles": null', `${MONITORED}`, {}, 0],
    ["warnings of a backup without a section", `${GLOBAL}[default]\nrepository = "r"\n`, {
      "restic backup": { code: 3 },
    }, 1],
    ["a label of a reserved name", MONITORED.replace('lock = "l"', 'prometheus-labels = { version = "x" }'), {}, 0],
  ] as const
) {
  Deno.test(`a run goes through ${what}`, async () => {
    const files = { "/work/new/status.json": '{"profiles":null}' };
    const { status: code, world } = await ended("backup", toml, { files, programs });
    assertEquals([code, world.printed.stderr], [status, ""], world.printed.stdout);
    if (toml === MONITORED) assertStringIncludes(world.files.readText("/work/new/status.json"), '"success":true');
  });
}

Deno.test("in flags $$ is $, and a variable that nobody knows stays as it was written", async () => {
  const toml = `${GLOBAL}[default]\nrepository = "r"\nhost = "a$$b$KNOWN-$NONE-\${NONE}"\ntag = "a$$b"\n`;
  const { ran } = await ended("snapshots", toml, { env: { KNOWN: "c$$" } });
  assertEquals(ran, ["snapshots --host=a$bc$$-$NONE-${NONE} --repo=r --tag=a$b"]);
});
