import { assertEquals, assertStringIncludes } from "@std/assert";
import { loadedProfile, plain, problemsOf } from "../../support/configuration.ts";

function yaml(mixins: string, profile: string): string {
  return `version: 2\nmixins:\n${mixins.replace(/^/gm, "  ")}\nprofiles:\n  default: {${profile}}`;
}

const CASES = [
  ["content wins over the profile's own values", "m: {lock: x}", "use: m, lock: y", { lock: "x" }],
  ["a later mixin wins", "m: {lock: x}\nn: {lock: y}", "use: [m, n]", { lock: "y" }],
  ["content is merged at the place of use", "m: {long: true}", "ls: {use: m, human: true}", {
    ls: { human: true, long: true },
  }],
  ["operators add to what is there by then", "m: {tag...: 2}", "use: [m, m], tag: 1", { tag: [1, 2, 2] }],
  ["null takes a value away", "m: {lock: null}", "use: m, lock: y", {}],
  ["the outer use comes first", "o: {ls: {tag: 1}}\ni: {tag...: 2}", "ls: {use: i}, use: o", {
    ls: { tag: [1, 2] },
  }],
  [
    "a mixin that uses mixins has all of their content",
    "o: {use: i, ls: {use: j}}\ni: {lock: x}\nj: {long: true}",
    "use: o",
    {
      lock: "x",
      ls: { long: true },
    },
  ],
  [
    "operators of a used mixin reach the profile's list",
    "o: {ls: {use: i}}\ni: {tag...: 2}",
    "use: o, ls: {tag: 1}",
    {
      ls: { tag: [1, 2] },
    },
  ],
  ["use inside of list items", "m: {method: POST}", "backup: {send-before: [{use: m, url: u}]}", {
    backup: { "send-before": [{ url: "u", method: "POST" }] },
  }],
  ["a single table is one item", "m: {lock: $x}", "use: {name: m, x: y}", { lock: "y" }],
  ["use below env is no variable", "m: {A: b}", "env: {use: m}", { env: { a: "b" } }],
  [
    "vars wins over further keys, both over default-vars",
    "m: {default-vars: {a: 1, b: 1, c: 1}, tag: $a$b$c}",
    "use: [{name: m, a: 2, b: 2, vars: {A: 3}}]",
    {
      tag: "321",
    },
  ],
  ["numbers and booleans become text", "m: {default-vars: {a: 1.50, b: true}, tag: $a-$b}", "use: m", {
    tag: "1.5-true",
  }],
  ["unknown names stay, $$ is $", "m: {tag: '$a ${b} $$a'}", "use: m", { tag: "${a} ${b} $a" }],
  ["names in any case of letters", "Mix: {default-vars: {Name: x}, tag: $NAME}", "USE: mIX", { tag: "x" }],
] as const;

for (const [name, mixins, profile, wanted] of CASES) {
  Deno.test(`mixins: ${name}`, async () => {
    assertEquals(plain((await loadedProfile(yaml(mixins, profile))).node), wanted);
  });
}

Deno.test("mixins: a use of a wrong type is an error of the file, a variable of that name is none", async () => {
  const text = (use: string) =>
    `version: 2\nmixins: {m: {default-vars: {use: 1}}}\nprofiles: {a: {use: ${use}}, default: {}}`;
  assertStringIncludes((await problemsOf(text("3"))).join("\n"), 'Cannot read "use" of profile "a"');
  assertEquals(await problemsOf(text("[{name: m, use: 3}]")), []);
});

Deno.test("mixins of a parent are inherited as results", async () => {
  const text =
    "version: 2\nmixins: {m: {tag...: m}}\nprofiles:\n  a: {use: m, tag: a}\n  b: {inherit: a, tag: b}\n  c: {inherit: a}";
  assertEquals(plain((await loadedProfile(text, "b")).node), { inherit: "a", tag: "b" });
  assertEquals(plain((await loadedProfile(text, "c")).node), { inherit: "a", tag: ["a", "m"] });
});

const MISTAKES = [
  ["mixins in a circle", "a: {use: b}\nb: {use: a}", "use: a", "a → b → a"],
  ["a mixin that is not there", "mix: {}", "use: mixx", 'Did you mean "mix"?'],
  ["use as a number", "m: {}", "use: 3", 'Cannot read "use" of profile "default"'],
  ["an item of a wrong type", "m: {}", "use: [m, true]", 'Cannot read "use" of profile "default"'],
  ["use as a number in a list item", "m: {}", "backup: {send-after: [{use: 3}]}", "5:36: error: Cannot read"],
  ["use as a number in a mixin that nobody uses", "m: {use: 1}", "lock: x", 'Cannot read "use" of mixin "m"'],
  ["a mixin that is no table", "m: 3", "use: m", "the number 3"],
  ["a mixin that is no table and that nobody uses", "m: 3", "lock: x", 'warning: "m" is not a mixin'],
  [
    "a variable that is a list",
    "m: {default-vars: {x: [1]}, tag: $x}",
    "use: m",
    'warning: Cannot use variable "x" of mixin "m"',
  ],
  [
    "a use that is a table without name",
    "m: {}",
    "use: {nam: m}",
    'is ignored: the table has no "name"\n  hint: Did you',
  ],
  [
    "vars that are no table",
    "m: {tag: $x}",
    "use: [{name: m, vars: x}]",
    'warning: "vars" in "use" of profile "default"',
  ],
] as const;

for (const [name, mixins, profile, wanted] of MISTAKES) {
  Deno.test(`mixins: ${name} is told with its place`, async () => {
    const problems = (await problemsOf(yaml(mixins, profile))).join("\n");
    assertStringIncludes(problems, wanted);
    assertStringIncludes(problems, "profiles.yaml:");
  });
}
