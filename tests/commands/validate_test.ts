import { assertEquals, assertStringIncludes } from "@std/assert";
import { allProblems, validate } from "../../src/commands/validate.ts";
import { parseInvocation } from "../../src/cli/parse.ts";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

const PROGRAMS = { "restic version": { stdout: "restic 0.16.0 compiled with go1.21.1 on linux/amd64\n" } };

async function problems(yaml: string, options: FakeOptions = {}): Promise<string[]> {
  const world = fakeWorld({ programs: PROGRAMS, ...options, files: { "/work/profiles.yaml": yaml, ...options.files } });
  return (await allProblems(world, { name: "profiles", format: undefined })).map(formatDiagnostic);
}

Deno.test("validate tells the problems of all profiles, in the order of the lines", async () => {
  const found = await problems(
    "a: {repository: r, initialize: x}\nb: {repository: r, lcok: y}\nc: {repository: r, inherit: none}",
  );
  assertEquals(found.map((text) => text.split(" ").slice(0, 2).join(" ")), [
    "profiles.yaml:1:20: error:",
    "profiles.yaml:2:20: warning:",
    "profiles.yaml:3:20: error:",
  ]);
});

Deno.test("validate tells what a parent says once, of the parent", async () => {
  const found = await problems("a: {inherit: z}\nz: {repository: r, lcok: y}");
  assertEquals(found.length, 1);
  assertStringIncludes(found[0] ?? "", 'Unknown key "lcok" in "z"');
});

const FINDINGS = [
  [
    "default: {repository: r, password-file: none}",
    'Cannot read "none" of "default.password-file": there is no such file',
  ],
  [
    "default: {repository: r, backup: {source: x, exclude-file: [/tmp]}}",
    'of "default.backup.exclude-file": it is a folder',
  ],
  ["default: {repository: r, ls: {password-file: secret}}", "permission denied"],
  [
    "default: {repository: r, backup: {source: x, send-after: {url: u, body-template: none}}}",
    'of "default.backup.send-after.body-template"',
  ],
  ["global: {ca-certificates: none.pem}", 'of "global.ca-certificates"'],
  ["default: {repository: r, env-file: cut.env}", 'cut.env:1:1: warning: A "$" in the value of "A"'],
  ["default: {repository: r, env-file: wrong.env}", "wrong.env:2:1: error: Cannot read this line"],
  [
    "default: {repository: r, env: {LD_PATH: '/opt:${HOME}/lib'}}",
    'warning: "${HOME}" in "default.env.LD_PATH" is sent as it is written\n  hint: Write {{ .Env.HOME }}',
  ],
  [
    "default: {repository: r, env: {path: /opt/tools}}",
    'profiles.yaml:1:32: warning: The PATH of profile "default" has no folder with "sh"',
  ],
  ["default: {repository: r, env-file: path.env}", 'The PATH of profile "default" has no folder with "sh"'],
  ["default: {repository: r, base-dir: /none}", '"/none" of "default.base-dir": it is not a folder'],
  ["default: {repository: r, backup: {tag: x}}", '"default.backup" has no source'],
  ["default: {backup: {source: x}}", '"default" has no repository'],
  ["default: {repository: '', repository-file: '', check: {}}", '"default" has no repository'],
  ["default: {repository: r, repository-file: secret}", "a repository and a repository-file"],
  ["default: {repository: r, retention: {after-backup: true}}", "nothing will be forgotten"],
  [
    "global: {restic-version: 0.18.0}\ndefault: {repository: r, retention: {after-backup: true, prune: true}}",
    "restic 0.18.0 fails without, and every backup with it",
  ],
  [
    "default: {repository: r, backup: {source: x}, retention: {after-backup: true, keep-last: 1}}",
    'profiles.yaml:1:47: warning: "default.retention" has no host',
  ],
  [
    "default: {repository: r, backup: {files-from: secret}, retention: {after-backup: true, keep-last: 1}}",
    'profiles.yaml:1:56: error: Cannot forget: "default.retention.path" is that of backup, which names no source',
  ],
  [
    "default: {repository: r, forget: {keep-last: 1, tag: true}}",
    'profiles.yaml:1:49: error: Cannot forget: "default.forget.tag = true" copies from backup',
  ],
  [
    "global: {restic-version: 0.12.0}\ndefault: {repository: r, forget: {keep-within-daily: 7d}}",
    'error: Cannot forget: "default.forget.keep-within-daily": restic 0.12.0 has no flag --keep-within-daily',
  ],
  [
    "global: {restic-version: 0.14.0}\ndefault: {repository: r, forget: {keep-last: -2}}",
    'error: Cannot forget: "default.forget.keep-last = -2" is negative',
  ],
  ["default: {repository: r, forget: {keep-last: -2}}", '"default.forget.keep-last" is negative: restic refuses that'],
  ["default: {repository: r, forget: {keep-last: 0}}", '"default.forget.keep-last" keeps nothing'],
  ["default: {repository: r, repair-snapshots: {tag: true}}", "error: Cannot repair snapshots"],
  [
    "default: {repository: r, copy: {repository: s, from-repository: t}}",
    '1:48: warning: "default.copy.from-repository" is not used',
  ],
  ["default: {copy: {repository: s}}", '"default" has no repository'],
  [
    "default: {repository: r, backup: {source: x, skip-if-unchanged: true}}",
    "restic 0.16.0 has no such flag for backup",
  ],
  ["default: {repository: r, skip-if-unchanged: true}", "restic 0.16.0 has no such flag for any command"],
  [
    "default: {repository: r, backup: {source: [a], stdin-from-command: true}}",
    '"default.backup.stdin-from-command": restic 0.16.0 has no flag --stdin-from-command for backup',
  ],
  [
    "global: {restic-arguments-filter: false}\ndefault: {repository: r, check: {skip-if-unchanged: true}}",
    "has no such flag for check, it will be refused",
  ],
  [
    "default: {repository: r, check: {check-unused: true}}",
    '"default.check.check-unused" is deprecated: no longer documented after restic 0.13.1',
  ],
  ["default: {repository: r, snapshots: {last: true}}", 'Better: "latest: 1"'],
  ["default: {repository: r, snapshot-template: x}", '"default.snapshot-template" is deprecated'],
  [
    "default: {repository: r, backup: {source: x, send-after: {url: u, body: x}}}",
    '"default.backup.send-after" has a body, but its method is GET',
  ],
  [
    "default: {repository: r, backup: {source: x, send-after: {url: u, method: POST, body-template: json, body: x}}}",
    '"default.backup.send-after" has "body-template" beside "body": "body-template" has no effect',
  ],
  [
    "default: {repository: r, backup: {source: x, send-after: [{url: u}, {url: u, method: head, body-template: json}]}}",
    '"default.backup.send-after[1]" has a body, but its method is HEAD',
  ],
  [
    "default: {repository: r, backup: {source: x, send-after: {url: u, method: POST, body: '{\"a\": 1}'}}}",
    "sends what looks like JSON without a Content-Type",
  ],
  [
    "default: {repository: r, backup: {source: x, send-after: {url: u, method: PUT, body-template: json}}}",
    "sends what looks like JSON without a Content-Type",
  ],
  [
    "default: {repository: r, check: {send-before: {url: u, headers: [{name: A, value: 'Bearer ${T}'}]}}}",
    '"default.check.send-before" sends the header "A" as it is written: "${T}" is not expanded',
  ],
  ["default: {repository: r, check: {send-before: {url: u, expect-status: [200, ok]}}}", 'expects "ok"'],
  ["default: {repository: r, prometheus-save-to-file: /none/a.prom}", 'There is no folder "/none"'],
  ["default: {repository: r, prometheus-save-to-file: /tmp/a.txt}", "does not end in .prom"],
  [
    "default: {repository: r, prometheus-push: 'http://g', prometheus-labels: {Host: a}}",
    'a push of another host replaces these metrics, as the label "host" is not part of the group',
  ],
  [
    "a: {repository: r, prometheus-push: 'http://g', prometheus-push-job: x}\nb: {inherit: a}\nc: {inherit: a}",
    '"c.prometheus-push-job" is the job of "b" too',
  ],
  ["default: {repository: r, rebuild-index: {}}", 'Better: "repair-index"'],
  [
    "global: {scheduler: systemd}\np: {repository: r, check: {schedule: {at: daily, permission: user_logged_in, after-network-online: true}}}",
    '2:78: error: Cannot schedule with after-network-online and the permission "user_logged_in" in systemd',
  ],
  [
    "p: {repository: r, check: {schedule: daily, schedule-lock-mode: wait}}",
    'error: Cannot use "wait" as the lock-mode of a schedule',
  ],
  [
    "p: {repository: r, backup: {stdin-command: echo, stdin-from-command: true}}",
    'error: Cannot use "p.backup.stdin-from-command" together with stdin-command',
  ],
  [
    "p: {repository: r, backup: {password-file: secret, source: x}}",
    '"p.backup.password-file" is for backup alone: other commands have no password',
  ],
  [
    "p: {repository: r, backup: {use-fs-snapshot: true, source: x}}",
    "restic 0.16.0 has this flag on Windows only, it is left out",
  ],
  ["p: {repository: r, ls: {keep-hourly: 1}}", 'It is for "forget" or "retention"'],
  ["p: {backup: {source: x}}", "or set RESTIC_REPOSITORY"],
  ["p: {repository: r, lock-wait: 5m}", "Give it as --lock-wait with a command, or as schedule-lock-wait"],
  [
    "p: {repository: r, check: {run-before: x, password-file: later}}",
    'info: "later" of "p.check.password-file" does not exist yet: run-before may create it',
  ],
  [
    "global: {scheduler: crond}\np: {repository: r, check: {schedule: [daily, '2030-01-01 10:00']}}",
    '2:46: error: Cannot schedule "2030-01-01 10:00" with cron: it has no years',
  ],
  [
    "global: {scheduler: 'crontab:/c'}\np: {repository: r, check: {schedule: '*-*~1'}}",
    '2:28: error: Cannot schedule "*-*~1" with cron',
  ],
  [
    "p: {repository: r, check: {schedule: '2030-01-01 10:00'}}",
    'warning: Cannot schedule "2030-01-01 10:00" with cron',
  ],
  ["p: {repository: r, check: {schedule: {at: '*-02-30'}}}", '1:39: warning: "*-02-30" never comes'],
  [
    "global: {scheduler: systemd}\np: {repository: r, check: {schedule: [daily, '2001-01-01', 'Mon *-04-31 2:00 UTC']}}",
    '2:46: warning: "2001-01-01" never comes: the job would not start',
  ],
  [
    "version: 2\ngroups: {g: {profiles: [p], schedules: {check: {at: '*-06-31'}}}}\nprofiles: {p: {repository: r}}",
    '2:49: warning: "*-06-31" never comes',
  ],
  [
    'version: 2\ngroups: {g: {profiles: [p], schedules: {check: {at: [daily, "soon"]}}}}\nprofiles: {p: {repository: r}}',
    '2:61: error: Cannot read calendar expression "soon"',
  ],
  [
    '"p\\nq": {repository: r, check: {schedule: daily}}',
    "1:33: error: Cannot schedule check@p\\u000aq: there is a line break or another control character in the name",
  ],
  [
    `global: {scheduler: systemd}\n${"é".repeat(60)}: {repository: r, check: {schedule: daily}}`,
    "with systemd: the name is too long for a unit",
  ],
  [
    "p: {repository: r, check: {schedule: daily, schedule-capture-environment: ['[a']}}",
    'error: Cannot use capture-environment: Cannot read pattern "[a"',
  ],
  ['p: {repository: r, env: {A: "b\\0c"}}', '1:26: error: Cannot use "p.env.A": it has a NUL character'],
  ["p: {repository: r, env-file: nul.env}", 'nul.env:2:1: error: Cannot use the value of "B": it has a NUL character'],
  [
    "version: 2\nmixins: {m: {default-vars: {N: 1}, tag: '${N:3}'}}\nprofiles: {p: {repository: r, use: m}}",
    '2:36: warning: "${N:3}" in mixin "m" is left as it is',
  ],
  [
    "version: 2\nmixins: {m: {run-before: ['x ${n:-3}']}}\nprofiles: {p: {repository: r, use: {name: m, N: 2}}}",
    '"${n:-3}" in mixin "m" is left as it is',
  ],
  [
    "version: 2\nmixins: {m: {default-vars: {T: 1}, tag: 'a-${TT}'}}\nprofiles: {p: {repository: r, use: m}}",
    '2:36: warning: Variable "TT" in "p.tag" is not set: restic gets the text as it is written',
  ],
  ["p: {repository: r, ls: {host: [a, $NONE]}}", 'Variable "NONE" in "p.ls.host" is not set'],
  [
    "p: {repository: r, backup: {source: [a, '{{ if false }}b{{ end }}']}}",
    '1:41: warning: An empty text in "p.backup.source" has no effect',
  ],
  [
    "p: {repository: r, prometheus-labels: {__name__: x}}",
    'Cannot use "__name__" in prometheus-labels: the name is reserved',
  ],
  ['p: {repository: r, tag: ["b\\0c"]}', '1:26: error: Cannot use "p.tag": it has a NUL character'],
  [
    "p: {repository: r, backup: {run-before: 'a', send-after: {url: 'http://h/$NONE'}}}",
    '"NONE" in "p.backup.send-after.url" is not set',
  ],
  [
    "p: {repository: r, backup: {source: a, send-after: {url: 'http://h/', method: POST, body: '$PROFILE_NAME $ERROR ${NONE}'}}}",
    '"NONE" in "p.backup.send-after.body" is not set',
  ],
  ["global: {systemd-unit-template: bad.tmpl}\np: {repository: r}", "bad.tmpl:2:4: error:"],
  ["groups: {g: [defautl]}\ndefault: {repository: r}", 'Did you mean "default"?'],
  ["a: {inherit: b}\nb: {inherit: a}", "a → b → a"],
  ["version: 2\nprofiles: {default: {repository: r, use: none}}", 'Cannot use mixin "none"'],
  ["default: [", "error:"],
] as const;

for (const [yaml, wanted] of FINDINGS) {
  Deno.test(`validate finds: ${wanted}`, async () => {
    const found = await problems(yaml, {
      files: {
        "/work/secret": { text: "x", mode: 0 },
        "/work/json": "[1]",
        "/work/cut.env": "A=x$NAMELESS",
        "/work/nul.env": "A=1\nB=a\0b\n",
        "/work/bad.tmpl": "[Unit]\n{{ .Nope }}\n",
        "/work/wrong.env": "A=1\nwrong",
        "/work/path.env": "PATH=/opt/tools",
      },
    });
    assertStringIncludes(found.join("\n"), wanted);
  });
}

for (
  const [what, yaml] of [
    ["what a hook writes to the file of env", "p: {run-before: 'echo A=b >{{ env }}', backup: {source: x}}"],
    [
      "tables for aliases",
      "x: &x {schedule: daily, source: s}\ny: &y {check: {schedule: daily}}\np: {<<: *y, repository: r, backup: *x}",
    ],
    [
      "tables for aliases beside profiles of version 2",
      "version: '2'\nx: &x {source: s, tag: a, schedule: daily, run-before: a}\nprofiles: {p: {repository: r, backup: *x}}",
    ],
    ["anchors that nobody runs", "x: &x {schedule: daily}\np: {repository: r, check: {<<: *x}}"],
    ["comments behind empty keys", "p:\n  repository: r\n  tag: # none yet\n  check: #!all\n    read-data: true"],
    ["times of what is no hook", "p: {repository: r, ls: {run-before: echo x, tag: 't{{ .Now.Year }}'}}"],
    ["names of holders that nobody runs", "x-one: &a {schedule: daily, what: {is: it}}\n.two: {repository: [x]}"],
    [
      "what is made absolute for one section",
      "p: {repository: r, cache-dir: c, backup: {source: x, source-relative: true}}",
    ],
    [
      "a repository file that is switched off",
      "a: {repository-file: key}\nb: {inherit: a, repository: r, repository-file: ''}",
    ],
  ] as const
) {
  Deno.test(`validate has nothing to say about ${what}`, async () => {
    assertEquals(await problems(yaml, { files: { "/work/key": "x" } }), []);
  });
}

for (
  const [yaml, wanted] of [
    [
      "p:\n  repository: r\n  exclude: #recycle",
      '3:3: warning: "p.exclude" is empty (null): what begins with # is a comment',
    ],
    ["p:\n  tag: &x\n  repository: r", '2:3: warning: "p.tag" is empty (null): what begins with & is an anchor'],
    [
      "p:\n  repository: r\n  env:\n    RESTIC_PASSWORD: #se-cret",
      '4:5: warning: "p.env.RESTIC_PASSWORD" is empty (null)',
    ],
    [
      "version: 2\nprofiles: {p: {repository: r, check: {tag: &ab }}}",
      '2:39: warning: "profiles.p.check.tag" is empty',
    ],
    [
      "version: 2\nprofiles:\n  p:\n    repository: r\n    backup:\n      source: x\n      send-after:\n      - url: #u",
      '8:9: warning: "profiles.p.backup.send-after.0.url" is empty',
    ],
  ] as const
) {
  Deno.test(`validate tells that YAML takes a text away: ${wanted}`, async () => {
    const found = (await problems(yaml)).join("\n");
    assertStringIncludes(found, wanted);
    assertEquals(found.includes("se-cret"), false, found);
  });
}

for (
  const [hook, places] of [
    ["run-before: 'echo {{ .Now.Unix }}'", ["2"]],
    ["run-after: [echo x, 'echo {{ .Now.Unix }} y']", ["2"]],
    ["run-before: echo x\n    tag: 't{{ .Now.Year }}'", []],
    ["run-finally: |\n      echo a\n      date {{ .Now }}\n      echo b", ["2"]],
    ["run-after: echo x\n    run-after-fail: 'echo {{ $t := .Now }}{{ $t.Year }}'", ["3"]],
    ["send-after: {url: 'http://u/{{ .Now.Unix }}', method: POST}", ["2"]],
    ["send-after: {url: u, headers: [{name: D, value: '{{ .Now.Unix }}'}]}", ["2"]],
    ["send-after: {url: u, method: POST, body: 'at {{ .Profile.Name }} {{ .Now.Unix }}'}", ["2"]],
    ["run-before: 'echo {{ .Profile.Name }}'\n    host: '{{ .Now.Unix }}'", []],
  ] as const
) {
  Deno.test(`validate tells ${places.length} times that .Now is the time of the start: ${hook}`, async () => {
    const found = await problems(`p:\n  check:\n    ${hook}\n  repository: r`);
    const told = found.filter((text) => text.includes("is when the run begins, not when the hook does"));
    assertEquals(told.map((text) => String(Number(/:(\d+):/.exec(text)?.[1]) - 1)), places, found.join("\n"));
    if (told.length > 0) assertStringIncludes(told[0]!, "Write $NOW for the time of the hook");
  });
}

Deno.test("validate tells a misspelt rule of a retention, and not that there is none", async () => {
  const found = (await problems("p: {repository: r, retention: {after-backup: true, host: true, keep_daily: 7}}"))
    .join();
  assertStringIncludes(found, 'Did you mean "keep-daily"?');
  assertEquals(found.includes("has no keep-"), false);
});

for (
  const [what, yaml] of [
    ["of what takes them over", "x: &x {lcok: l}\np: {<<: *x, repository: r}"],
    [
      "of one that is inherited",
      "x: &x {lcok: l, check: {}}\np: {inherit: x, repository: r}\nq: {repository: s, forget: *x}",
    ],
    ["of one in a group", "x: &x {lcok: l}\np: {repository: r, forget: *x}\ngroups: {g: [x]}"],
    ["of one with a repository", "x: &x {lcok: l, repository: r}\np: {<<: *x}"],
    ["of an anchor without an alias", "x: &x {lcok: l}\np: {repository: r}"],
  ] as const
) {
  Deno.test(`validate tells the problems of tables with anchors: ${what}`, async () => {
    assertStringIncludes((await problems(yaml)).join(), "lcok");
  });
}

Deno.test("validate looks at holders that somebody runs or inherits", async () => {
  const found =
    (await problems("x-a: {lcok: x}\nx-b: {loock: y}\nc: {inherit: x-a, repository: r}\ngroups: {g: [X-b]}")).join();
  assertStringIncludes(found, "lcok");
  assertStringIncludes(found, "loock");
});

Deno.test("validate has nothing to say about a sound configuration", async () => {
  const yaml = `global: {default-command: backup}
groups: {all: [default]}
base: {repository: r, password-file: key, retention: {after-backup: true, keep-last: 3, host: true}}
two: {copy: {repository: r, password-file: key, from-repository: s, from-password-file: key}}
default: {inherit: base, backup: {source: x, exclude-caches: true, schedule: daily}, check: {read-data: true}}`;
  assertEquals(await problems(yaml, { files: { "/work/key": "x" } }), []);
});

for (
  const value of [
    "env: {RESTIC_REPOSITORY: 'rest:http://user:pa$Secret1@host/'}",
    "env: {MY_PLACE: 'https://user:pa${Secret1}x@host/$HOME'}",
    "env: {MY_PLACE: 'at https://user:pa$Secret1@host/'}",
    "repository: 'rest:http://user:pa$Secret1@host/'",
    "copy: {from-repository: 'sftp:user:pa$Secret1@host:/'}",
  ]
) {
  Deno.test(`validate shows no part of the password of ${value}`, async () => {
    const found = (await problems(`default: {password-file: key, ${value}}`, { files: { "/work/key": "x" } })).join();
    assertEquals(found.includes("Secret1"), false, found);
    if (value.includes("$HOME")) assertStringIncludes(found, '"$HOME" in "default.env.MY_PLACE"');
    if (/^repo|from/.test(value)) {
      assertStringIncludes(found, 'A "$" in the password begins a variable that is not set');
    }
  });
}

for (const name of ["RESTIC_PASSWORD", "RESTIC_PASSWORD_FILE", "RESTIC_PASSWORD_COMMAND"]) {
  Deno.test(`validate tells of other commands without a password unless ${name} is set`, async () => {
    const yaml = "p: {repository: r, backup: {password-file: key, source: x}}";
    const files = { "/work/key": "x" };
    for (const [value, isTold] of [["secret", false], ["", true]] as const) {
      const found = (await problems(yaml, { files, env: { [name]: value } })).join();
      assertEquals(found.includes("other commands have no password"), isTold, found);
    }
  });
}

for (const [yaml, status] of [["default: {repository: r, lcok: x}", 0], ["default: {initialize: x}", 1]] as const) {
  Deno.test(`validate exits ${status} for ${yaml}`, async () => {
    const world = fakeWorld({ programs: PROGRAMS, files: { "/work/profiles.yaml": yaml } });
    assertEquals(await validate(parseInvocation(["validate"], {}), world), status);
  });
}

Deno.test("validate --json prints a list for programs", async () => {
  const world = fakeWorld({
    programs: PROGRAMS,
    files: { "/work/profiles.yaml": "default: {repository: r, lcok: x}" },
  });
  await validate(parseInvocation(["validate", "--json"], {}), world);
  assertEquals(JSON.parse(world.printed.stdout), [{
    code: "unknown-key",
    severity: "warning",
    message: 'Unknown key "lcok" in "default"',
    path: "profiles.yaml",
    line: 1,
    column: 26,
    hint: 'Did you mean "lock"?',
  }]);
});

Deno.test("validate warns root of a configuration that every user can change", async () => {
  const text = "default: {repository: r}";
  const file = { text, mode: 0o666, owner: 0 };
  const found = await problems("", { files: { "/work/profiles.yaml": file }, uid: 0 });
  assertEquals(found.length, 1);
  assertStringIncludes(found[0] ?? "", "profiles.yaml:1:1: warning: Every user of this machine can change this file");
  assertEquals(await problems("", { files: { "/work/profiles.yaml": file } }), [], "another user runs it");
  const closed = { ...file, mode: 0o664 };
  assertEquals(await problems("", { files: { "/work/profiles.yaml": closed }, uid: 0 }), []);
});

const TOGETHER = [
  ["a parent that is not there", "a: {inherit: none, repository: r, initialize: x}", ["inherit", "a.initialize"]],
  ["a circle", "a: {inherit: b, initialize: x}\nb: {inherit: a, lock: [x]}", ["a → b → a", "a.initialize", "b.lock"]],
  [
    "a parent written as a list",
    "a: {inherit: [b], repository: r, initialize: x}",
    ["a.inherit", "a.initialize"],
  ],
  [
    "mixins that are not there",
    "version: 2\nprofiles: {a: {use: [m, n], repository: r, initialize: x}}",
    ['mixin "m"', 'mixin "n"', "a.initialize"],
  ],
  [
    "an error and what else is suspicious",
    "a: {repository: r, initialize: x, password-file: none}",
    ["a.initialize", 'Cannot read "none"'],
  ],
] as const;

for (const [name, yaml, wanted] of TOGETHER) {
  Deno.test(`validate tells ${name} and the other mistakes of the profile`, async () => {
    const found = await problems(yaml);
    assertEquals(wanted.filter((text) => !found.some((problem) => problem.includes(text))), [], found.join("\n"));
    assertEquals(found.length, wanted.length, found.join("\n"));
  });
}

Deno.test("validate tells an error of a parent once, of the parent", async () => {
  const found = await problems("a: {inherit: z}\nz: {inherit: none, repository: r, initialize: x}");
  assertEquals(found.map((text) => text.split("\n")[0]), [
    'profiles.yaml:2:5: error: Cannot inherit profile "z" from "none": there is no such profile',
    'profiles.yaml:2:35: error: Cannot read "z.initialize": wanted a boolean (true or false), found the text "x"',
  ]);
});

const ALONE = [
  ["global: {command-output: 'log, consle'}", 'Did you mean "console"?'],
  ["d: {repository: r, snapshot: {tag: x}}", 'Did you mean "snapshots"?'],
  ["d: {repository: r}\ngroups: {d: [d]}", 'profiles.yaml:2:10: warning: "d" names both a profile and a group'],
  ["d: {repository: r, backup: {source: $NONE/x}}", 'Cannot use "$NONE/x"'],
  ["d: {repository: r, base-dir: $NONE/x}", 'Cannot use "$NONE/x"'],
  ["d: {repository: r, backup: {source: x, source-base: $NONE}}", 'Cannot use "$NONE"'],
  ["d: {repository: r, backup: {source: x, send-after: {ulr: x}}}", 'Did you mean "url"?'],
  [
    "version: 2\ngroups: {g: {profiles: d, schedules: {bakcup: {at: daily}}}}\nprofiles: {d: {repository: r}}",
    'Did you mean "backup"?',
  ],
] as const;

for (const [yaml, wanted] of ALONE) {
  Deno.test(`validate tells ${wanted} of ${yaml}, and no more`, async () => {
    const found = await problems(yaml);
    assertStringIncludes(found.join("\n"), wanted);
    assertEquals(found.length, 1, found.join("\n"));
  });
}

const PLACES = [
  ["global: {restic-binary: /none}", "profiles.yaml:1:10: warning: Cannot find restic-binary"],
  ["global: {restic-version: newest}", "profiles.yaml:1:10: warning: Cannot read restic-version"],
  ["global: {scheduler: cron}", 'profiles.yaml:1:10: error: Unknown scheduler "cron"'],
  ["global: {command-output: cosole}", 'profiles.yaml:1:10: warning: Invalid value for "global.command-output"'],
  ["global: {command-output: cosole}", 'Did you mean "console"?'],
  [
    "d: {repository: r, backup: {source: x, schedule: [daily, dayly]}}",
    'profiles.yaml:1:58: error: Cannot read calendar expression "dayly"',
  ],
  ["d: {repository: r, backup: {source: x, schedule: dayly}}", 'Did you mean "daily"?'],
  [
    "d: {repository: r, check: {schedule: {at: '25:00', command-output: lgo}}}",
    'profiles.yaml:1:39: error: Cannot read calendar expression "25:00"',
  ],
  [
    "d: {repository: r, check: {schedule: {at: daily, command-output: 'log, lgo'}}}",
    'profiles.yaml:1:50: warning: Invalid value for "d.check.schedule.command-output"',
  ],
  [
    "version: 2\ngroups: {g: {profiles: d, schedules: {check: {at: 8 pm}}}}\nprofiles: {d: {repository: r}}",
    'profiles.yaml:2:47: error: Cannot read calendar expression "8 pm"',
  ],
] as const;

for (const [yaml, wanted] of PLACES) {
  Deno.test(`validate tells where it is: ${wanted}`, async () => {
    assertStringIncludes((await problems(yaml)).join("\n"), wanted);
  });
}

for (const words of ["log", "Log, CONSOLE", "all", "auto", "''"]) {
  Deno.test(`validate takes command-output: ${words}`, async () => {
    assertEquals(await problems(`global: {command-output: "${words.replaceAll("'", "")}"}`), []);
  });
}

const UNSUSPICIOUS = [
  "version: 2\nmixins: {m: {default-vars: {N: 1}, run-before: ['echo ${HOME:-x} ${N} $N ${PATH}'], tag: '$N'}}\nprofiles: {p: {repository: r, use: m}}",
  "p: {repository: r, env: {A: b}, tag: ['$A', 'a$', '$$A', '$5']}",
  "p: {repository: r, tag: '$HOME'}",
  "global: {scheduler: systemd}\np: {repository: r, check: {schedule: ['2030-01-01', '*-*~1', '*-02-29']}}",
];

for (const yaml of UNSUSPICIOUS) {
  Deno.test(`validate says nothing of ${yaml}`, async () => {
    assertEquals(await problems(yaml, { env: { HOME: "/home/me", PATH: "/bin" } }), []);
  });
}
