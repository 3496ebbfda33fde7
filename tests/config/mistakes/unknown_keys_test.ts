import { assertEquals, assertStringIncludes } from "@std/assert";
import { configuration, loadedProfile, problemsOf } from "../../support/configuration.ts";

const WARNINGS = [
  ["repositroy: x", '1:11: warning: Unknown key "repositroy" in "default"\n  hint: Did you mean "repository"?'],
  ["backup: {sorce: x}", '1:20: warning: Unknown key "sorce" in "default.backup"\n  hint: Did you mean "source"?'],
  ["backup: {exclude-fil: x}", 'Unknown key "exclude-fil" in "default.backup"\n  hint: Did you mean "exclude-file"?'],
  ["cheeck: {read-data: true}", 'Unknown key "cheeck" in "default"\n  hint: Did you mean "check"?'],
  ["name: x", 'Unknown key "name" in "default"'],
  ["othersections: {a: {b: c}}", 'Unknown key "othersections" in "default"'],
  ["backup: {send-after: [{headers: {nam: x}}]}", 'Unknown key "nam" in "default.backup.send-after[0].headers"'],
  ["stream-error: {pattern: p, runs: x}", 'Unknown key "runs" in "default.stream-error"\n  hint: Did you mean "run"?'],
  ["backup: {schedule: {at: daily, permision: user}}", 'Unknown key "permision" in "default.backup.schedule"'],
  ["backup: {schedule: daily, schedule-lock-mode: never}", "Use default, fail, ignore"],
  ["source: /x", "it belongs in a section (backup)"],
  ["schedule: daily", "it belongs in a section (backup, check, copy, forget, prune"],
  ["ls: {schedule: daily}", '"schedule" has no effect in section "ls"'],
  ["ls: {initialize: true}", "Write it in the profile itself"],
  ["retention: {schedule: daily}", 'Move it to the section "forget"'],
  ["host: {a: b}", '"default.host" is a table'],
  ["check: {read-data: {a: b}}", '"default.check.read-data" is a table'],
] as const;

const HOOKS = [
  ["backup: {send-befor: {url: u}}", 'Did you mean "send-before"?'],
  [
    "backup: {send-after: {methods: x}}",
    'Unknown key "methods" in "default.backup.send-after"\n  hint: Did you mean "method"?',
  ],
  ["send-after: {url: u}", '"send-after" has no effect in profile "default"'],
  ["retention: {run-before: x}", '"run-before" has no effect in section "retention"'],
  ["retention: {send-after: {url: u}}", '"send-after" has no effect in section "retention"'],
] as const;

for (const [text, wanted] of HOOKS) {
  Deno.test(`check: a hook that would never run is told of: ${text}`, async () => {
    const problems = await problemsOf(`default: {${text}}`);
    assertStringIncludes(problems.join("\n"), wanted);
    assertEquals(problems.length, 1, problems.join("\n"));
  });
}

for (const [text, wanted] of WARNINGS) {
  Deno.test(`check: ${text}`, async () => {
    const problems = await problemsOf(`default: {${text}}`);
    assertStringIncludes(problems.join("\n"), wanted);
    assertEquals(problems.length, 1, problems.join("\n"));
  });
}

const FINE = [
  "one-file-system: true",
  "check: {with-cache: true}",
  "copy: {repository: r, from-repository: s, snapshot: x}",
  "repair-snapshots: {forget: true}",
  "from-repository: r, stats: {repository: s}, key: {user: u}",
  "key-add: {new-password-file: n}",
  "backup: {schedule: {at: daily, lock-mode: fail}, schedule-log: x}",
  "rebuild-index: {read-all-packs: true}",
];
for (const text of FINE) {
  Deno.test(`check has nothing to say about ${text}`, async () =>
    assertEquals(await problemsOf(`default: {${text}}`), []));
}

async function said(yaml: string): Promise<string> {
  const { diagnostics } = await configuration(yaml);
  return diagnostics.map(({ message, hint }) => `${message} ${hint}`).join("\n");
}

for (const [age, told] of [["15m", true], ["29m59s", true], ["30m", false], ["0", false]] as const) {
  Deno.test(`check: restic-stale-lock-age of ${age} is ${told ? "" : "not "}told of`, async () => {
    const problems = await problemsOf(`global: {restic-stale-lock-age: ${age}}\ndefault: {}`);
    assertEquals(problems.length, told ? 1 : 0, problems.join("\n"));
    if (told) assertStringIncludes(problems.join(), 'warning: "global.restic-stale-lock-age" below 30 minutes');
  });
}

Deno.test("legacy-arguments and the rest of the global section are checked", async () => {
  const text = await said(
    "global: {mim-memory: 3, priority: lowest, legacy-arguments: true, schedule-defaults: {logg: x}}",
  );
  for (
    const fact of [
      'Did you mean "min-memory"?',
      "idle, background",
      '"global.legacy-arguments" is deprecated',
      'Did you mean "log"?',
    ]
  ) {
    assertStringIncludes(text, fact);
  }
});

Deno.test("check: a priority in any case of letters", async () => {
  assertEquals(await problemsOf("global: {priority: BackGround}\ndefault: {}"), []);
});

Deno.test("check: groups of version 2", async () => {
  const { loadedGroup } = await configuration(
    "version: 2\ngroups: {g: {profile: [a], schedules: {ls: {at: daily}, check: {att: x}}}}",
  );
  const text = loadedGroup("G")?.diagnostics.map(({ message, hint }) => `${message} ${hint}`).join("\n") ?? "";
  for (
    const fact of ['Did you mean "profiles"?', '"ls" in "groups.G.schedules" cannot be scheduled', 'Unknown key "att"']
  ) {
    assertStringIncludes(text, fact);
  }
});

Deno.test("a pattern of stream-error that does not compile is an error before anything runs", async () => {
  const [problem = ""] = await problemsOf('default: {stream-error: [{pattern: ok}, {pattern: "(x"}]}');
  assertStringIncludes(problem, 'error: Cannot use the pattern of "default.stream-error[1]"');
  assertStringIncludes(problem, "profiles.yaml:1:");
});

const TABLES = "hooks: [{a: b}]";

for (
  const [what, yaml] of [
    ["an unknown key of a profile", `default: {repository: r, ${TABLES}}`],
    ["an unknown key of a section", `default: {repository: r, check: {${TABLES}}}`],
    ["a hook of sections in the profile", "default: {repository: r, send-after-fail: [{url: u, headers: [{a: b}]}]}"],
    [
      "a key of the profile in a section",
      "default: {repository: r, backup: {stdin: true, prometheus-labels: [{a: b}]}}",
    ],
    ["a flag of another command", "default: {repository: r, backup: {stdin: true, keep-tag: [[a]]}}"],
    ["a table that is no section", `default: {repository: r, others: {${TABLES}, run-before: {a: b}, tag: [{a: b}]}}`],
  ] as const
) {
  Deno.test(`check: what restic never gets is no error, whatever is in it: ${what}`, async () => {
    const { profile } = await loadedProfile(yaml);
    const flags = [profile, ...profile.sections.values()].flatMap((place) => [...place.flags.keys()]);
    assertEquals(flags, yaml.includes("stdin: true") ? [] : flags.filter((flag) => flag === "tag"));
    assertEquals((await problemsOf(yaml)).filter((problem) => problem.includes(": error: ")), []);
  });
}

for (
  const written of [
    "stream-error: [{pattern: x, run: y}]",
    "prometheus-labels: [{a: b}]",
    "base-dir: /x",
    "lock: l",
    "ionice-class: 3",
    "check-before: true",
    "source-base: [[a]]",
  ]
) {
  Deno.test(`check: a misplaced key is no flag even without a filter: ${written}`, async () => {
    const yaml =
      `{global: {restic-arguments-filter: false}, default: {repository: r, snapshots: {${written}, tag: x}}}`;
    const flags = (await loadedProfile(yaml)).profile.sections.get("snapshots")!.flags;
    assertEquals([...flags.keys()], ["tag"]);
    const [problem = "", ...more] = await problemsOf(yaml);
    assertEquals([problem.includes("warning"), more], [true, []], problem);
  });
}

for (
  const [what, yaml] of [
    ["a flag of restic", "default: {repository: r, exclude: [{a: b}]}"],
    ["a flag of the section", "default: {repository: r, forget: {keep-tag: [[a]]}}"],
    ["any key without a filter", `{global: {restic-arguments-filter: false}, default: {repository: r, ${TABLES}}}`],
  ] as const
) {
  Deno.test(`check: a list of tables that restic would get is an error: ${what}`, async () => {
    const problems = await problemsOf(yaml);
    assertEquals(problems.filter((problem) => problem.includes(": error: Cannot read")).length, 1, problems.join("\n"));
  });
}
