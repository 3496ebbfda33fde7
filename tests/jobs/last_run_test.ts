/** What jobs leave for `status`: how their last run went. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { describeLastRun } from "../../src/jobs/last_run.ts";
import { type FakeOptions, type FakeWorld, fakeWorld } from "../support/fake_world.ts";

const YAML = `global: {scheduler: "crontab:-:/table", restic-version: 0.18.0}
a: {repository: r, password-file: k, check: {schedule: "1:00"}, forget: {schedule: "2:00"}}`;

function machine(options: FakeOptions = {}): FakeWorld {
  return fakeWorld({ uid: 0, ...options, files: { "/work/profiles.yaml": YAML, ...options.files } });
}

async function statusOf(world: FakeWorld): Promise<string> {
  const before = world.printed.stdout.length;
  assertEquals(await run(["status", "--all"], world), 0);
  return world.printed.stdout.slice(before);
}

for (
  const [what, options, code, told] of [
    ["succeeded", {}, 0, "succeeded after 12s"],
    ["failed", { programs: { restic: { code: 1, durationMs: 12_000 } } }, 1, "failed with exit status 1 after 12s"],
  ] satisfies [string, FakeOptions, number, string][]
) {
  Deno.test(`status tells that the last run ${what}, and which job has not run`, async () => {
    const world = machine({ programs: { restic: { durationMs: 12_000 } }, ...options });
    await run(["schedule", "--all"], world);
    assertEquals(await run(["--no-ansi", "--config", "profiles.yaml", "run-schedule", "check@A"], world), code);
    const output = await statusOf(world);
    assertMatch(output, new RegExp(`check@a\\n(?:  .*\\n)*  last run: {5}2026-01-02 03:04:05, ${told}\\n`));
    assertMatch(output, /forget@a\n(?: {2}.*\n)* {2}last run: {5}not known\n/);
  });
}

Deno.test("a job whose configuration cannot be read has failed", async () => {
  const world = machine();
  await run(["schedule", "--all"], world);
  world.files.write("/work/profiles.yaml", "a: [");
  assertEquals(await run(["--config", "profiles.yaml", "run-schedule", "check@a"], world), 1);
  world.files.write("/work/profiles.yaml", YAML);
  assertStringIncludes(await statusOf(world), "failed with exit status 1 after 0s");
});

Deno.test("a job that is run by hand from another folder is the same, a dry run is none", async () => {
  const world = machine();
  await run(["schedule", "--all"], world);
  assertEquals(await run(["--dry-run", "-c", "profiles.yaml", "run-schedule", "check@a"], world), 0);
  assertEquals((await statusOf(world)).includes("succeeded"), false);
  assertEquals(await run(["-c", "/work/../work/profiles.yaml", "run-schedule", "check@a"], world), 0);
  assertStringIncludes(await statusOf(world), "succeeded");
});

Deno.test("a job runs where nothing can be kept", async () => {
  const world = machine({ uid: 1000, files: { "/home/user/.cache/": { mode: 0o500 } } });
  assertEquals(await run(["-c", "profiles.yaml", "run-schedule", "check@a"], world), 0);
});

Deno.test("describeLastRun() does not call a run that has not ended a success", () => {
  const started = Date.UTC(2026, 0, 2, 3, 4, 5);
  assertMatch(describeLastRun({ started, end: undefined }, () => 0), /^2026-01-02 03:04:05, has not ended/);
  assertEquals(
    describeLastRun({ started, end: { at: started - 1, status: 0 } }, () => 3_600_000),
    "2026-01-02 04:04:05, succeeded after 0s",
  );
  assertEquals(describeLastRun(undefined), "not known");
});
