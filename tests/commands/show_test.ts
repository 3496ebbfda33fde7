import { assertEquals, assertStringIncludes } from "@std/assert";
import { describe } from "../../src/commands/show.ts";
import { layoutBlocks } from "../../src/views/aligned_blocks.ts";
import { run } from "../../src/commands/dispatch.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";
import { configuration, type ConfigurationTexts } from "../support/configuration.ts";

async function described(texts: ConfigurationTexts | string, name = "default", origins = false) {
  return await describe(name, await configuration(texts), { origins, layout: layoutBlocks }, fakeWorld());
}

/** Everything after the global block. */
async function shown(yaml: string, name = "default", origins = false): Promise<string> {
  const { text } = (await described(yaml, name, origins))!;
  return text.slice(text.indexOf("\n\n") + 2);
}

Deno.test("show prints keys in columns, lists below each other, sections below their names", async () => {
  const yaml = `default:
  lock: /l
  tag: x
  run-before: [a, b]
  env: {my_var: 1}
  backup: {source: /s, exclude: ["*.x", "*.y"], one-file-system: true, keep-it: 1.5}`;
  assertEquals(
    await shown(yaml),
    `profile default:
    lock:                    /l
    run-before:              a
                             b
    prometheus-push-format:  text
    tag:                     x

    env:
        MY_VAR:  1

    backup:
        source:           /s
        exclude:          *.x
                          *.y
        keep-it:          1.5
        one-file-system:  true
`,
  );
});

Deno.test("show divides the objects of a list, and prints tables in them on one line", async () => {
  const yaml =
    "default: {backup: {send-after: [{url: 'http://u', headers: [{name: A, value: b}, {name: X-Token, value: c}]}, {url: 'http://v', method: POST}]}}";
  assertStringIncludes(
    await shown(yaml),
    `    backup.send-after:
        url:      http://u
        headers:  {name:A,value:b}
                  {name:X-Token,value:×××}
        -
        url:     http://v
        method:  POST
`,
  );
});

Deno.test("show prints false and 0 where they are set, and every section and key once", async () => {
  const yaml =
    "a: {initialize: true, backup: {check-before: true, source: x}}\ndefault: {inherit: a, initialize: false, verbose: 0, backup: {check-before: false, no-cache: false}}";
  const text = await shown(yaml);
  for (const line of ["initialize: +false", "verbose: +0", "check-before: +false", "no-cache: +false"]) {
    assertEquals(text.match(new RegExp(`^ +${line}$`, "m")) !== null, true, line);
  }
  assertEquals(text.match(/backup:/g)?.length, 1);
});

const SECRETS = [
  "repository: 'rest:https://me:hidden@host/r'",
  "copy: {repository: 'rest:https://me:hidden@host/r', from-repository: 'sftp://me:hidden@h/r'}",
  "init: {from-repository: 'rest:https://me:hidden@host/r'}",
  "ls: {repository: 'rest:https://me:hidden@host/r'}",
  "env: {RESTIC_PASSWORD: hidden, B2_KEY: hidden, RESTIC_REPOSITORY: 'rest:https://me:hidden@host/'}",
  "prometheus-push: 'http://me:hidden@host/'",
  "env: {PROXY_AUTH: 'me:hidden@host', DATA_URL: 'me:hidden@host:80/x'}",
  "env: {RESTIC_REPOSITORY2: 'rest:https://me:hid den@host/', RESTIC_FROM_REPOSITORY: 'sftp:me:hidden@host:/r'}",
  "backup: {send-before: {url: 'https://u@h/tok?key=hidden'}}",
  "backup: {send-after: [{url: 'https://h/short/hidden-0123456789?x=1'}]}",
  "repository: 'me:hidden@host'",
  "copy: {from-repository: 'sftp:me:hidden@host:/r'}",
  "ls: {repo: 'sftp:me:hidden@host:/r'}",
  "backup: {send-before: [{url: 'me:hidden@host/x'}]}",
  "backup: {option: ['x=http://me:hidden@host/']}",
  "run-before: 'curl https://me:hidden@host/'",
  "password-command: 'echo hidden', env: {MY_PASSWORD: hidden}",
  "password: hidden",
  "backup: {api-token: hidden}",
  "password-command: 'echo hidden'",
  "repository: 'rclone:nas,pass=hidden:x'",
  "env: {MYPASS: hidden}",
  "env: {AZURE_ACCOUNT_SAS: hidden}",
  "backup: {send-before: [{url: 'http://u:hidden@h/', headers: [{name: authorization, value: hidden}]}]}",
];
for (const yaml of SECRETS) {
  Deno.test(`show hides the secret of ${yaml.split(":")[0]}`, async () => {
    const text = await shown(`default: {${yaml}}`);
    assertStringIncludes(text, "×××");
    assertEquals(/hid ?den/.test(text), false, text);
  });
}

Deno.test("show leaves what only looks like a password", async () => {
  const yaml =
    "default: {repository: 'sftp:user@host:/r', tag: 'a:b@c', password-file: /k, insecure-no-password: true, env: {MAIL_AUTH: 'user@host'}}";
  const text = await shown(yaml);
  for (const value of ["sftp:user@host:/r", "a:b@c", "user@host", "/k", "true"]) {
    assertStringIncludes(text, `  ${value}\n`);
  }
});

Deno.test("show prints the global keys in the order of the manual", async () => {
  const { text } = (await described("default: {}"))!;
  const global = text.slice(0, text.indexOf("\n\n"));
  assertEquals([...global.matchAll(/^ {4}([a-z-]+):/gm)].map(([, key]) => key), [
    ...["ionice-class", "default-command", "restic-arguments-filter", "restic-lock-retry-after"],
    ...["restic-stale-lock-age", "min-memory", "command-output", "send-timeout"],
  ]);
});

Deno.test("show takes -v behind its name as well as before it", async () => {
  for (const line of ["show -v", "show --verbose", "show --origin", "-v show", "default.show -v"]) {
    const world = fakeWorld({ files: { "/work/profiles.yaml": "default: {tag: x}" } });
    assertEquals(await run(line.split(" "), world), 0);
    assertStringIncludes(world.printed.stdout, "x  (profiles.yaml:1:11)", line);
  }
});

Deno.test("show prints no control characters of names", async () => {
  const text = await shown('default: {"a\\e[31mb\\nc": 1, check: {"d\\x7f": 1}, "x\\te": {y: 1}}');
  for (const key of ["a\\x1b[31mb\\nc:", "d\\x7f:"]) assertStringIncludes(text, key);
  // deno-lint-ignore no-control-regex -- control characters are the subject
  assertEquals(/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text), false, text);
});

Deno.test("show prints an empty value where it means something, and no control characters", async () => {
  const text = await shown('default: {ls: {tag: "", host: "", group-by: [""]}, run-before: "a\\tb\\nc"}');
  assertStringIncludes(text, '        tag:       ""');
  assertStringIncludes(text, '        group-by:  ""');
  assertEquals(text.includes("host"), false);
  assertStringIncludes(text, "a\\tb\\nc");
});

Deno.test("show prints schedules: section over table over defaults", async () => {
  const yaml = `global: {schedule-defaults: {lock-wait: 15m, log: /d.log}}
default: {forget: {schedule: {at: [daily, "12:30"], log: /t.log, permission: user}, schedule-permission: system}}`;
  const text = await shown(yaml);
  assertStringIncludes(
    text,
    "schedule forget@default:\n    at:                   daily\n                          12:30\n",
  );
  for (const line of ["permission: +system", "log: +/t.log", "lock-wait: +15m0s", "lock-mode: +default"]) {
    assertEquals(new RegExp(`^ +${line}$`, "m").test(text), true, `${line} in ${text}`);
  }
});

Deno.test("show prints the keys of a schedule in the order of the manual", async () => {
  const keys = [
    ...["at", "permission", "run-level", "log", "command-output", "priority", "lock-mode", "lock-wait"],
    ...["capture-environment", "ignore-on-battery", "ignore-on-battery-less-than", "after-network-online"],
    ...["systemd-drop-in-files", "hide-window", "start-when-available"],
  ];
  const table = keys.map((key) => `${key}: ${/^(?:ignore|after|hide|start)/.test(key) ? 1 : "5s"}`).reverse();
  const text = await shown(`default: {check: {schedule: {${table.join(", ")}}}}`);
  const found = [...text.slice(text.indexOf("schedule check@")).matchAll(/^ {4}([a-z-]+):/gm)].map(([, key]) => key);
  assertEquals(found, keys);
});

Deno.test("show of a group", async () => {
  const yaml =
    "version: 2\ngroups: {G: {description: d, profiles: [a, b], continue-on-error: false, schedules: {check: {at: weekly}}}}\nprofiles: {a: {}}";
  const { text, diagnostics } = (await described(yaml, "g"))!;
  assertStringIncludes(
    text,
    "group g:\n    description:        d\n    profiles:           a\n                        b\n    continue-on-error:  false\n",
  );
  assertStringIncludes(text, "schedule check@g:\n    at:                   weekly");
  assertStringIncludes(diagnostics[0]?.message ?? "", '"b"');
});

Deno.test("show --origin names the place of every value, through includes, inheritance and mixins", async () => {
  const texts = {
    yaml: "version: 2\nincludes: more.yaml\nprofiles:\n  default:\n    inherit: base\n    use: m\n    tag: own",
    files: {
      "/work/more.yaml": "mixins:\n  m:\n    lock: /m\nprofiles:\n  base:\n    ls:\n      path: [a,\n        b]",
    },
  };
  const { text } = (await described(texts, "default", true))!;
  for (
    const line of [
      "tag: +own +\\(profiles.yaml:7:5\\)",
      "lock: +/m +\\(more.yaml:3:5\\)",
      "path: +/work/a +\\(more.yaml:7:14\\)",
      "/work/b +\\(more.yaml:8:9\\)",
    ]
  ) {
    assertEquals(new RegExp(`${line}$`, "m").test(text), true, `${line} in ${text}`);
  }
});

Deno.test("show gives nothing for a name that is not there", async () => {
  assertEquals(await described("default: {}", "none"), undefined);
});

Deno.test("show --json gives the blocks to programs, without secrets", async () => {
  const yaml =
    "p: {repository: 'rest:http://u:pass@h/', run-before: [a, b], password: x1, backup: {source: s, send-after: {url: u}}}";
  const world = fakeWorld({ files: { "/work/profiles.yaml": yaml } });
  assertEquals(await run(["-n", "p", "show", "--json"], world), 0);
  const { "profile p": profile } = JSON.parse(world.printed.stdout);
  assertEquals(profile["run-before"], ["a", "b"]);
  assertEquals(profile.backup.source, ["s"]);
  assertEquals(profile["backup.send-after"], [{ url: "u" }]);
  assertEquals(/pass@|x1/.test(world.printed.stdout), false);
});

/** What `show --json` prints, and what it says on the side. */
async function asJson(yaml: string, options: FakeOptions = {}, args: readonly string[] = []) {
  const world = fakeWorld({ ...options, files: { "/work/profiles.yaml": yaml, ...options.files } });
  assertEquals(await run(["-n", "p", "show", "--json", ...args], world), 0);
  return { ...JSON.parse(world.printed.stdout), stderr: world.printed.stderr };
}

Deno.test("show --json keeps the types of values, and lists of one", async () => {
  const yaml = `global: {min-memory: 50, send-timeout: 2m}
p:
  initialize: false
  run-before: [a]
  verbose: 2
  env: {A: 1}
  tag: [x]
  host: h
  backup:
    source: [s]
    read-concurrency: 4
    one-file-system: true
    exclude: ["1"]
    send-after: {url: u, skip-tls-verification: true, headers: [{name: A, value: b}, {name: X-Token, value: c}]}
    schedule: daily
  check: {read-data-subset: 0.5, limit-download: 12345678901234567890}`;
  const { global, "profile p": profile, "schedule backup@p": schedule } = await asJson(yaml);
  assertEquals(global["min-memory"], 50);
  assertEquals(global["restic-arguments-filter"], true);
  assertEquals(global["send-timeout"], "2m0s");
  assertEquals([profile.initialize, profile["run-before"], profile.verbose], [false, ["a"], 2]);
  assertEquals([profile.tag, profile.host, profile.env], [["x"], "h", { A: "1" }]);
  assertEquals(profile.backup, {
    "source": ["s"],
    "exclude": ["1"],
    "one-file-system": true,
    "read-concurrency": 4,
  });
  assertEquals(profile["backup.send-after"], [{
    "url": "u",
    "skip-tls-verification": true,
    "headers": [{ name: "A", value: "b" }, { name: "X-Token", value: "×××" }],
  }]);
  assertEquals(profile.check, { "limit-download": "12345678901234567890", "read-data-subset": 0.5 });
  assertEquals([schedule.at, schedule["capture-environment"]], [["daily"], ["RESTIC_*"]]);
});

Deno.test("show --json has the places of a list in a list", async () => {
  const { "profile p": profile } = await asJson("p: {run-before: [a], host: h}", {}, ["--origin"]);
  assertEquals(profile.origins["run-before"], ["profiles.yaml:1:18"]);
  assertEquals(profile.origins.host, "profiles.yaml:1:22");
});

Deno.test("show --json stays JSON where a secret is a number or has quotes", async () => {
  const yaml =
    `p: {env: {MY_PASSWORD: "12345", MY_TOKEN: 'se"cr"et'}, password: 123456, run-before: 'x se"cr"et', backup: {
    read-concurrency: 12345}}`;
  const { "profile p": profile } = await asJson(yaml);
  assertEquals([profile["run-before"], profile.backup["read-concurrency"]], [["x ×××"], "×××"]);
  assertEquals(profile.password, "×××");
});

const GUESSED = ["password: hidden", "token: hidden", "backup: {token: hidden}", "backup: {Password: hidden}"];
const IN_ENV = ["MYPASS", "MY_TOKEN", "DB_PASSWORD", "SECRET", "RESTIC_PASSWORD", "aws_secret_access_key"];

for (const yaml of [...GUESSED, ...IN_ENV.map((name) => `env: {${name}: hidden}`)]) {
  Deno.test(`show and show --json hide the secret of ${yaml}`, async () => {
    for (const json of [["--json"], []]) {
      const world = fakeWorld({ files: { "/work/profiles.yaml": `p: {${yaml}}` } });
      assertEquals(await run(["-n", "p", "show", ...json], world), 0);
      assertStringIncludes(world.printed.stdout, "×××");
      assertEquals((world.printed.stdout + world.printed.stderr).includes("hidden"), false);
    }
  });
}

for (const name of ["RESTIC_PASSWORD_FILE", "RESTIC_FROM_PASSWORD_FILE", "RESTIC_REPOSITORY_FILE"]) {
  Deno.test(`show and show --json tell the path in ${name}`, async () => {
    const { "profile p": profile } = await asJson(`p: {env: {${name}: /etc/key}}`);
    assertEquals(profile.env, { [name]: "/etc/key" });
    assertStringIncludes(await shown(`p: {env: {${name}: /etc/key}}`, "p"), "/etc/key");
  });
}

const USED = [
  [
    "tag: [a, b], backup: {source: [d, /e]}, retention: {tag: true, path: true, host: true}",
    {
      tag: ["a", "b"],
      backup: { source: ["d", "/e"] },
      retention: { tag: "a,b", path: ["/work/d", "/e"], host: "machine" },
    },
  ],
  ["forget: {host: true}", { forget: { host: "machine" } }],
  ["env: {RESTIC_HOST: nas}, snapshots: {host: true}", { env: { RESTIC_HOST: "nas" }, snapshots: { host: "nas" } }],
  ["backup: {host: own, source: /s}, forget: {host: true}", {
    backup: { source: ["/s"], host: "own" },
    forget: { host: "machine" },
  }],
  ["host: true, tag: x, snapshots: {latest: 1}", { host: true, tag: "x", snapshots: { host: "machine", latest: 1 } }],
  ["tag: true, check: {read-data: true}", { tag: true, check: { "read-data": true } }],
  ["backup: {source: /s, tag: t}, forget: {tag: true, path: false}", {
    backup: { source: ["/s"], tag: "t" },
    forget: { tag: "t", path: false },
  }],
] as const;

for (const [yaml, wanted] of USED) {
  Deno.test(`show prints what will be used: ${yaml}`, async () => {
    const { "profile p": { "prometheus-push-format": _, ...profile } } = await asJson(`p: {${yaml}}`);
    assertEquals(profile, wanted);
  });
}

Deno.test("show prints what version 2 adds: the host of a backup, and its retention", async () => {
  const yaml = "version: 2\nprofiles: {p: {backup: {source: /s, tag: t}, retention: {keep-last: 1}}}";
  const { "profile p": profile } = await asJson(yaml);
  assertEquals(profile.backup, { source: ["/s"], tag: "t", host: "machine" });
  assertEquals(profile.retention, {
    "after-backup": true,
    "keep-last": 1,
    "host": "machine",
    "path": ["/s"],
    "tag": "t",
  });
});

Deno.test("show tells that relative paths select by the folder it is run from, and only then", async () => {
  const yaml = (more: string) => `p: {${more}backup: {source: d}, retention: {after-backup: true, keep-last: 1}}`;
  assertStringIncludes((await asJson(yaml(""))).stderr, '"d" is relative and resolved in /work');
  assertEquals((await asJson(yaml("base-dir: /work, "))).stderr.includes("absolute paths"), false);
});

Deno.test("show names the file of the template function env once", async () => {
  for (const more of ["run-before: 'echo A=1 > {{ env }}'", "env-file: '{{ env }}'"]) {
    const { "profile p": profile } = await asJson(`p: {${more}}`);
    assertEquals(profile["env-file"].length, 1);
    assertStringIncludes(profile["env-file"][0], ".env");
  }
});

for (
  const [log, place] of [
    ["x.log", "conf/x.log"],
    ["/var/x.log", "/var/x.log"],
    ["syslog:", "syslog:"],
    ["temp:x.log", "temp:x.log"],
    ["-", "-"],
  ]
) {
  Deno.test(`show prints where the log ${log} of a schedule is`, async () => {
    const yaml = `p: {check: {schedule: daily, schedule-log: "${log}"}}`;
    const world = fakeWorld({ files: { "/work/conf/profiles.yaml": yaml } });
    assertEquals(await run(["-c", "conf/profiles.yaml", "-n", "p", "show"], world), 0);
    assertStringIncludes(world.printed.stdout.replace(/ +/g, " "), ` log: ${place}\n`);
  });
}
