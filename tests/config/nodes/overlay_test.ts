import { assertEquals, assertStringIncludes } from "@std/assert";
import { listOperator } from "../../../src/config/nodes/overlay.ts";
import { loadedProfile, plain, problemsOf } from "../../support/configuration.ts";

for (
  const [key, wanted] of [
    ["exclude...", { key: "exclude", end: "end" }],
    ["exclude__append", { key: "exclude", end: "end" }],
    ["...exclude", { key: "exclude", end: "start" }],
    ["exclude__prepend", { key: "exclude", end: "start" }],
    ["exclude", undefined],
  ] as const
) {
  Deno.test(`listOperator() reads "${key}"`, () => assertEquals(listOperator(key), wanted));
}

const CASES = [
  ["tables are merged to any depth", "a: {ls: {long: true}}", "ls: {human: true}", { ls: { long: true, human: true } }],
  ["lists are replaced", "a: {tag: [1, 2]}", "tag: [3]", { tag: [3] }],
  ["null takes a value away", "a: {lock: x, run-before: [1]}", "lock: null, run-before: null", {}],
  ["null and {} leave a table", "a: {ls: {long: true}, check: {x: 1}}", "ls: {}, check: null", {
    ls: { long: true },
    check: { x: 1 },
  }],
  ["operators add to the parent's list", "a: {tag: [1]}", "tag...: 2, ...tag: [0]", { tag: [0, 1, 2] }],
  ["operators add to the own list first", "a: {tag: [1]}", "tag...: 2, tag: 3", { tag: [3, 2] }],
  ["operators in any case of letters", "a: {tag: [1]}", "TAG__Append: 2", { tag: [1, 2] }],
  ["without a list there they make one", "a: {}", "tag...: 2, ...option: [x]", { tag: [2], option: ["x"] }],
  ["adding to and from empty lists", "a: {tag: []}", "tag...: [], ...tag: 1", { tag: [1] }],
  ["operators inside of new tables", "a: {}", "ls: {tag: 1, tag...: 2}", { ls: { tag: [1, 2] } }],
  ["a value over a table", "a: {backup: {schedule: {at: daily}}}", "backup: {schedule: weekly}", {
    backup: { schedule: "weekly" },
  }],
  ["a list over a single table", "a: {backup: {send-before: {url: u}}}", "backup: {send-before: [{url: v}]}", {
    backup: { "send-before": [{ url: "v" }] },
  }],
  ["adding to a single table", "a: {backup: {send-before: {url: u}}}", "backup: {...send-before: {url: v}}", {
    backup: { "send-before": [{ url: "v" }, { url: "u" }] },
  }],
  ["the description stays behind", "a: {description: d}", "", {}],
] as const;

for (const [name, parent, child, wanted] of CASES) {
  Deno.test(`version 2 inheritance: ${name}`, async () => {
    const yaml = `version: 2\nprofiles:\n  ${parent}\n  b: {inherit: a, ${child}}`;
    const { inherit: _, ...values } = plain((await loadedProfile(yaml, "b")).node) as Record<string, unknown>;
    assertEquals(values, wanted);
  });
}

const INCLUDES = [
  [
    "tables are merged, the rest is replaced",
    "default: {lock: x, tag: [1], ls: {long: true}}",
    "default: {tag: [2], ls: {human: 1}}",
    {
      lock: "x",
      tag: [2],
      ls: { long: true, human: 1 },
    },
  ],
  ["null and empty tables change nothing", "default: {lock: x, ls: {long: true}}", "default: {lock: null, ls: {}}", {
    lock: "x",
    ls: { long: true },
  }],
  [
    "a value over a table and back",
    "default: {tag: 1, backup: {schedule: {at: daily}}}",
    "default: {tag: [1], backup: {schedule: weekly}}",
    {
      tag: [1],
      backup: { schedule: "weekly" },
    },
  ],
] as const;

for (const [name, main, included, wanted] of INCLUDES) {
  Deno.test(`includes: ${name}`, async () => {
    const { node } = await loadedProfile({
      yaml: `includes: more.yaml\n${main}`,
      files: { "/work/more.yaml": included },
    });
    assertEquals(plain(node), wanted);
  });
}

Deno.test("list operators of an included file add to the lists of the files before it", async () => {
  const { node } = await loadedProfile({
    yaml: "version: 2\nincludes: [one.yaml, two.yaml]\nprofiles: {default: {tag: [1], option...: [a]}}",
    files: {
      "/work/one.yaml": "profiles: {default: {tag...: [2], option...: b}}",
      "/work/two.yaml": "profiles: {default: {...tag: 0}}",
    },
  });
  assertEquals(plain(node), { tag: [0, 1, 2], option: ["a", "b"] });
});

Deno.test("keys that differ in case: tables add up, values are an error with both spellings", async () => {
  const { node } = await loadedProfile("default: {ls: {long: true}, LS: {human: 1}}");
  assertEquals(plain(node), { ls: { long: true, human: 1 } });
  const [problem = ""] = await problemsOf("default: {lock: a, Lock: b}");
  assertStringIncludes(problem, "profiles.yaml:1:20: error:");
  assertStringIncludes(problem, `"Lock"`);
});

const TWO_SPELLINGS = [
  ["yaml", "default: {lock: a}\nDefault: {lock: b}", ":2:11: error: Duplicate key"],
  ["yaml", "default: {ls: {long: true}, LS: {Long: false}}", ":1:34: error: Duplicate key"],
  ["toml", '[default]\nlock = "a"\n[DEFAULT]\nLock = "b"', "other one is on line 2"],
  ["json", '{"default": {"tag": ["a"]}, "Default": {"TAG": ["b"]}}', ":1:41: error: Duplicate key"],
] as const;

for (const [extension, text, wanted] of TWO_SPELLINGS) {
  Deno.test(`two values below two spellings of a table are an error: ${text}`, async () => {
    const problems = await problemsOf({ files: { [`/work/profiles.${extension}`]: text } });
    assertStringIncludes(problems.join("\n"), wanted);
  });
}

Deno.test("below two spellings of a table, keys add up, a null changes nothing, and so does HCL's order", async () => {
  const { node } = await loadedProfile("default: {lock: a, ls: {long: true}}\nDefault: {Lock: ~, LS: {human: 1}}");
  assertEquals(plain(node), { lock: "a", ls: { long: true, human: 1 } });
  const hcl = { files: { "/work/profiles.hcl": 'default { lock = "a" }\nDefault { LOCK = "b" }' } };
  assertEquals(plain((await loadedProfile(hcl)).node), { lock: "b" });
});
