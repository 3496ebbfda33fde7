import { assertEquals, assertStringIncludes } from "@std/assert";
import { type ConfigurationTexts, loadedProfile, problemsOf } from "../../support/configuration.ts";

const PART = "default: {lock: part}";

const INCLUDED = [
  ["relative to the configuration's folder", "sub/a.yaml", { "/work/sub/a.yaml": PART }],
  ["a pattern", "*/[a-b]?.yaml", { "/work/sub/ax.yaml": PART }],
  ["a name with pattern characters is that file", "a[1].yaml", { "/work/a[1].yaml": PART }],
  ["quoted pattern characters", String.raw`sub\[1]/*.yaml`, { "/work/sub[1]/x.yaml": PART }],
  ["hidden files match", "conf/*.yaml", { "/work/conf/.hidden.yaml": PART }],
  ["no folder for **", "apps/**/*.yaml", { "/work/apps/x.yaml": PART }],
  ["two folders for **", "apps/**/*.yaml", { "/work/apps/two/deep/x.yaml": PART }],
  ["every file below for ** at the end", "apps/**", { "/work/apps/two/deep/x.yaml": PART }],
  ["a home folder", "~/a.yaml", { "/home/user/a.yaml": PART }],
  ["a variable at the start", "$HOME/a.yaml", { "/home/user/a.yaml": PART }],
  ["another format", "a.toml", { "/work/a.toml": '[default]\nlock = "part"' }],
] as const;

for (const [name, item, files] of INCLUDED) {
  Deno.test(`includes: ${name}`, async () => {
    const { profile } = await loadedProfile({ yaml: `includes: ['${item}']\ndefault: {}`, files });
    assertEquals(profile.options.lock, "part");
  });
}

Deno.test("includes: the main file is not included again, includes of included files are ignored", async () => {
  const { profile } = await loadedProfile({
    yaml: "includes: ['*.yaml']\ndefault: {lock: main}",
    files: { "/work/a.yaml": "includes: b.conf", "/work/b.conf": "[default]\nlock = 'b'" },
  });
  assertEquals(profile.options.lock, "main");
});

Deno.test("includes: a null in the list is none", async () => {
  const yaml = "includes: [~, a.yaml]\ndefault: {}";
  const { profile } = await loadedProfile({ yaml, files: { "/work/a.yaml": PART } });
  assertEquals(profile.options.lock, "part");
});

Deno.test("includes: sorted by character code, item by item", async () => {
  const { profile } = await loadedProfile({
    yaml: "includes: [z.yaml, 'd/*.yaml']\ndefault: {}",
    files: { "/work/z.yaml": PART, "/work/d/a.yaml": "default: {lock: a}", "/work/d/B.yaml": "default: {lock: B}" },
  });
  assertEquals(profile.options.lock, "a");
});

const MISTAKES = [
  [
    "a file that is not there",
    { yaml: "includes: [none.yaml]\ndefault: {}" },
    "profiles.yaml:1:12: warning: Cannot include",
  ],
  [
    "a folder",
    { yaml: "includes: [sub]\ndefault: {}", files: { "/work/sub/a.yaml": "" } },
    'error: Cannot read "includes": "sub" is a folder',
  ],
  ["a wrong type", { yaml: "includes: 3\ndefault: {}" }, 'error: Cannot read "includes": wanted a path'],
  [
    "an unknown extension by name",
    { yaml: "includes: [a.txt]\ndefault: {}", files: { "/work/a.txt": "" } },
    "error: Cannot include",
  ],
  [
    "an unknown extension by pattern",
    { yaml: "includes: ['*.txt']\ndefault: {}", files: { "/work/a.txt": "" } },
    "warning: Cannot include",
  ],
  [
    "another version",
    { yaml: "includes: a.yaml\ndefault: {}", files: { "/work/a.yaml": "global: {}\nversion: 2" } },
    'a.yaml:2:1: error: Cannot include "a.yaml" of version 2 in "profiles.yaml" of version 1',
  ],
  [
    "version 2 in included HCL",
    { files: { "/work/profiles.hcl": 'includes = "a.hcl"\ndefault {}', "/work/a.hcl": "version = 2" } },
    'a.hcl:1:1: error: Cannot include "a.hcl" of version 2 in "profiles.hcl" of version 1',
  ],
  ["HCL", { yaml: "includes: a.hcl\ndefault: {}", files: { "/work/a.hcl": "" } }, "HCL"],
] as const satisfies readonly (readonly [string, ConfigurationTexts, string])[];

for (const [name, texts, wanted] of MISTAKES) {
  Deno.test(`includes: ${name} is told`, async () =>
    assertStringIncludes((await problemsOf(texts)).join("\n"), wanted));
}

const VERSIONS = [
  ["version: v2\ndefault: {}", 'warning: Unknown version "v2": read as version 1'],
  ["version: {a: b}\ndefault: {}", "warning: Unknown version a table: read as version 1"],
  ["version: [2]\ndefault: {}", "warning: Unknown version a list: read as version 1"],
  ["version: 3\nprofiles: {default: {}}", 'warning: Unknown version "3": read as version 2'],
  ["version: 1\nVersion: 2\ndefault: {}", 'profiles.yaml:2:1: error: Duplicate key "Version"'],
  ["version: 0\ndefault: {}", "error: Cannot use version 0"],
  ["version: -1\ndefault: {}", "error: Cannot use version -1"],
] as const;

for (const [yaml, wanted] of VERSIONS) {
  Deno.test(`a version that does not exist is told: ${JSON.stringify(yaml)}`, async () =>
    assertStringIncludes((await problemsOf(yaml)).join("\n"), wanted));
}

Deno.test("includes: a matching name that is not UTF-8 is an error that names the folder", async () => {
  const found = await problemsOf({
    yaml: "includes: ['conf/*']\ndefault: {}",
    files: { "/work/conf/lat\ufffdin.yaml": PART },
  });
  assertEquals(found, [
    'profiles.yaml:1:12: error: Cannot read "includes": A name in "/work/conf" is not UTF-8\n' +
    "  hint: Give the file or folder another name",
  ]);
});
