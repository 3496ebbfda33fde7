import { assertEquals, assertNotEquals } from "@std/assert";
import type { Happening, RunEvent } from "../../src/model/event.ts";
import { runReports } from "../../src/model/run_report.ts";
import { runJob } from "../../src/run/run_job.ts";
import { watchSignals } from "../../src/run/signals.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { httpStep, job, listener, resticStep, shellStep, wholeBackup } from "../support/job.ts";
import { runSteps } from "../support/run_steps.ts";

type Of<Type extends Happening["type"]> = Extract<RunEvent, { readonly type: Type }>;

function ofType<Type extends Happening["type"]>(events: readonly RunEvent[], type: Type): Of<Type>[] {
  return events.filter((event): event is Of<Type> => event.type === type);
}

Deno.test("every event has the time, the run and the job", async () => {
  const world = fakeWorld({ programs: { "restic backup": { stderr: "output" } } });
  const told = listener();
  await runJob(job(wholeBackup(), { group: "all" }), world, told.tell, watchSignals(world), { run: "run-1" });
  assertEquals(ofType(told.events, "output").length > 0, true);
  assertEquals(ofType(told.events, "remark").length > 0, true);
  const ids = new Set(told.events.map(({ run, job }) => `${run} ${job}`));
  assertEquals([ids.size, [...ids][0]?.startsWith("run-1 ")], [1, true]);
  assertEquals(told.events.every(({ at }) => at >= told.events[0]!.at), true);
});

Deno.test("each job of a group has an id of its own, a single profile that of its run", async () => {
  const idsOf = async (group: string | undefined) => {
    const world = fakeWorld();
    const told = listener();
    await runJob(job([], { group }), world, told.tell, watchSignals(world), { run: "run-1" });
    return told.events[0]?.job;
  };
  assertEquals(await idsOf(undefined), "run-1");
  assertNotEquals(await idsOf("all"), await idsOf("all"));
});

Deno.test("the end of a step and of a run have start, duration and exit status", async () => {
  const programs = { "restic backup": { durationMs: 2_000, code: 3 }, before: { durationMs: 500 } };
  const steps = [shellStep("run-before[0]", "before"), resticStep("backup")];
  const { events, world } = await runSteps(steps, {}, { programs });
  const start = world.now() - 2_500;
  assertEquals(
    ofType(events, "step-ended").map((
      { step, startedAt, durationMs, exitStatus, result },
    ) => [step.id, startedAt, durationMs, exitStatus, result.kind]),
    [["run-before[0]", start, 500, 0, "done"], ["backup", start + 500, 2_000, 3, "failed"]],
  );
  const [end] = ofType(events, "run-ended");
  assertEquals([end?.startedAt, end?.durationMs, end?.exitStatus, end?.result.kind], [start, 2_500, 1, "failed"]);
});

Deno.test("steps that have no turn are skipped, with the reason; those for failures are not mentioned", async () => {
  const { events } = await runSteps(wholeBackup(), {}, { programs: { "restic check": { code: 1 }, F2: { code: 1 } } });
  const skipped = ofType(events, "step-ended").flatMap(({ step, result }) =>
    result.kind === "skipped" ? [[step.id, result.reason]] : []
  );
  assertEquals(skipped, [
    ["backup", "failure"],
    ["backup run-after[0]", "failure"],
    ["send-after", "failure"],
    ["run-after[0]", "failure"],
    ["run-after-fail[0]", "chain"],
  ]);
});

Deno.test("a failure counts or is ignored, as the step says", async () => {
  const steps = [
    shellStep("run-before[0]", "bad"),
    shellStep("run-finally[0]", "bad", { when: "always", onError: "report" }),
  ];
  const { events } = await runSteps(steps, {}, { programs: { bad: { code: 1 } } });
  assertEquals(ofType(events, "step-ended").map(({ result }) => result.kind === "failed" && result.ignored), [
    false,
    true,
  ]);
});

Deno.test("a hook ends with its attempts and whether it was delivered", async () => {
  const [hook] = httpStep("send-before").hooks;
  const steps = [httpStep("send-before", { hooks: [{ ...hook!, retries: 1 }, hook!] })];
  const { events, world } = await runSteps(steps, {}, {
    reply: (_, index) => ({ status: index === 1 ? 204 : 503, afterMs: 100 }),
  });
  const start = world.now();
  const ends = ofType(events, "hook-ended").map(({ hook, shown, delivered, attempts, problem }) => ({
    hook: hook.index,
    shown,
    delivered,
    problem,
    attempts: attempts.map(({ startedAt, ...rest }) => ({ ...rest, agoMs: start - startedAt })),
  }));
  const shown = "GET http://receiver.test/…";
  const failed = { durationMs: 100, status: 503, problem: "status 503" };
  assertEquals(ends, [
    {
      hook: 1,
      shown,
      delivered: true,
      problem: undefined,
      attempts: [{ durationMs: 100, status: 204, problem: undefined, agoMs: 200 }],
    },
    {
      hook: 0,
      shown,
      delivered: false,
      problem: "status 503",
      attempts: [{ ...failed, agoMs: 1_200 }, { ...failed, agoMs: 100 }],
    },
  ]);
});

Deno.test("the report of a job is folded from its events: steps, hooks, failure and result", async () => {
  const steps = [shellStep("run-before[0]", "1"), ...wholeBackup().slice(3)];
  const { events } = await runSteps(steps, { group: "all" }, { programs: { "restic backup": { code: 12 } } });
  const [report] = runReports(events).values();
  assertEquals(
    report?.steps.map(({ id, result, exitStatus, outcome, hooks }) =>
      [id, result?.kind, exitStatus ?? outcome?.status, hooks.length].join(" ")
    ),
    [
      "run-before[0] done 0 0",
      "backup run-before[0] done 0 0",
      "check-before done 0 0",
      "backup failed 12 0",
      "backup run-after[0] skipped  0",
      "send-after skipped  0",
      "run-after[0] skipped  0",
      "send-after-fail done  1",
      "backup run-after-fail[0] done 0 0",
      "run-after-fail[0] done 0 0",
      "backup run-finally[0] done 0 0",
      "run-finally[0] done 0 0",
      "send-finally done  1",
    ],
  );
  assertEquals([report?.failure?.cause, report?.result?.kind, report?.exitStatus], ["exit status 12", "failed", 1]);
  assertEquals(report?.sections.map(({ section, error }) => [section, error]), [
    ["check", ""],
    ["backup", "exit status 12"],
  ]);
  assertEquals(JSON.parse(JSON.stringify(report)).steps.length, 13);
});

Deno.test("an unlock is a step within its command, and its failure does not count", async () => {
  const unlock = resticStep("unlock", { report: undefined, retried: false });
  const locked = {
    code: 11,
    stderr: "unable to create lock in backend: repository is already locked by PID 1 on h by root (UID 0, GID 0)\n" +
      "lock was created at 2020-01-01 10:00:00 (3h0m0s ago)\n",
  };
  const programs = { "restic backup": [locked, {}], "restic unlock": { code: 1 } };
  const resticLocks = { retryAfterMs: 60_000, staleAgeMs: 3_600_000, unlock };
  const { events, failure } = await runSteps([resticStep("backup")], { resticLocks }, { programs });
  const [report] = runReports(events).values();
  assertEquals(report?.steps.map(({ id, exitStatus }) => [id, exitStatus]), [["backup", 11], ["unlock", 1]]);
  assertEquals([failure?.cause, report?.failure], ["exit status 11", failure]);
});
