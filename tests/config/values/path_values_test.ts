import { assertEquals, assertStringIncludes } from "@std/assert";
import { loadedProfile, problemsOf } from "../../support/configuration.ts";
import type { FakeFile } from "../../support/fake_files.ts";

const ENV = { HOME: "/home/user", SUB: "sub", ABS: "/abs" };

async function flag(name: string, config: string, yaml: string): Promise<unknown> {
  const { profile } = await loadedProfile({
    files: { [`/work/${config}`]: `default: {${yaml}}` },
    name: config,
    env: ENV,
  });
  const value = (profile.options as Record<string, unknown>)[name] ?? profile.flags.get(name);
  return String(value) === "×××" ? profile.options.repository?.reveal() : value;
}

const CASES = [
  ["password-file: key", "profiles.yaml", "password-file", "key"],
  ["password-file: ./a/../key", "conf/p.yaml", "password-file", "conf/key"],
  ["password-file: ~/key", "conf/p.yaml", "password-file", "/home/user/key"],
  ["password-file: /key", "conf/p.yaml", "password-file", "/key"],
  ["password-file: $SUB/key", "conf/p.yaml", "password-file", "conf/sub/key"],
  ["password-file: ''", "conf/p.yaml", "password-file", ""],
  ["cacert: [a.pem, ~/b.pem]", "conf/p.yaml", "cacert", ["conf/a.pem", "/home/user/b.pem"]],
  ["repository: ~/r/$SUB", "p.yaml", "repository", "/home/user/r/sub"],
  ["repository: 'local:~/r'", "p.yaml", "repository", "local:~/r"],
  ["repository: 'a$$SUB$1${'", "p.yaml", "repository", "a$SUB$1${"],
  ["lock: ~/lock", "p.yaml", "lock", "/home/user/lock"],
  ["status-file: status.json", "conf/p.yaml", "status-file", "/work/status.json"],
  ["new-password-file: n", "conf/p.yaml", "new-password-file", "conf/n"],
  ["path: [~/x, y]", "p.yaml", "path", ["/home/user/x", "/work/y"]],
  ["path: true", "p.yaml", "path", true],
  ["env: {DATA: d}, password-file: $DATA/k", "p.yaml", "password-file", "d/k"],
  ["password-file: $PROFILE_NAME-$PROFILE_COMMAND", "p.yaml", "password-file", "default-backup"],
  ["base-dir: /base, password-file: key", "conf/p.yaml", "password-file", "/work/conf/key"],
  ["base-dir: rel, status-file: s", "p.yaml", "status-file", "/work/rel/s"],
] as const;

for (const [yaml, config, name, wanted] of CASES) {
  Deno.test(`paths: ${yaml} in ${config}`, async () => {
    assertEquals(await flag(name, config, yaml), wanted);
  });
}

Deno.test("path in a section is absolute from the working folder", async () => {
  const { profile } = await loadedProfile("default: {base-dir: /base, ls: {path: [~/x, y, true]}}");
  assertEquals(profile.sections.get("ls")?.flags.get("path"), ["/home/user/x", "/base/y", "true"]);
  assertEquals([...profile.madeAbsolute], ["/base/y"]);
});

const TREE = {
  "/base/c.txt": "",
  "/link": { link: "/base" },
} satisfies Record<string, FakeFile>;

const SOURCES = [
  ["source: [., ./here/, /abs/, '', '~']", [".", "./here/", "/abs/", "/home/user"]],
  ["source: ['d/*.txt', 'd/photos [2020]']", ["d/*.txt", "d/photos [2020]"]],
  ["source: [-x]", ["./-x"]],
  ["source: [c.txt, /x], source-base: /base", ["/base/c.txt", "/x"]],
  ["source: ['*.txt'], source-base: d", ["d/*.txt"]],
  ["source: ['*', ../up], source-base: /link, source-relative: true", ["*", "../up"]],
  ["source: ['echo', '*', '~'], stdin-from-command: true", ["echo", "*", "~"]],
] as const;

for (const [yaml, wanted] of SOURCES) {
  Deno.test(`sources: ${yaml}`, async () => {
    const text = `default: {backup: {${yaml}}}`;
    const { profile } = await loadedProfile({ yaml: text, files: TREE, env: ENV });
    assertEquals(profile.sections.get("backup")?.options.source, wanted);
  });
}

Deno.test("sources are joined to base-dir", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {base-dir: /base, backup: {source: ['*.txt', x]}}",
    files: TREE,
  });
  assertEquals(profile.sections.get("backup")?.options.source, ["/base/*.txt", "/base/x"]);
});

Deno.test("a relative backup gets absolute paths, the other commands do not", async () => {
  const yaml =
    "default: {repository: 'local:repo', password-file: key, cacert: [a], backup: {source-base: /link, source-relative: true, exclude-file: e}}";
  const { profile } = await loadedProfile({ yaml, files: TREE });
  const backup = profile.sections.get("backup");
  assertEquals([...backup?.flags ?? []], [
    ["repository", "local:/work/repo"],
    ["password-file", "/work/key"],
    ["cacert", ["/work/a"]],
  ]);
  assertEquals(backup?.options["exclude-file"], ["/work/e"]);
  assertEquals(backup?.options["source-base"], "/base");
  assertEquals(profile.options["password-file"], "key");
});

Deno.test("the section of a relative backup replaces what the profile says", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {repository: r, files-from: common, exclude-file: common, include-file: i, " +
      "backup: {source-base: /base, source-relative: true, repository: ../own, files-from: f}}",
    files: TREE,
  });
  const backup = profile.sections.get("backup");
  assertEquals(Object.fromEntries(backup?.flags ?? []), {
    repository: "local:/own",
    "exclude-file": "/work/common",
  });
  assertEquals(backup?.options["files-from"], ["/work/f"]);
});

Deno.test("patterns know ~ and variables in a backup alone", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {exclude: ~/$SUB, restore: {exclude: [~/$SUB]}, backup: {exclude: ~/$SUB, iexclude: [$SUB/*]}}",
    env: ENV,
  });
  assertEquals(profile.flags.get("exclude"), "~/$SUB");
  assertEquals(profile.sections.get("restore")?.flags.get("exclude"), ["~/$SUB"]);
  const { exclude, iexclude } = profile.sections.get("backup")?.options ?? {};
  assertEquals([exclude, iexclude], [["/home/user/sub"], ["sub/*"]]);
});

Deno.test("patterns know ~ and variables behind a !", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {backup: {exclude: [~/x/*, '!~/x/y', '!~root/z', '!$SUB', '!*.c', '!!~'], iexclude: '!~/$SUB'}}",
    env: ENV,
  });
  const { exclude, iexclude } = profile.sections.get("backup")?.options ?? {};
  assertEquals(exclude, ["/home/user/x/*", "!/home/user/x/y", "!/home/root/z", "!sub", "!*.c", "!!/home/user"]);
  assertEquals(iexclude, ["!/home/user/sub"]);
});

for (
  const [yaml, source, workingDir] of [
    ["base-dir: '', backup: {source: [files, /x]}", ["files", "/x"], "/work"],
    ["base-dir: $NOTHING, backup: {source: [files]}", ["files"], "/work"],
    ["base-dir: '', backup: {source: [files], source-base: sub}", ["sub/files"], "/work"],
    ["backup: {source: [files], source-base: ''}", ["files"], "/work"],
    ["base-dir: /base, backup: {source: [files], source-base: ''}", ["/base/files"], "/base"],
    ["base-dir: 2024, backup: {source: [files]}", ["/work/2024/files"], "/work/2024"],
  ] as const
) {
  Deno.test(`an empty folder is none: ${yaml}`, async () => {
    const { profile } = await loadedProfile({ yaml: `default: {${yaml}}`, env: { ...ENV, NOTHING: "" } });
    assertEquals([profile.sections.get("backup")?.options.source, profile.workingDir], [source, workingDir]);
  });
}

const MISTAKES = [
  ["password-file: $NONE/key", 'warning: Variable "NONE" is not set'],
  ["base-dir: $NONE/x", 'error: Cannot use "$NONE/x": variable "NONE" is not set'],
  ["backup: {source: ['${NONE}/']}", 'error: Cannot use "${NONE}/"'],
  ["backup: {source-base: $NONE/}", 'error: Cannot use "$NONE/"'],
  ["ls: {path: [$NONE]}", 'Variable "NONE" is not set'],
  ["repository: 'local:~/x'", "warning:"],
] as const;

for (const [text, wanted] of MISTAKES) {
  Deno.test(`paths: ${text} is told with its place`, async () => {
    const problems = await problemsOf({ yaml: `default: {${text}}`, env: ENV });
    assertStringIncludes(problems.join("\n"), wanted);
    assertStringIncludes(problems.join("\n"), "profiles.yaml:1:");
  });
}

Deno.test("paths see the variables of env files, env wins over them", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {env-file: [v.env, none.env], env: {B: env}, password-file: $A-$B}",
    files: { "/work/v.env": "A=file\nB=file\n" },
  });
  assertEquals(profile.options["password-file"], "file-env");
});

for (
  const [yaml, wanted] of [
    ["backup: {source: x, exclude: [$NONE]}", 'Variable "NONE" is not set'],
    ["ls: {path: [$NONE]}", 'Variable "NONE" is not set'],
    ["backup: {source: x, exclude: [$EMPTY]}", "has no effect"],
    ["ls: {path: [$EMPTY]}", "expands to nothing"],
  ] as const
) {
  Deno.test(`an item of which nothing is left is told once: ${yaml}`, async () => {
    const options = { yaml: `default: {repository: r, ${yaml}}`, env: { EMPTY: "" } };
    const { diagnostics } = await loadedProfile(options);
    assertEquals(diagnostics.length, 1);
    assertStringIncludes(diagnostics[0]?.message ?? "", wanted);
  });
}
