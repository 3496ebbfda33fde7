import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatDiagnostic } from "../../../src/model/diagnostic.ts";
import { configuration } from "../../support/configuration.ts";

async function told(yaml: string): Promise<string[]> {
  const loaded = await configuration(yaml);
  const profiles = await Promise.all(loaded.profileNames().map((name) => loaded.profile(name)));
  return [...loaded.diagnostics, ...profiles.flatMap(({ diagnostics }) => diagnostics)].filter(({ severity }) =>
    severity !== "info"
  )
    .map(formatDiagnostic);
}

const PLACES = [
  ["p: {nice: 5}", '"nice" has no effect in profile "p": it belongs in "global"'],
  ["p: {ionice-class: 2}", 'it belongs in "global"'],
  ["p: {restic-lock-retry-after: 1m}", 'it belongs in "global"'],
  ["p: {backup: {min-memory: 5}}", 'in section "backup": it belongs in "global"'],
  ["p: {ioniceclass: 2}", 'Did you mean "ionice-class"? It belongs in "global"'],
  ["global: {cleanup-cache: true}", '"cleanup-cache" has no effect in "global": it belongs in a profile'],
  ["global: {force-inactive-lock: true}", "it belongs in a profile"],
  ["global: {run-before: x}", "it belongs in a profile"],
  ["global: {env: {A: b}}", "it belongs in a profile"],
  ["global: {backup: {source: x}}", "it belongs in a profile\n  hint: Write it below a profile"],
  ["global: {check-after: true}", 'Write it below "backup" of a profile'],
  ["global: {schedule-log: x}", 'Write "log" below "schedule-defaults"'],
  ["global: {includes: x}", "it belongs at the top level"],
  ["prevent-sleep: true\np: {}", 'It belongs in "global"'],
  ["repository: r\np: {}", "It belongs in a profile"],
  ["schedule-defaults: {}\np: {}", 'It belongs in "global"'],
  ["version: 2\nprevent-sleep: true", 'It belongs in "global"'],
  ["version: 2\npassword-file: x", "It belongs in a profile"],
  ["p: {forget: {after-backup: true}}", 'It belongs in "retention"'],
  ["p: {before-backup: true}", 'Write it below "retention"'],
  ["p: {retention: {send-after: {url: u}}}", 'It belongs in "backup"'],
  ["p: {backup: {lock: x}}", "Write it in the profile itself"],
  ["p: {schedule-permissions: user}", 'Did you mean "schedule-permission"? It belongs in a section, such as "backup"'],
  ["p: {sources: x}", 'Did you mean "source"? It belongs in a section, such as "backup"'],
  [
    "p: {backup: {retention: {keep-daily: 7}}}",
    '"retention" has no effect in section "backup": it is a section itself',
  ],
  ["p: {check-after: true}", 'Write it below "backup"'],
  ["p: {no-error-on-warning: true}", 'Write it below "backup"'],
  ["p: {extended-status: true}", 'Write it below "backup"'],
  ["p: {send-after: {url: u}}", 'Write it below "backup"'],
  ["p: {ls: {schedule: daily}}", "Only backup, check, copy, forget, prune can be scheduled"],
] as const;

const WORDS = [
  ["p: {backup: {lock-wait: 5m}}", "schedule-lock-wait"],
  ["p: {backup: {priority: low}}", "schedule-priority"],
  ["p: {backup: {log: x}}", "schedule-log"],
  ["p: {backup: {schedule-permissions: user}}", "schedule-permission"],
  ["p: {cache-cleanup: true}", "cleanup-cache"],
  ["p: {backup: {label: x}}", "tag"],
  ["p: {backup: {tags: x}}", "tag"],
  ["p: {backup: {sources: x}}", "source"],
  ["p: {backup: {check-battery: true}}", "schedule-ignore-on-battery"],
  ["p: {retention: {keep_daily: 7}}", "keep-daily"],
  ["p: {check: {read-date: true}}", "read-data"],
  ["p: {keep_daily: 7}", "keep-daily"],
  ["p: {backup: {keep_daily: 7}}", "keep-daily"],
  ["p: {read-date: true}", "read-data"],
  ["p: {backup: {read-date: true}}", "read-data"],
  ["p: {backup: {at: daily}}", "schedule"],
  ["p: {run-after-backup: x}", "run-after"],
  ["p: {password: x}", "password-file"],
  ["p: {on-failure: x}", "run-after-fail"],
  ["p: {passwordfile: x}", "password-file"],
  ["p: {run_before: x}", "run-before"],
  ["p: {keep_daily: 3}", "keep-daily"],
  ["p: {read-date: true}", "read-data"],
  ["p: {working-dir: /x}", "base-dir"],
  ["p: {prometheus-push-url: x}", "prometheus-push"],
  ["p: {retain: {keep-last: 1}}", "retention"],
  ["p: {backup: {at: daily}}", "schedule"],
  ["p: {check: {read-data-percent: 5}}", "read-data-subset"],
  ["p: {check: {schedule: {at: daily, schedule-run-level: auto}}}", "run-level"],
  ["global: {schedule-defaults: {schedule-lock-wait: 5m}}", "lock-wait"],
] as const;

for (const [yaml, wanted] of [...PLACES, ...WORDS.map(([yaml, key]) => [yaml, `Did you mean "${key}"?`] as const)]) {
  Deno.test(`a key at the wrong place is told with the right one: ${yaml}`, async () => {
    const found = await told(yaml);
    assertEquals(found.length, 1);
    assertStringIncludes(found[0]!, wanted);
  });
}

Deno.test("a wish for a random delay is answered", async () => {
  assertStringIncludes((await told("p: {backup: {schedule-jitter: 5m}}")).join(), "RandomizedDelaySec");
  assertStringIncludes((await told("p: {backup: {timeout: 5m}}")).join(), "There is no time limit for a run");
});

for (
  const [yaml, hint] of [
    ["p: {lock-wait: 5m}", "or as schedule-lock-wait in the section"],
    ["global: {lock-wait: 5m}", "Give it as --lock-wait with a command"],
    ["p: {enabled: false}", "There is no such setting"],
    ["p: {backup: {disabled: true}}", "There is no such setting"],
  ] as const
) {
  Deno.test(`a wish is answered: ${yaml}`, async () => {
    const found = await told(yaml);
    assertEquals(found.length, 1);
    assertStringIncludes(found[0]!, hint);
  });
}

for (
  const yaml of [
    "p: {x-lists: &l {a: b}, backup: {x-more: [{c: d}]}}",
    "version: 2\nx-base: &b {backup: {source: x}}\n.other: {repository: r}\nprofiles: {p: {}}",
    "global: {x-times: {a: b}}",
  ]
) {
  Deno.test(`tables that hold anchors are left alone: ${yaml}`, async () => assertEquals(await told(yaml), []));
}
