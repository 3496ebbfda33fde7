/** Sources with wildcards, from the configuration to restic's words. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import type { FakeProgram } from "../support/fake_programs.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const TREE = {
  "/work/d/a.txt": "",
  "/work/d/b.txt": "",
  "/work/d/.h.txt": "",
  "/work/d/photos [2020]/x": "",
  "/base/c.txt": "",
  "/base/-dash": "",
  "/link": { link: "/base" },
  "/secret/": { mode: 0 },
} as const;

/** `default` with this text, behind a repository. */
function world(profile: string, options: FakeOptions = {}): FakeWorld {
  const yaml = `global: {restic-version: "0.18", min-memory: 0}\ndefault: {repository: /r, ${profile}}`;
  const made = { ...options, files: { "/work/profiles.yaml": yaml, ...TREE, ...options.files } };
  return fakeWorld(made);
}

/** The words of every restic, without those that all have. */
function words(ran: FakeWorld["ran"]): string[] {
  return ran.filter(({ command }) => command.program.endsWith("/restic")).map(({ command }) =>
    command.args.filter((word) => word !== "--repo=/r").join(" ")
  );
}

const SOURCES = [
  ["source: ['d/*.txt']", "d/.h.txt d/a.txt d/b.txt"],
  ["source: [/abs, 'd/[^ab]*', 'd/[a-b].*']", "/abs d/.h.txt d/photos [2020] d/a.txt d/b.txt"],
  ["source: ['d/photos [2020]']", "d/photos [2020]"],
  ["source: ['*.txt'], source-base: d", "d/.h.txt d/a.txt d/b.txt"],
  ["source: ['*', ../up], source-base: /link, source-relative: true", "./-dash c.txt ../up"],
  ["source: ['*', '../d*'], stdin: true", "--stdin"],
] as const;

for (const [yaml, wanted] of SOURCES) {
  Deno.test(`sources: ${yaml}`, async () => {
    const machine = world(`backup: {${yaml}}`);
    assertEquals(await run(["--quiet", "backup"], machine), 0);
    assertEquals(words(machine.ran), [`backup --quiet ${wanted}`]);
  });
}

const ODD = [
  ["source: [d, 'none*']", "d", 'profiles.yaml:2:48: warning: Source "none*" matches nothing'],
  ["source: ['[a']", "[a", 'warning: Cannot read pattern "[a": it is not closed'],
  ["source: [d, '/secret/*', '/secret/*/b']", "d", 'warning: Source "/secret/*/b" matches nothing'],
] as const;

for (const [yaml, wanted, problem] of ODD) {
  const profile = `backup: {${yaml}}`;
  Deno.test(`a run warns of ${yaml}, once, and so does validate`, async () => {
    const machine = world(profile);
    assertEquals(await run(["backup"], machine), 0);
    assertEquals(words(machine.ran), [`backup ${wanted}`]);
    assertEquals(machine.printed.stdout.split(problem).length, 2, machine.printed.stdout);
    const validated = world(profile);
    await run(["validate"], validated);
    assertStringIncludes(validated.printed.stdout, problem);
  });
}

/** What a hook does with the files, as soon as there is a machine. */
function hook(line: string, action: (machine: FakeWorld) => void) {
  const later: { machine?: FakeWorld } = {};
  const program: FakeProgram = { effect: () => action(later.machine!) };
  return (profile: string, more: FakeOptions = {}) =>
    later.machine = world(profile, { ...more, programs: { [line]: program, ...more.programs } });
}

Deno.test("what run-before mounts is there for the wildcards of backup and retention", async () => {
  const mounted = hook("mount /mnt", ({ files }) => {
    files.remove("/mnt/x/placeholder");
    files.write("/mnt/x/photos", "");
    files.write("/mnt/x/music", "");
  });
  const machine = mounted(
    "run-before: mount /mnt, backup: {source: [etc, '/mnt/x/*']}, retention: {after-backup: true, keep-last: 1}",
    { files: { "/mnt/x/placeholder": "", "/work/etc": "" } },
  );
  assertEquals(await run(["backup"], machine), 0);
  assertEquals(words(machine.ran), [
    "backup etc /mnt/x/music /mnt/x/photos",
    "forget --keep-last=1 --path=/work/etc --path=/mnt/x/music --path=/mnt/x/photos",
  ]);
});

Deno.test("a retention selects what its backup has saved, not what came after", async () => {
  const machine: FakeWorld = world(
    "backup: {source: ['d/?.txt', d]}, retention: {after-backup: true, keep-last: 1}",
    { programs: { "restic backup": { effect: () => machine.files.write("/work/d/c.txt", "") } } },
  );
  assertEquals(await run(["backup"], machine), 0);
  assertEquals(
    words(machine.ran)[1],
    "forget --keep-last=1 --path=/work/d/a.txt --path=/work/d/b.txt --path=/work/d",
  );
});

const SELECTIONS = [
  ["retention before a backup", "backup", "source: ['mnt/*']", "retention: {before-backup: true, keep-last: 1}"],
  ["retention after a backup", "backup", "source: ['mnt/*']", "retention: {after-backup: true, keep-last: 1}"],
  ["retention before a backup, one of two", "backup", "source: [d, 'mnt/*']", "retention: {before-backup: true}"],
  ["retention after a backup, one of two", "backup", "source: [d, 'mnt/*']", "retention: {after-backup: true}"],
  ["forget", "forget", "source: ['mnt/*']", "forget: {path: true, keep-last: 1}"],
  ["forget, one of two", "forget", "source: [d, 'mnt/*']", "forget: {path: true, keep-last: 1}"],
] as const;

for (const [name, command, source, other] of SELECTIONS) {
  Deno.test(`a pattern that matches nothing never widens a selection: ${name}`, async () => {
    const machine = world(`backup: {${source}}, ${other}`);
    assertEquals(await run([command], machine), 1);
    assertEquals(words(machine.ran).filter((line) => line.startsWith("forget")), []);
    assertStringIncludes(
      machine.printed.stdout + machine.printed.stderr,
      `Cannot select snapshots by path: source "mnt/*" matches nothing`,
    );
    const shown = world(`backup: {${source}}, ${other}`);
    assertEquals(await run(["--dry-run", command], shown), 1);
    assertEquals(shown.printed.stdout.includes("restic forget"), false);
  });
}

Deno.test("a dry run shows no command that an empty variable keeps from running", async () => {
  const machine = world("rewrite: {exclude: '$NONE', path: /d}", { env: { NONE: "" } });
  assertEquals(await run(["--dry-run", "rewrite"], machine), 1);
  assertStringIncludes(machine.printed.stdout + machine.printed.stderr, 'Nothing is left of "--exclude=$NONE"');
  assertEquals(machine.printed.stdout.includes("restic rewrite"), false);
});

Deno.test("a dry run shows what the wildcards match now, and says what they do not match", async () => {
  const machine = world("backup: {source: ['d/?.txt', 'none*'], run-before: never}");
  assertEquals(await run(["--dry-run", "backup"], machine), 0);
  assertStringIncludes(machine.printed.stdout, "restic backup --repo=/r d/a.txt d/b.txt\n");
  assertStringIncludes(machine.printed.stdout, 'Source "none*" matches nothing');
});

const GONE = { "restic backup": { stderr: "/mnt/usb does not exist, skipping\n" } };
const MONITORED = "prometheus-save-to-file: m.prom, status-file: s.json, ";

for (
  const [name, extra, exit, success, ran] of [
    ["is the result of exit status 3", "", 1, "false", 1],
    ["is tolerated as exit status 3 is", ", no-error-on-warning: true", 0, "true", 2],
  ] as const
) {
  Deno.test(`a source that is not there ${name}, and named with its place`, async () => {
    const profile =
      `${MONITORED}backup: {source: [d, /mnt/usb]${extra}}, retention: {after-backup: true, keep-last: 1}`;
    const machine = world(profile, { programs: GONE });
    assertEquals(await run(["backup"], machine), exit);
    const { stdout, stderr } = machine.printed;
    assertMatch(stdout, /profiles\.yaml:2:\d+: warning: Source "\/mnt\/usb" does not exist: it is not saved\n/);
    assertStringIncludes(stdout + stderr, "backup on profile 'default': exit status 3");
    assertMatch(machine.files.readText("/work/m.prom"), /^resticprofile_backup_status\{.*\} 1$/m);
    assertMatch(machine.files.readText("/work/s.json"), new RegExp(`"backup":\\{"success":${success},`));
    assertEquals(words(machine.ran).length, ran);
  });
}

Deno.test("what run-before makes is there, what cannot be looked at is no missing source", async () => {
  const made = hook("mkdir x", ({ files }) => files.makeDir("/work/x"));
  const machine = made("run-before: mkdir x, backup: {source: [x, /secret/y]}");
  assertEquals(await run(["backup"], machine), 0);
  assertEquals(machine.printed.stdout.includes("warning"), false, machine.printed.stdout);
});

for (const form of ["stdin: true", "stdin-command: dump", "stdin-from-command: true, source: [dump]"]) {
  Deno.test(`an input of which nothing was saved is a failure, whatever the setting: ${form}`, async () => {
    const machine = world(
      `backup: {${form}, no-error-on-warning: true}, retention: {after-backup: true, path: '', keep-last: 1}`,
      { programs: { dump: { stdout: "x" }, "restic backup": { code: 3, readsStdin: true } } },
    );
    assertEquals(await run(["backup"], machine), 1);
    assertEquals(words(machine.ran).length, 1);
  });
}

for (
  const [version, stdin, restics] of [["0.14.0", "", 0], ["0.14.0", "dump", 2], ["0.18.0", "", 2]] as const
) {
  Deno.test(`restic ${version} with ${JSON.stringify(stdin)} as standard input is started ${restics} times`, async () => {
    const profile = "backup: {stdin: true}, retention: {after-backup: true, path: '', keep-last: 1}";
    const yaml = `global: {restic-version: "${version}", min-memory: 0}\ndefault: {repository: /r, ${profile}}`;
    const programs = { "restic backup": { readsStdin: true } };
    const machine = world("", { stdin, programs, files: { "/work/profiles.yaml": yaml } });
    assertEquals(await run(["backup"], machine), restics === 0 ? 1 : 0);
    assertEquals(words(machine.ran).length, restics);
    if (version === "0.14.0" && stdin !== "") {
      assertEquals(machine.ran.find(({ line }) => line.includes(" backup "))?.stdin, stdin);
    }
  });
}

Deno.test("a missing line of a list is the result of exit status 3, and named with its place", async () => {
  const stderr = 'pattern "/mnt/usb" does not match any files, skipping\n';
  const machine = world("backup: {files-from: list}", {
    files: { "/work/list": "/work/d\n/mnt/usb\n" },
    programs: { "restic backup": { stderr } },
  });
  assertEquals(await run(["backup"], machine), 1);
  const { stdout, stderr: told } = machine.printed;
  assertMatch(stdout, /list:2:1: warning: Source "\/mnt\/usb" does not exist: it is not saved\n/);
  assertStringIncludes(stdout + told, "backup on profile 'default': exit status 3");
});

const ESCAPED = [
  ["source: ['App\\ Support', d]", "App Support d", 1],
  ["source: ['none\\ there', d]", "none\\ there d", 0],
  ["source: ['both\\ x']", "both\\ x", 0],
  ["source: ['App\\ Supp*', 'App\\ Support/*']", "App Support App Support/file", 1],
  ["source: ['App\\ Support', '-a\\ b'], source-base: /work, source-relative: true", "App Support ./-a b", 2],
] as const;

for (const [yaml, wanted, warnings] of ESCAPED) {
  Deno.test(`sources as they were escaped for a shell: ${yaml}`, async () => {
    const files = { "/work/App Support/file": "", "/work/both\\ x": "", "/work/both x": "", "/work/-a b": "" };
    const machine = world(`backup: {${yaml}}`, { files });
    assertEquals(await run(["--quiet", "backup"], machine), 0);
    assertEquals(words(machine.ran), [`backup --quiet ${wanted}`]);
    const told = machine.printed.stdout + machine.printed.stderr;
    assertEquals(told.split('does not exist: "').length - 1, warnings, told);
  });
}

Deno.test("a retention selects the source that the backup has found without its escapes", async () => {
  const machine = world("backup: {source: ['App\\ Support']}, retention: {after-backup: true, keep-last: 1}", {
    files: { "/work/App Support/file": "" },
  });
  assertEquals(await run(["--quiet", "backup"], machine), 0);
  assertEquals(words(machine.ran).at(-1), "forget --keep-last=1 --path=/work/App Support --quiet");
});

Deno.test("a run, its dry run and validate tell of ~ in files of exclude-file", async () => {
  const list = { files: { "/work/list": "a\n ~/x\n" } };
  const problem = 'list:2:2: warning: restic takes "~" for the name of a file here';
  for (const args of [["backup"], ["--dry-run", "backup"], ["validate"]]) {
    const machine = world("backup: {source: [d], exclude-file: list}", list);
    assertEquals(await run(args, machine), 0);
    assertEquals(machine.printed.stdout.split(problem).length, 2, `${args} ${machine.printed.stdout}`);
  }
});

Deno.test("a list that run-before makes is looked at when restic starts", async () => {
  const made = hook("make", ({ files }) => files.write("/work/list", "~/x\n"));
  const machine = made("run-before: make, backup: {source: [d], files-from: list}");
  assertEquals(await run(["backup"], machine), 0);
  assertStringIncludes(machine.printed.stdout, 'list:1:1: warning: restic takes "~"');
});
