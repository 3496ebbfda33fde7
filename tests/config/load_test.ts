import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { loadConfiguration } from "../../src/config/load.ts";
import { ConfigError } from "../../src/model/diagnostic.ts";
import { configuration, loadedProfile, plain, problemsOf } from "../support/configuration.ts";
import { fakeWorld } from "../support/fake_world.ts";

Deno.test("names: version 1 has every table but the reserved ones, a null is none", async () => {
  const { profileNames, groupNames, hasProfile } = await configuration(
    "global: {}\ngroups: {All: [b], None: ~}\n$schema: x\nB: {}\nmixins: {}\nnothing:\nscalar: 1",
  );
  assertEquals(profileNames(), ["b", "mixins"]);
  assertEquals(groupNames(), ["all"]);
  assertEquals([hasProfile("b"), hasProfile("B"), hasProfile("nothing"), hasProfile("scalar"), hasProfile("global")], [
    true,
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("reserved sections are no profiles", async () => {
  await assertRejects(async () => await (await configuration("global: {}")).profile("global"), ConfigError);
});

Deno.test("names: version 2 has what is below profiles, with any characters in it", async () => {
  const { profileNames, profile } = await configuration(
    "version: 2\nother: {a: b}\nprofiles: {a.b: {}, My Photos é: {lock: l}}",
  );
  assertEquals(profileNames(), ["a.b", "my photos é"]);
  const loaded = await profile("MY photos É");
  assertEquals([loaded.profile.name, loaded.profile.options.lock], ["MY photos É", "l"]);
});

Deno.test("a profile that is no table disturbs no other", async () => {
  const { profile } = await configuration("a: text\nb: {}");
  assertEquals((await profile("b")).profile.name, "b");
  await assertRejects(() => profile("a"), ConfigError, 'Cannot read "a": wanted a table');
});

Deno.test("groups are found in any case, members keep their spelling", async () => {
  const { loadedGroup } = await configuration("groups: {Full: [A, b]}");
  assertEquals(loadedGroup("fULL")?.group.profiles, ["A", "b"]);
  assertEquals(loadedGroup("none"), undefined);
});

Deno.test("groups in the layout of the other version are errors when used, with the remedy", async () => {
  const second = await configuration("version: 2\ngroups: {g: [a]}");
  await assertRejects(
    () => Promise.try(() => second.loadedGroup("g")),
    ConfigError,
    'write the list as its key "profiles"',
  );
  const first = await configuration("groups: {g: {profiles: [a]}}");
  await assertRejects(() => Promise.try(() => first.loadedGroup("g")), ConfigError, 'version = "2"');
});

for (const schedules of ["daily", "[daily]"]) {
  Deno.test(`schedules of a group are a table of commands, not ${schedules}`, async () => {
    const { loadedGroup } = await configuration(`version: 2\ngroups: {g: {schedules: ${schedules}}}`);
    await assertRejects(
      () => Promise.try(() => loadedGroup("g")),
      ConfigError,
      'yaml:2:14: error: Cannot read "groups.g.sch',
    );
  });
}

for (const section of ["profiles", "groups", "mixins", "global"]) {
  Deno.test(`a value for ${section} stops everything`, async () => {
    const error = await assertRejects(() => configuration(`version: 2\n${section}: text`), ConfigError);
    assertStringIncludes(error.message, `profiles.yaml:2:1: error: Cannot read "${section}": wanted a table`);
  });
}

Deno.test("syntax errors of all included files are told, with line, text and caret", async () => {
  const files = {
    "/work/profiles.yaml": "includes: [a.toml, b.json]",
    "/work/a.toml": "[default\n",
    "/work/b.json": "{]",
  };
  const error = await assertRejects(() => configuration({ files }), ConfigError);
  assertEquals((error as ConfigError).diagnostics.map(({ at }) => `${at?.path}:${at?.line}`), ["a.toml:1", "b.json:1"]);
  assertStringIncludes(error.message, "\n  [default\n          ^");
});

Deno.test("HCL blocks are merged to any depth, over repeated blocks and includes", async () => {
  const files = {
    "/work/profiles.hcl":
      'includes = "more.hcl"\ndefault { backup { source = "/a" tag = ["x"] } }\ndefault "backup" { send-before { url = "1" } send-before { url = "2" } }\nDefault { Backup { host = "h" } }',
    "/work/more.hcl": 'default { backup { tag = ["y"] } }',
  };
  const { node } = await loadedProfile({ files });
  assertEquals(plain(node), {
    backup: { source: "/a", tag: ["y"], "send-before": [{ url: "1" }, { url: "2" }], host: "h" },
  });
});

Deno.test("a group in two blocks of HCL is that of the later one, as any value", async () => {
  const blocks = 'groups { g = ["a"] h = "a" }\ngroups { g = ["b"] H = ["b", "c"] }';
  const { loadedGroup } = await configuration({ files: { "/work/profiles.hcl": blocks } });
  assertEquals([loadedGroup("g")?.group.profiles, loadedGroup("h")?.group.profiles], [["b"], ["b", "c"]]);
  const once = { files: { "/work/profiles.hcl": 'groups { g = "a" G = "b" }' } };
  const error = await assertRejects(async () => (await configuration(once)).loadedGroup("g"), ConfigError);
  assertStringIncludes(error.message, '"g" is already defined');
});

Deno.test("at() names the line of the file that holds the value", async () => {
  const { profile } = await loadedProfile({
    yaml: "includes: more.toml\ndefault:\n  inherit: base\n  backup:\n    tag: [a,\n      b]",
    files: { "/work/more.toml": '[base]\nrun-before = ["x",\n  "y"]\n' },
  });
  assertEquals(profile.at(["backup", "tag", 1]), { path: "profiles.yaml", line: 6, column: 7 });
  assertEquals(profile.at(["run-before", 1]), { path: "more.toml", line: 3, column: 3 });
  assertEquals(profile.at(["backup", "none"])?.line, 4);
});

Deno.test("templates: a file is executed for the profile, its lines lead back to the source", async () => {
  const yaml = `{{ define "p" }}
  tag: {{ .Profile.Name }}
  initialize: perhaps
{{ end -}}
default:
  {{ template "p" . }}
`;
  const [problem = ""] = await problemsOf(yaml);
  assertStringIncludes(problem, 'profiles.yaml:3:3: error: Cannot read "default.initialize"');
  const { profile } = await loadedProfile(yaml.replace("perhaps", "true"));
  assertEquals(profile.flags.get("tag"), "default");
});

Deno.test("templates: an unset variable is told once, with its line", async () => {
  const problems = await problemsOf("default:\n  tag: {{ .Env.NONE }}\n  host: {{ .Env.NONE }}");
  assertEquals(problems.length, 1);
  assertStringIncludes(problems[0] ?? "", "profiles.yaml:2:");
});

Deno.test("templates: the file of env is made when a profile is loaded, and is one of its env files", async () => {
  const world = fakeWorld({ files: { "/work/profiles.yaml": "default:\n  run-before: echo {{ env }}\nother: {}" } });
  const loaded = await loadConfiguration(world, { name: "profiles", format: undefined });
  assert(world.files.stat("/tmp/resticprofile-1000/t/default.env") === undefined);
  const { profile } = await loaded.profile("default");
  assertEquals(profile.dotenv, "/tmp/resticprofile-1000/t/default.env");
  assertEquals(world.files.stat(profile.dotenv ?? "")?.mode, 0o600);
});

Deno.test("templates: base-dir changes .CurrentDir, not .ConfigDir of a relative name", async () => {
  const { profile } = await loadedProfile({
    yaml: "default:\n  base-dir: /base\n  tag: '{{ .CurrentDir }} {{ .StartupDir }} {{ .ConfigDir }}'",
    files: { "/base/": "" },
  });
  assertEquals(profile.flags.get("tag"), "/base /work /work");
});

Deno.test("templates: a mistake for one profile is told with its name, and stops no other", async () => {
  const { profile } = await configuration(
    'good:\n  tag: {{ .Profile.Name }}\nbad:\n  tag: {{ if eq .Profile.Name "bad" }}{{ index .Env 5 }}{{ end }}',
  );
  assertEquals((await profile("good")).profile.flags.get("tag"), "good");
  const error = await assertRejects(() => profile("bad"), ConfigError);
  assertStringIncludes(error.message, "profiles.yaml:4:");
  assertStringIncludes(error.message, 'Cannot load profile "bad"');
});

Deno.test("templates: what the result of a template looks like is told when it cannot be parsed", async () => {
  const error = await assertRejects(() => configuration('{{ print "a: [" }}\n'), ConfigError);
  assertStringIncludes(error.message, "The template gave:\n     1: a: [");
});

Deno.test("trace: every file after its templates, numbered, for the start and for the profile", async () => {
  const traced: string[] = [];
  const world = fakeWorld({ files: { "/work/profiles.yaml": "docs:\n  tag: {{ .Profile.Name }}" } });
  const { profile } = await loadConfiguration(world, {
    name: "profiles",
    format: undefined,
    trace: (text) => traced.push(text),
  });
  await profile("docs");
  assertEquals(traced.map((text) => text.split("\n")), [
    ['Configuration profiles.yaml for profile "default":', "  1: docs:", "  2:   tag: default"],
    ['Configuration profiles.yaml for profile "docs":', "  1: docs:", "  2:   tag: docs"],
  ]);
});

Deno.test("the found file is told if it is not the name that was asked for", async () => {
  const { diagnostics } = await configuration({ files: { "/work/a.yaml": "" }, name: "a" });
  assertEquals(diagnostics.map(({ severity }) => severity), ["info"]);
  assertEquals((await configuration({ files: { "/work/a.yaml": "" }, name: "a.yaml" })).diagnostics, []);
});

Deno.test("base-dir is a clean path, but where a link leads elsewhere it is the folder that the system finds", async () => {
  const files = {
    "/work/conf/x": "",
    "/work/two/x": "",
    "/work/profiles.yaml": `
a: {base-dir: /work/conf/../two/}
b: {base-dir: conf/../two}
c: {base-dir: /work/link/../two}`,
  };
  const world = fakeWorld({ files });
  // as a system does it, which follows the link before it goes up
  const realPath = (path: string) => path === "/work/link/../two" ? "/other/two" : world.files.realPath(path);
  const { profile } = await loadConfiguration({ ...world, files: { ...world.files, realPath } }, {
    name: "profiles",
    format: undefined,
  });
  const folders = await Promise.all(["a", "b", "c"].map(async (name) => (await profile(name)).profile.workingDir));
  assertEquals(folders, ["/work/two", "/work/two", "/work/link/../two"]);
});
