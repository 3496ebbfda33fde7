import { assertEquals, assertStringIncludes } from "@std/assert";
import { configuration, loadedProfile, problemsOf } from "../../support/configuration.ts";

const OPTIONS = [
  ["initialize: 1", "initialize", true],
  ["initialize: 'T'", "initialize", true],
  ["initialize: ''", "initialize", false],
  ["verbose: true", "verbose", 1],
  ["verbose: '2'", "verbose", 2],
  ["verbose: '0x3'", "verbose", 3],
  ["verbose: '010'", "verbose", 8],
  ["verbose: 2.9", "verbose", 2],
  ["verbose: ''", "verbose", 0],
  ["verbose: -0.5", "verbose", 0],
  ["lock: 12", "lock", "12"],
  ["password-command: 1.50", "password-command", "1.5"],
  ["password-command: false", "password-command", "0"],
  ["run-before: x", "run-before", ["x"]],
  ["run-before: [1, null, true, 'a,b']", "run-before", ["1", "1", "a,b"]],
  ["stream-error: {pattern: p}", "stream-error", [{ pattern: "p", "min-matches": 0, "max-runs": 0 }]],
  ["prometheus-labels: {A: 1}", "prometheus-labels", new Map([["a", "1"]])],
  ["prometheus-labels: [{a: 1}, {b: 2, a: 3}]", "prometheus-labels", new Map([["a", "3"], ["b", "2"]])],
  ["prometheus-push-format: xml", "prometheus-push-format", "text"],
] as const;

for (const [yaml, key, wanted] of OPTIONS) {
  Deno.test(`conversion: ${yaml}`, async () => {
    const { profile } = await loadedProfile(`default: {${yaml}}`);
    assertEquals<unknown>(profile.options[key], wanted);
  });
}

const MISTAKES = [
  [
    "initialize: perhaps",
    'error: Cannot read "default.initialize": wanted a boolean (true or false), found the text "perhaps"',
  ],
  ["initialize: [true]", "wanted a boolean, found a list"],
  ["verbose: loud", "wanted an integer"],
  ["verbose: .nan", "wanted an integer"],
  ["verbose: -1.5", "wanted an integer that is not negative"],
  ["base-dir: [a]", "wanted a text, found a list"],
  ["run-before: {a: b}", "wanted a text or a list of texts, found a table"],
  ["run-before: [[a]]", "found a list"],
  ["env: A=1", "wanted a table"],
  ["env: [A=1, {B: 2}]", "Write each variable as a key: NAME = value"],
  ["repository: {a: b}", "wanted a text, found a table"],
  ["env: {A: [b]}", 'Cannot read "default.env.a"'],
  ["backup: [a]", 'Cannot read "default.backup": wanted a table, found a list'],
  ["ls: x", 'Cannot read "default.ls": wanted a table'],
  ["tag: [[a]]", 'error: Cannot read "default.tag"'],
  ["tag: [{a: b}]", 'error: Cannot read "default.tag"'],
  ["backup: {send-after: text}", 'Cannot read "default.backup.send-after": wanted a table'],
  ["backup: {send-after: [{url: [x]}]}", 'Cannot read "default.backup.send-after[0].url"'],
  ["lock: true", 'warning: "default.lock" is the boolean true'],
  ["verbose: 1.5", "warning:"],
  ["find: {host: [a, '']}", 'warning: An item of "default.find.host" is empty: it is left out'],
  ["backup: {exclude: ['']}", 'warning: An empty text in "default.backup.exclude" has no effect'],
  ["prometheus-push-format: txt", 'Did you mean "text"?'],
] as const;

for (const [text, wanted] of MISTAKES) {
  Deno.test(`conversion: ${text} is told with its place`, async () => {
    const problems = (await problemsOf(`default: {${text}}`)).join("\n");
    assertStringIncludes(problems, wanted);
    assertStringIncludes(problems, "profiles.yaml:1:");
  });
}

Deno.test("defaults of schedules are a table", async () => {
  const problems = await problemsOf("global: {schedule-defaults: daily}\ndefault: {}");
  assertStringIncludes(problems.join("\n"), 'Cannot read "global.schedule-defaults": wanted a table, found the text');
});

Deno.test("an error does not repeat what may be a secret", async () => {
  const problems = await problemsOf("default: {env: RESTIC_PASSWORD=hidden}");
  assertEquals(problems.length, 1);
  assertEquals(problems[0]?.includes("hidden"), false);
});

Deno.test("all errors of a profile are told together", async () => {
  assertEquals((await problemsOf("default: {initialize: x, verbose: y}\n")).map((text) => text.split(" ")[0]), [
    "profiles.yaml:1:11:",
    "profiles.yaml:1:26:",
  ]);
});

Deno.test("in a list of a flag true is a text, null is dropped", async () => {
  const { profile } = await loadedProfile("default: {tag: [true, null, 1]}");
  assertEquals(profile.flags.get("tag"), ["true", 1]);
});

Deno.test("words that are flags and sections: a value is the flag, a table the section", async () => {
  const { profile } = await loadedProfile("default: {tag: x, list: [y], options: {a: b}}");
  assertEquals([...profile.flags], [["tag", "x"], ["list", ["y"]]]);
  assertEquals([...profile.sections.keys()], ["options"]);
});

const GLOBALS = [
  ["send-timeout: 10s", "send-timeout", 10_000],
  ["restic-lock-retry-after: 0", "restic-lock-retry-after", 0],
  ["min-memory: '50'", "min-memory", 50],
  ["restic-version: 0.17", "restic-version", "0.17"],
] as const;

for (const [text, key, wanted] of GLOBALS) {
  Deno.test(`conversion in global: ${text}`, async () => {
    const { global } = await configuration(`global: {${text}}`);
    assertEquals<unknown>(global[key], wanted);
  });
}

for (const text of ["min-memory: -1", "send-timeout: 1 hour", "initialize: perhaps"]) {
  Deno.test(`conversion in global: ${text} stops everything`, async () => {
    assertStringIncludes((await problemsOf(`global: {${text}}\ndefault: {}`)).join(), 'error: Cannot read "global.');
  });
}

Deno.test("send-timeout: a bare number is seconds, a negative time an error that names the key", async () => {
  for (const text of ["10", "'10'", "10s"]) {
    assertEquals((await configuration(`global: {send-timeout: ${text}}`)).global["send-timeout"], 10_000);
  }
  for (const text of ["-1", "-1s", "soon"]) {
    const told = (await problemsOf(`global: {send-timeout: ${text}}\ndefault: {}`)).join();
    assertStringIncludes(told, 'error: Cannot read "global.send-timeout"');
  }
});

Deno.test("a null in a list is dropped, and told", async () => {
  const found = await problemsOf("default: {backup: {exclude: [~, x]}}");
  assertEquals(found.map((text) => text.split("\n")[0]), [
    'profiles.yaml:1:30: warning: An item of "default.backup.exclude" is empty (null): it is left out',
  ]);
});

Deno.test("names of env variables are in capitals, or as the environment has them", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {env: {aws_region: x, path_to: y}}",
    env: { HOME: "/home/user", Path_To: "z" },
  });
  assertEquals([...profile.options.env ?? []].map(([name, value]) => [name, value.reveal()]), [
    ["AWS_REGION", "x"],
    ["Path_To", "y"],
  ]);
});
