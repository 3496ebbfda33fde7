import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/model/diagnostic.ts";
import { readUserArguments, userSwitch, wordsForSecondary } from "../../src/plan/user_arguments.ts";
import { planned, resticSteps } from "../support/planned_job.ts";

const RELEASE = { version: [0, 18, 0], os: "linux" } as const;

for (
  const [typed, command, expected] of [
    ["--tag x --tag=y /extra", "forget", "--tag x --tag=y"],
    ["--dry-run /extra -n", "forget", "--dry-run -n"],
    ["-vv --json", "check", "-vv --json"],
    ["--exclude x -e y", "forget", ""],
    ["-H x", "forget", "--host=x"],
    ["-Hx", "forget", "--host=x"],
    ["-nH x", "forget", "-n --host=x"],
    ["-nv", "check", "-v"],
    ["-o a=1 --limit-upload 5", "check", "-o a=1 --limit-upload 5"],
    ["--host=h --time now", "forget", "--host=h"],
    ["--tag", "forget", ""],
    ["--unknown x --json", "check", "--json"],
    ["-Zv --json", "check", "--json"],
    ["--prune --keep-last=3 --keep-daily 2", "forget", "--prune --keep-last=3"],
    ["--json -- --no-lock", "check", "--json"],
    ["- word", "check", ""],
  ] as const
) {
  Deno.test(`of "backup ${typed}" ${command} gets "${expected}"`, () => {
    const user = readUserArguments(typed.split(" "), "backup", RELEASE);
    assertEquals(wordsForSecondary(user, command, RELEASE).join(" "), expected);
  });
}

Deno.test("what follows -- is kept apart, unless it is a value", () => {
  const { words, rest } = readUserArguments(["--tag", "--", "a", "--", "b", "--"], "backup", RELEASE);
  assertEquals([words, rest], [["--tag", "--", "a"], ["b", "--"]]);
  assertEquals(readUserArguments(["a"], "backup", RELEASE).rest, undefined);
});

Deno.test("userSwitch() sees letters and values, and the last one counts", () => {
  const has = (typed: string) => userSwitch(readUserArguments(typed.split(" "), "backup", RELEASE), "dry-run");
  const typed = [
    "-n",
    "-vn",
    "--dry-run",
    "--dry-run=false",
    "-n=F",
    "-n --dry-run=0",
    "-n=false -n",
    "--tag --dry-run",
  ];
  assertEquals(typed.map(has), [true, true, true, false, false, false, true, undefined]);
});

Deno.test("a dry run of restic: requests are shown, monitoring and locks are left alone", () => {
  const { job } = planned("backup -n", {
    profile: {
      "force-inactive-lock": true,
      initialize: true,
      "status-file": "status.json",
      "prometheus-push": "http://x",
      backup: { "send-before": { url: "http://x" } },
    },
  });
  assertEquals(job.monitoring.statusFile ?? job.monitoring.prometheusPush, undefined);
  assertEquals(job.resticLocks.unlock, undefined);
  assertEquals(resticSteps(job).map(({ command }) => command), ["backup"]);
  assertEquals(job.steps.map((step) => step.kind === "http" && step.shownOnly), [true, false]);
  assertEquals(resticSteps(job)[0]?.report, undefined);
});

for (const commandLine of ["copy --dry-run", "check -n", "snapshots -nv"]) {
  Deno.test(`a dry run that restic does not have is refused: ${commandLine}`, () => {
    assertThrows(() => planned(commandLine), ConfigError, "has no --dry-run");
  });
}

Deno.test("a dry run is not refused where the table does not hold", () => {
  assertEquals(planned("copy --dry-run", { facts: { filter: false } }).lines, ["copy --repo=local:repo --dry-run"]);
  assertEquals(planned("new-command --dry-run").lines, ["new-command --repo=local:repo --dry-run"]);
});
