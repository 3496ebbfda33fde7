import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { FileError } from "../../src/platform/world.ts";
import { fakeWorld } from "../support/fake_world.ts";

const BROKEN = { "/work/profiles.toml": "[default\n" };

for (const word of ["elevation", "self-update", "send", "serve"]) {
  Deno.test(`run() refuses "${word}", which is no command of restic`, async () => {
    const world = fakeWorld({ files: { "/work/profiles.toml": "[default]" } });
    assertEquals(await run([word], world), 1);
    assertStringIncludes(world.printed.stderr, `"${word}"`);
    assertEquals(world.ran, []);
  });
}

for (
  const line of [
    "profiles foo",
    "show a b",
    "validate foo",
    "status foo",
    "schedule -n a",
    "unschedule --al",
    "version foo",
    "battery foo",
    "random-key 1 2",
    "help a b c",
  ]
) {
  Deno.test(`run() does nothing for "${line}", and names the word that is too much in three lines at most`, async () => {
    const world = fakeWorld({ files: { "/work/profiles.toml": "[a]" } });
    assertEquals(await run(line.split(" "), world), 2);
    const { stdout, stderr } = world.printed;
    assertEquals([stdout, world.ran], ["", []]);
    const [command, ...args] = line.split(" ");
    assertMatch(
      stderr,
      new RegExp(`^error: Cannot use "${args.at(-1) === "a" ? "-n" : args.at(-1)}" with ${command}`, "m"),
    );
    assertEquals(stderr.trimEnd().split("\n").length <= 3, true, stderr);
  });
}

Deno.test("run() tells what is hardly meant in a group, with its place", async () => {
  const yaml = "version: 2\nprofiles: {a: {}}\ngroups: {g: {profiles: [a], descripton: d}}";
  const world = fakeWorld({ files: { "/work/profiles.yaml": yaml } });
  assertEquals(await run(["--dry-run", "-n", "g", "check"], world), 0);
  assertMatch(
    world.printed.stderr + world.printed.stdout,
    /profiles\.yaml:3:\d+: warning: .*"descripton".*\n.*"description"/,
  );
});

Deno.test("run() takes an empty default-command for none", async () => {
  const world = fakeWorld({ files: { "/work/profiles.toml": '[global]\ndefault-command = ""\n[default]' } });
  assertEquals(await run(["--dry-run"], world), 0);
  assertStringIncludes(world.printed.stdout, "dry-run: ");
  assertStringIncludes(world.printed.stdout, " snapshots");
});

Deno.test("run() refuses --remote with a status of its own", async () => {
  assertEquals(await run(["--remote", "http://localhost/x", "check"], fakeWorld()), 4);
});

Deno.test("run() tells why the configuration cannot be used, with its place first on the line", async () => {
  const world = fakeWorld({ files: BROKEN });
  assertEquals(await run(["backup"], world), 1);
  assertMatch(world.printed.stderr, /^profiles\.toml:1:\d+: error: /);
});

Deno.test("run() tells the log that was asked for too", async () => {
  const world = fakeWorld({ files: BROKEN });
  assertEquals(await run(["--log", "run.log", "backup"], world), 1);
  assertMatch(world.files.readText("/work/run.log"), / ERROR profiles\.toml:1:\d+: error: /);
});

Deno.test("run() tells the log of a profile that is not there, with those that are", async () => {
  const world = fakeWorld({ files: { "/work/profiles.toml": "[home]" } });
  assertEquals(await run(["--log", "run.log", "nobody.check"], world), 1);
  assertMatch(world.files.readText("/work/run.log"), / ERROR error: .*"nobody".*\n[^]*home/);
});

Deno.test("run() takes a group in a group for a missing profile, and says why", async () => {
  const files = { "/work/profiles.toml": 'version = "2"\n[groups]\na.profiles = ["b"]\nb.profiles = []\n' };
  const world = fakeWorld({ files });
  assertEquals(await run(["a.check"], world), 1);
  assertMatch(world.printed.stdout, /Cannot find profile "b"\n.*group/);
});

Deno.test("run() ends with status 1 after a mistake of the program, with its trace only if asked for", async () => {
  const broken = () => ({
    ...fakeWorld({ files: { "/work/profiles.toml": "[default]" } }),
    hostname: () => {
      throw new Error("no name");
    },
  });
  const [plain, traced] = [broken(), broken()];
  assertEquals(await run(["check"], plain), 1);
  assertMatch(plain.printed.stderr, /^error: Internal error: no name \(please report it\)\n$/);
  assertEquals(await run(["--trace", "check"], traced), 1);
  assertStringIncludes(traced.printed.stderr, "dispatch_test.ts");
});

Deno.test("run() names a file that cannot be used", async () => {
  const world = fakeWorld({ files: { "/work/profiles.toml": "[default]" } });
  const hostname = () => {
    throw new FileError("denied", "/etc/x", "permission denied");
  };
  assertEquals(await run(["check"], { ...world, hostname }), 1);
  assertEquals(world.printed.stderr, 'error: Cannot use "/etc/x": permission denied\n');
});

Deno.test("panic ends with status 1, not with 0", async () => {
  const world = fakeWorld();
  assertEquals(await run(["panic"], world), 1);
  assertMatch(world.printed.stderr, /^error: .*panic/);
});

Deno.test("run() asks for Enter at the end with --wait, and keeps the status", async () => {
  const world = fakeWorld({ files: BROKEN, stdin: "\n" });
  assertEquals(await run(["--wait", "backup"], world), 1);
  assertStringIncludes(world.printed.stderr, "Enter");
});

for (const command of ["backup", "show"]) {
  Deno.test(`run() tells the mistakes of global and of the profile at once (${command})`, async () => {
    const yaml = "global: {initialize: x}\nhome: {initialize: y, inherit: none}\nother: {initialize: z}\n";
    const world = fakeWorld({ files: { "/work/profiles.yaml": yaml } });
    assertEquals(await run([`home.${command}`], world), 1);
    assertEquals(world.printed.stderr.match(/profiles.yaml:\d+:\d+: error: [^:]*/g), [
      'profiles.yaml:1:10: error: Cannot read "global.initialize"',
      'profiles.yaml:2:23: error: Cannot inherit profile "home" from "none"',
      'profiles.yaml:2:8: error: Cannot read "home.initialize"',
    ]);
    assertEquals(world.ran, []);
  });
}

Deno.test("run() tells the mistakes of global and of all members of a group at once", async () => {
  const yaml = "global: {initialize: x}\ngroups: {g: [a, b, none]}\na: {initialize: y}\nb: {lock: []}\n";
  const world = fakeWorld({ files: { "/work/profiles.yaml": yaml } });
  assertEquals(await run(["g.backup"], world), 1);
  assertEquals(world.printed.stderr.match(/"\w+\.\w+"/g), ['"global.initialize"', '"a.initialize"', '"b.lock"']);
});

Deno.test("run() tells the place of a restic-binary that is not there", async () => {
  const files = { "/work/profiles.yaml": "global: {restic-binary: /none}\ndefault: {repository: r}\n" };
  const world = fakeWorld({ files, programs: { "restic version": { stdout: "restic 0.18.0" } } });
  assertEquals(await run(["snapshots"], world), 0);
  assertStringIncludes(world.printed.stdout, "profiles.yaml:1:10: warning: Cannot find restic-binary");
});

Deno.test("run() takes an unknown command-output for the console, and says so once", async () => {
  const files = {
    "/work/profiles.yaml": "global: {command-output: cnosole, log: run.log}\ndefault: {repository: r}\n",
  };
  const world = fakeWorld({ files, programs: { "restic version": { stdout: "restic 0.18.0" } } });
  assertEquals(await run(["snapshots"], world), 0);
  const log = world.files.readText("/work/run.log");
  assertEquals(log.match(/command-output/g)?.length, 1, log);
  assertStringIncludes(log, 'read as "console"');
});

Deno.test("run() ends after an error that nobody caught, also where no step is under way", async () => {
  const held = "someone on Friday, 02-Jan-26 03:00:00 UTC from machine\n42";
  const files = { "/work/profiles.toml": '[default]\nlock = "my.lock"\n', "/work/my.lock": held };
  const world = fakeWorld({ files, processes: [42] });
  void world.sleep(3_000).then(() => world.crash(new Error("a bug")));
  assertEquals(await run(["--lock-wait", "1h", "check"], world), 1);
  assertMatch(world.printed.stderr, /^error: Internal error: a bug \(please report it\)\n$/);
});
