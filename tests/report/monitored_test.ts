import { assertEquals } from "@std/assert";
import type { Failure, RunEvent } from "../../src/model/event.ts";
import type { Job } from "../../src/model/plan.ts";
import { monitor, type Monitored } from "../../src/report/monitored.ts";
import { job, resticStep, shellStep } from "../support/job.ts";

const before = shellStep("run-before[0]", "false");
const backup = resticStep("backup");
const check = resticStep("check");
const finally_ = shellStep("run-finally[0]", "false", { when: "always", onError: "report" });
const failure: Failure = {
  message: "stage: exit status 1",
  cause: "exit status 1",
  commandLine: "",
  exitCode: 1,
  stderr: "e",
};
const outcome = { durationMs: 5, stderr: "", status: 0, summary: undefined };

type Script = (job: Job) => RunEvent[];
const ended = (failed: boolean): Script => (job) => [{
  type: "run-ended",
  at: 9,
  job,
  failure: failed ? failure : undefined,
}];
const restic = (step: typeof backup, failed = false): Script => (job) => [
  { type: "restic-ended", at: 5, job, step, failure: failed ? failure : undefined, outcome },
  { type: "step-ended", at: 6, job, step, failure: failed ? failure : undefined },
];
const broken = (step: typeof before): Script => (job) => [{ type: "step-ended", at: 4, job, step, failure }];

const RUNS: [name: string, steps: Job["steps"], scripts: Script[], told: [string, string, number][]][] = [
  ["a good backup", [backup], [restic(backup), ended(false)], [["backup", "", 5]]],
  ["a failed backup", [backup], [restic(backup, true), ended(true)], [["backup", "exit status 1", 5]]],
  ["a hook that fails before it", [before, backup], [broken(before), ended(true)], [[
    "backup",
    "stage: exit status 1",
    4,
  ]]],
  ["a lock that is not obtained", [backup], [ended(true)], [["backup", "stage: exit status 1", 9]]],
  ["a check that fails before it", [check, backup], [restic(check, true), ended(true)], [
    ["check", "exit status 1", 5],
    ["backup", "stage: exit status 1", 6],
  ]],
  ["a check that fails after it", [backup, check], [restic(backup), restic(check, true), ended(true)], [
    ["backup", "", 5],
    ["check", "exit status 1", 5],
  ]],
  ["a final hook that fails", [backup, finally_], [restic(backup), broken(finally_), ended(false)], [[
    "backup",
    "",
    5,
  ]]],
  ["another command that does not start", [resticStep("snapshots")], [ended(true)], []],
  ["steps that are not reported", [resticStep("unlock")], [restic(resticStep("unlock"), true), ended(true)], []],
];
for (const [name, steps, scripts, told] of RUNS) {
  Deno.test(`monitor() of ${name}`, () => {
    const seen: Monitored[] = [];
    const tell = monitor((each) => void seen.push(each));
    const run = job(steps);
    for (const event of [{ type: "run-started", at: 0, job: run } as const, ...scripts.flatMap((s) => s(run))]) {
      tell(event);
    }
    assertEquals(seen.map(({ section, error, at }) => [section, error, at]), told);
  });
}

Deno.test("monitor() gives a backup that has not started no counters, but the reason's standard error (run.md 17: results 3)", () => {
  const seen: Monitored[] = [];
  const tell = monitor((each) => void seen.push(each));
  const run = job([backup]);
  tell({ type: "run-started", at: 0, job: run });
  tell({ type: "run-ended", at: 1, job: run, failure });
  assertEquals(seen[0]?.outcome, { durationMs: 0, stderr: "e", status: undefined, summary: undefined });
});
