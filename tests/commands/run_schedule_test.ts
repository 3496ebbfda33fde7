import { assertEquals, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { fakeWorld } from "../support/fake_world.ts";

async function called(argv: readonly string[], yaml: string) {
  const programs = { "restic version": { stdout: "restic 0.18.0 compiled with go1.24.1 on linux/amd64\n" } };
  const world = fakeWorld({ files: { "/work/profiles.yaml": `global: {min-memory: 0}\n${yaml}` }, programs });
  const code = await run(argv, world);
  const ran = world.ran.filter(({ line }) => !line.endsWith(" version"));
  return { code, ran, output: world.printed.stdout + world.printed.stderr };
}

Deno.test("run-schedule runs forget for retention, with the settings of retention", async () => {
  const yaml = "default: {repository: /r, retention: {keep-last: 3, schedule: daily}}";
  const { code, ran } = await called(["run-schedule", "retention@default"], yaml);
  assertEquals(code, 0);
  assertStringIncludes(ran[0]!.line, "restic forget");
  assertStringIncludes(ran[0]!.line, "--keep-last=3");
});

Deno.test("hooks and restic get RESTICPROFILE_SCHEDULE_ID, templates .Schedule.Name", async () => {
  const yaml = 'default: {repository: /r, run-before: "hook {{ .Schedule.Name }}"}';
  const { ran } = await called(["run-schedule", "check@default"], yaml);
  assertEquals(
    ran.map(({ command }) => command.env.RESTICPROFILE_SCHEDULE_ID),
    Array(2).fill("profiles.yaml:check@default"),
  );
  assertStringIncludes(ran[0]!.line, "hook check@default");
  const plain = await called(["check"], yaml);
  assertEquals(plain.ran[0]!.command.env.RESTICPROFILE_SCHEDULE_ID, undefined);
});

for (const text of ["@profile", "check@", "check", ""]) {
  Deno.test(`run-schedule "${text}" explains the form`, async () => {
    const { code, ran, output } = await called(["run-schedule", ...text ? [text] : []], "default: {repository: /r}");
    assertEquals([code, ran.length], [1, 0]);
    assertStringIncludes(output, "COMMAND@NAME");
  });
}

Deno.test("run-schedule refuses a lock-mode that nobody knows", async () => {
  const yaml = "default: {repository: /r, check: {schedule: daily, schedule-lock-mode: never}}";
  const { code, output } = await called(["run-schedule", "check@default"], yaml);
  assertEquals(code, 1);
  assertStringIncludes(output, "default, fail, ignore");
});

Deno.test("run-schedule expands the files for its profile once", async () => {
  const { output } = await called(["--trace", "run-schedule", "check@home"], "home: {tag: '{{ .Profile.Name }}'}");
  assertEquals(output.match(/tag: 'home'/g)?.length, 1, output);
});
