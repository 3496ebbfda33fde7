import { assertEquals } from "@std/assert";
import type { RunEvent } from "../../src/model/event.ts";
import type { Failure, Result } from "../../src/model/outcome.ts";
import type { Job } from "../../src/model/plan.ts";
import { monitor, type Monitored } from "../../src/report/monitored.ts";
import { job, resticStep, shellStep } from "../support/job.ts";

const before = shellStep("run-before[0]", "false");
const backup = resticStep("backup");
const check = resticStep("check");
const finally_ = shellStep("run-finally[0]", "false", { when: "always", onError: "report" });
const failure: Failure = {
  kind: "restic",
  message: "stage: exit status 1",
  cause: "exit status 1",
  commandLine: "",
  exitCode: 1,
  stderr: "e",
};
const outcome = { durationMs: 5, stderr: "", status: 0, summary: undefined };

const IDS = { run: "run", job: "job" };
const span = { startedAt: 0, durationMs: 1, exitStatus: 0 };
const resultOf = (failed: boolean): Result => failed ? { kind: "failed", failure, ignored: false } : { kind: "done" };
const ended = (failed: boolean): RunEvent[] => [
  { type: "run-ended", at: 9, ...IDS, result: resultOf(failed), ...span },
];
const restic = (step: typeof backup, failed = false): RunEvent[] => [
  { type: "restic-ended", at: 5, ...IDS, step, result: resultOf(failed), outcome },
  { type: "step-ended", at: 6, ...IDS, step, result: resultOf(failed), ...span },
];
const broken = (step: typeof before): RunEvent[] => [
  { type: "step-ended", at: 4, ...IDS, step, result: resultOf(true), ...span },
];

const RUNS: [name: string, steps: Job["steps"], events: RunEvent[][], told: [string, string, number][]][] = [
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
for (const [name, steps, events, told] of RUNS) {
  Deno.test(`monitor() of ${name}`, () => {
    const seen: Monitored[] = [];
    const tell = monitor((each) => void seen.push(each));
    tell({ type: "run-started", at: 0, ...IDS, planned: job(steps) });
    events.flat().forEach(tell);
    assertEquals(seen.map(({ section, error, at }) => [section, error, at]), told);
  });
}

Deno.test("monitor() gives a backup that has not started no counters, but the reason's standard error", () => {
  const seen: Monitored[] = [];
  const tell = monitor((each) => void seen.push(each));
  tell({ type: "run-started", at: 0, ...IDS, planned: job([backup]) });
  ended(true).forEach(tell);
  assertEquals(seen[0]?.outcome, { durationMs: 0, stderr: "e", status: undefined, summary: undefined });
});

Deno.test("monitor() keeps two jobs apart that run at the same time", () => {
  const seen: [string, string][] = [];
  const tell = monitor(({ job: { profile }, error }) => void seen.push([profile, error]));
  const of = (id: string, events: RunEvent[]) => events.forEach((event) => tell({ ...event, job: id }));
  of("1", [{ type: "run-started", at: 0, ...IDS, planned: job([backup], { profile: "one" }) }]);
  of("2", [{ type: "run-started", at: 0, ...IDS, planned: job([backup], { profile: "two" }) }]);
  of("2", ended(true));
  of("1", [...restic(backup), ...ended(false)]);
  assertEquals(seen, [["two", "stage: exit status 1"], ["one", ""]]);
});
