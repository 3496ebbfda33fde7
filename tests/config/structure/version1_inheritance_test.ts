import { assertEquals, assertStringIncludes } from "@std/assert";
import { configuration, loadedProfile, plain, problemsOf } from "../../support/configuration.ts";

const CASES = [
  [
    "tables are merged, values replaced",
    "a: {lock: x, backup: {check-after: true}}\nb: {inherit: a, backup: {check-before: true}}",
    {
      lock: "x",
      backup: { "check-after": true, "check-before": true },
    },
  ],
  ["typed lists are merged by index", "a: {run-before: [1, 2]}\nb: {inherit: a, run-before: [3]}", {
    "run-before": [3, 2],
  }],
  ["further items are added", "a: {run-before: 1}\nb: {inherit: a, run-before: [3, 4]}", { "run-before": [3, 4] }],
  ["a null item keeps the parent's", "a: {run-before: [1, 2]}\nb: {inherit: a, run-before: [null, 4]}", {
    "run-before": [1, 4],
  }],
  ["an empty list changes nothing", "a: {run-before: [1]}\nb: {inherit: a, run-before: []}", { "run-before": [1] }],
  ["null is no value", "a: {lock: x}\nb: {inherit: a, lock: null}", { lock: "x" }],
  [
    "objects at one index are merged",
    "a: {backup: {send-after: [{url: u, method: POST}]}}\nb: {inherit: a, backup: {send-after: {url: v}}}",
    {
      backup: { "send-after": [{ url: "v", method: "POST" }] },
    },
  ],
  ["restic's lists are replaced", "a: {backup: {tag: [1, 2]}}\nb: {inherit: a, backup: {tag: [3]}}", {
    backup: { tag: [3] },
  }],
  ["sections without own keys are replaced", "a: {snapshots: {tag: t}}\nb: {inherit: a, snapshots: {host: h}}", {
    snapshots: { host: "h" },
  }],
  ["the description stays behind", "a: {description: d, lock: x}\nb: {inherit: a}", { lock: "x" }],
  [
    "a schedule of another kind replaces the parent's",
    "a: {backup: {schedule: {at: daily}}}\nb: {inherit: a, backup: {schedule: weekly}}",
    {
      backup: { schedule: "weekly" },
    },
  ],
  [
    "a schedule table is merged",
    "a: {backup: {schedule: {at: daily, log: x}}}\nb: {inherit: a, backup: {schedule: {at: [weekly]}}}",
    {
      backup: { schedule: { at: ["weekly"], log: "x" } },
    },
  ],
] as const;

for (const [name, yaml, wanted] of CASES) {
  Deno.test(`version 1 inheritance: ${name}`, async () => {
    const { node } = await loadedProfile(yaml, "b");
    const { inherit: _, ...values } = plain(node) as Record<string, unknown>;
    assertEquals(values, wanted);
  });
}

Deno.test("a circle of parents is spelled out", async () => {
  const [problem = ""] = await problemsOf("a: {inherit: b}\nb: {inherit: a}", "a");
  assertStringIncludes(problem, "a → b → a");
  assertStringIncludes((await problemsOf("a: {inherit: A}", "a"))[0] ?? "", "a → a");
});

Deno.test("a missing parent is told with both names, its place, and the nearest name", async () => {
  assertEquals(await problemsOf("base: {}\nchild: {inherit: bas}", "child"), [
    `profiles.yaml:2:9: error: Cannot inherit profile "child" from "bas": there is no such profile\n  hint: Did you mean "base"?`,
  ]);
});

Deno.test("list operators and mixins are told to have no effect in version 1, and reach nobody", async () => {
  const yaml = "default: {use: x, exclude...: [a], env: {use: kept}}";
  const { profile } = await loadedProfile(yaml);
  assertEquals([...profile.flags.keys()], []);
  assertEquals([...profile.options.env?.keys() ?? []], ["USE"]);
  assertEquals((await problemsOf(yaml)).length, 2);
});

Deno.test("a chain of ten thousand parents is followed to its end", async () => {
  const profiles = Array.from({ length: 10_000 }, (_, index) => `p${index}: {inherit: p${index + 1}}\n`);
  const { profile } = await loadedProfile(`${profiles.join("")}p10000: {lock: l}`, "p0");
  assertEquals(profile.options.lock, "l");
});

const GLOBAL =
  `global: {default-command: backup, min-memory: 0, password-file: k, initialize: true, retention: {keep-last: 2}}
middle: {Inherit: Global, initialize: false}
home: {inherit: middle, repository: r, retention: {after-backup: true}}`;

Deno.test("in version 1 profiles inherit from global, and the run's own settings stay there", async () => {
  const { profile, node } = await loadedProfile(GLOBAL, "home");
  assertEquals([...node.entries.keys()].sort(), ["inherit", "initialize", "password-file", "repository", "retention"]);
  assertEquals([profile.options["password-file"], profile.options.initialize], ["k", false]);
  assertEquals(profile.sections.get("retention")?.flags.get("keep-last"), 2);
  assertEquals(await problemsOf(GLOBAL, "home"), []);
});

Deno.test("global is told of keys that nobody inherits, and cannot be run", async () => {
  const [problem = ""] = await problemsOf("global: {password-file: k}\ndefault: {repository: r}");
  assertStringIncludes(problem, '"password-file" has no effect in "global": it belongs in a profile');
  assertStringIncludes((await problemsOf(GLOBAL, "global"))[0] ?? "", 'Cannot find profile "global"');
  assertEquals((await configuration(GLOBAL)).profileNames(), ["home", "middle"]);
});

Deno.test("a mistake in an inherited global is told of the profile", async () => {
  const problems = await problemsOf("global: {repositroy: r}\ndefault: {inherit: global}");
  assertEquals(problems, [
    'profiles.yaml:1:10: warning: Unknown key "repositroy" in "default"\n  hint: Did you mean "repository"?',
  ]);
});

Deno.test("in version 2 global is no profile", async () => {
  const [problem = ""] = await problemsOf("{version: 2, global: {}, profiles: {default: {inherit: global}}}");
  assertStringIncludes(problem, "there is no such profile");
});
