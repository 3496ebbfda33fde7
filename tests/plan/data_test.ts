import { assertEquals } from "@std/assert";
import { type JobOptions, planned, resticSteps } from "../support/planned_job.ts";

const argumentsOf = (commandLine: string, options: JobOptions) =>
  planned(commandLine, options).lines.map((line) => line.replace(/ <?--repo(sitory)?=\S+/, ""));

for (
  const { commandLine, restic, profile = {}, flags = {}, expected } of [
    { commandLine: "dump latest /a", restic: "0.16.0", expected: ["dump --quiet latest /a"] },
    { commandLine: "dump latest /a", restic: "0.15.2", expected: ["dump latest /a"] },
    { commandLine: "cat config", restic: "0.19.1", expected: ["cat --quiet config"] },
    { commandLine: "list locks", restic: "0.18.0", expected: ["list --quiet locks"] },
    { commandLine: "snapshots", restic: "0.18.0", expected: ["snapshots"] },
    { commandLine: "ls latest --json", restic: "0.18.0", expected: ["ls latest --json"] },
    // restic refuses quiet beside verbose
    { commandLine: "dump -v latest /a", restic: "0.18.0", expected: ["dump --quiet latest /a"] },
    { commandLine: "dump -vv --verbose=2 -H v -v x", restic: "0.18.0", expected: ["dump --quiet -H v x"] },
    { commandLine: "dump latest /a", restic: "0.18.0", profile: { verbose: 2 }, expected: ["dump --quiet latest /a"] },
    { commandLine: "cat config", restic: "0.18.0", flags: { verbose: true }, expected: ["cat --quiet config"] },
    { commandLine: "cat config -q", restic: "0.18.0", expected: ["cat config -q"] },
    { commandLine: "cat --quiet=false config", restic: "0.18.0", expected: ["cat --quiet=false config"] },
    // text behind the array, in front of the messages
    { commandLine: "forget --prune --json", restic: "0.18.0", expected: ["forget --quiet --prune --json"] },
    { commandLine: "forget --prune --json", restic: "0.19.0", expected: ["forget --prune --json"] },
    { commandLine: "forget --prune", restic: "0.18.0", expected: ["forget --prune"] },
    { commandLine: "tag --add x", restic: "0.18.0", profile: { json: true }, expected: ["tag --json --quiet --add x"] },
    {
      commandLine: "backup --json -v",
      restic: "0.18.0",
      profile: { backup: { source: "/a" }, retention: { "after-backup": true, "keep-last": 1 } },
      expected: ["backup --json -v /a", "forget --keep-last=1 --path=/a --quiet --json"],
    },
  ] satisfies (JobOptions & { commandLine: string; expected: string[] })[]
) {
  const [more, tool] = [Object.keys(profile).length > 0 ? JSON.stringify(profile) : "", Object.keys(flags).join()];
  Deno.test(`data: ${commandLine} with restic ${restic} ${more}${tool}`, () => {
    const lines = argumentsOf(commandLine, { restic, profile, flags });
    assertEquals(lines, expected);
  });
}

for (
  const { commandLine, profile = {}, hooks } of [
    { commandLine: "dump latest /a", hooks: "stderr" },
    { commandLine: "list keys", hooks: "stderr" },
    { commandLine: "snapshots --json", hooks: "stderr" },
    { commandLine: "stats --json=true", hooks: "stderr" },
    { commandLine: "snapshots", profile: { json: true }, hooks: "stderr" },
    { commandLine: "ls latest", profile: { ls: { json: true } }, hooks: "stderr" },
    { commandLine: "snapshots --json=false", profile: { json: true }, hooks: "inherit" },
    { commandLine: "snapshots", hooks: "inherit" },
    { commandLine: "backup", profile: { backup: { "extended-status": true } }, hooks: "inherit" },
  ]
) {
  Deno.test(`data: hooks of ${commandLine} ${JSON.stringify(profile)} write to ${hooks}`, () => {
    assertEquals(planned(commandLine, { profile }).job.hookStdout, hooks);
  });
}

Deno.test("data: what an init, an unlock or an old check print is kept away from it", () => {
  const profile = {
    initialize: true,
    "force-inactive-lock": true,
    backup: { source: "/a", "check-before": true },
    retention: { "after-backup": true, "keep-last": 1 },
  };
  const outputs = (restic: string) => {
    const { job } = planned("backup --json", { profile, restic });
    return [...resticSteps(job), job.resticLocks.unlock!].map(({ command, stdout }) => `${command}: ${stdout}`);
  };
  assertEquals(outputs("0.18.0"), [
    "init: stderr",
    "check: inherit",
    "backup: inherit",
    "forget: inherit",
    "unlock: stderr",
  ]);
  assertEquals(outputs("0.14.0")[1], "check: stderr");
});
