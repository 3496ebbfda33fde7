import { assertEquals } from "@std/assert";
import { planned } from "../support/planned_job.ts";

const HOOKS = {
  "run-before": ["p1", "p2"],
  "run-after": "p3",
  "run-after-fail": "p4",
  "run-finally": "p5",
};
const SECTION_HOOKS = {
  "run-before": "s1",
  "run-after": "s2",
  "run-after-fail": ["s3", "s4"],
  "run-finally": "s5",
  "send-before": { url: "http://x/" },
  "send-after": [{ url: "http://x/" }, { url: "http://y/" }],
  "send-after-fail": { url: "http://x/" },
  "send-finally": { url: "http://x/" },
};

function ids(...[commandLine, options]: Parameters<typeof planned>): string[] {
  return planned(commandLine, options).job.steps.map(({ id }) => id);
}

Deno.test("the order of a backup is that of the manual", () => {
  const profile = {
    initialize: true,
    ...HOOKS,
    backup: { ...SECTION_HOOKS, source: "/abs", "check-before": true, "check-after": true },
    retention: { "before-backup": true, "after-backup": true },
    check: SECTION_HOOKS,
  };
  assertEquals(ids("backup", { profile }), [
    "run-before[0]",
    "run-before[1]",
    "init",
    "send-before",
    "backup run-before[0]",
    "check-before",
    "retention-before",
    "backup",
    "retention-after",
    "check-after",
    "backup run-after[0]",
    "send-after",
    "run-after[0]",
    "send-after-fail",
    "backup run-after-fail[0]",
    "backup run-after-fail[1]",
    "run-after-fail[0]",
    "backup run-finally[0]",
    "run-finally[0]",
    "send-finally",
  ]);
});

for (
  const [name, commandLine, profile, global, expected] of [
    ["a command without section has the profile's hooks", "ls", { "run-before": "p", backup: SECTION_HOOKS }, {}, [
      "run-before[0]",
      "ls",
    ]],
    ["copy initializes its destination just before it", "copy", { copy: { "run-before": "s", initialize: true } }, {}, [
      "copy run-before[0]",
      "copy init",
      "copy",
    ]],
    ["global.initialize holds for both repositories of copy", "copy", { copy: { repository: "local:two" } }, {
      initialize: true,
    }, ["init", "copy init", "copy"]],
    ["a copy that says no is not initialized", "copy", { copy: { repository: "local:two", initialize: false } }, {
      initialize: true,
    }, ["init", "copy"]],
    ["a profile that says no is not initialized", "check", { initialize: false }, { initialize: true }, ["check"]],
    ["nothing is initialized for a copy without section", "copy", {}, {}, ["copy"]],
    ["init is not initialized first", "init", { initialize: true }, {}, ["init"]],
    ["a dry run of restic initializes nothing", "backup --dry-run", { initialize: true }, {}, ["backup"]],
    ["retention runs as a command, too", "retention", { retention: { "keep-last": 1 } }, {}, ["retention"]],
  ] as const
) {
  Deno.test(name, () => assertEquals<unknown>(ids(commandLine, { profile, global }), expected));
}

Deno.test("rules of the steps", () => {
  const { job } = planned("backup", {
    profile: { initialize: true, ...HOOKS, backup: { ...SECTION_HOOKS, "check-before": true } },
  });
  const rules = job.steps.map(({ id, when, onError, chain }) => [id, when, onError, chain ?? ""].join(" "));
  assertEquals(rules, [
    "run-before[0] success fail ",
    "run-before[1] success fail ",
    "init success ignore ",
    "send-before success ignore ",
    "backup run-before[0] success fail ",
    "check-before success fail ",
    "backup success fail ",
    "backup run-after[0] success fail ",
    "send-after success ignore ",
    "run-after[0] success fail ",
    "send-after-fail failure ignore ",
    "backup run-after-fail[0] failure report run-after-fail",
    "backup run-after-fail[1] failure report run-after-fail",
    "run-after-fail[0] failure report run-after-fail",
    "backup run-finally[0] always report ",
    "run-finally[0] always report ",
    "send-finally always ignore ",
  ]);
});

Deno.test("stages are the words that monitoring relies on", () => {
  const { job } = planned("backup", {
    profile: {
      "run-before": "p",
      backup: { "run-before": "s", "check-before": true, "stdin-command": "dump" },
      retention: { "before-backup": true },
    },
  });
  assertEquals(job.steps.map(({ stage }) => stage), [
    "run-before on profile 'default'",
    "run-before backup on profile 'default'",
    "backup check on profile 'default'",
    "backup retention on profile 'default'",
    "backup on profile 'default'",
  ]);
});

Deno.test("what monitoring, retries and stream errors see of the restic steps", () => {
  const { job } = planned("backup", {
    profile: {
      initialize: true,
      backup: { "check-before": true, "no-error-on-warning": true },
      retention: { "after-backup": true },
    },
  });
  const rows = job.steps.map((step) =>
    step.kind === "restic" && [step.id, step.report, step.watched, step.retried, step.quiet, step.warningsAllowed]
  );
  assertEquals(rows, [
    ["init", undefined, false, false, true, false],
    ["check-before", "check", true, true, false, false],
    ["backup", "backup", true, true, false, true],
    ["retention-after", "retention", true, true, false, false],
  ]);
});

for (
  const [commandLine, profile, expected] of [
    ["check", { initialize: true }, [["init", false, false]]],
    ["check", { initialize: true, repository: "doubtful" }, [["init", false, true]]],
    ["check -r other", { initialize: true, repository: "doubtful" }, [["init", false, false]]],
    ["check", { initialize: true, "repository-file": "doubtful" }, [["init", false, true]]],
    ["copy", { copy: { repository: "doubtful", initialize: true } }, [["copy init", false, true]]],
    ["init", { repository: "doubtful" }, [["init", true, true]]],
  ] as const
) {
  Deno.test(`what may be made by an init: ${commandLine} ${JSON.stringify(profile)}`, () => {
    const made = planned(commandLine, { profile }).job.steps.flatMap((step) =>
      step.kind === "restic" && step.newRepository
        ? [[step.id, step.newRepository.isAsked, step.newRepository.isDoubtful] as const]
        : []
    );
    assertEquals(made, [...expected]);
  });
}
