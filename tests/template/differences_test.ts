/** Where templates are better than the original's, as far as the tests of single modules do not show it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { loadedProfile, problemsOf } from "../support/configuration.ts";
import { loadConfiguration } from "../../src/config/load.ts";
import { fakeWorld } from "../support/fake_world.ts";

/** The text that an action gives, by way of a configuration. */
async function valueOf(action: string, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const yaml = `default:\n  description: '${action}'\n`;
  return (await loadedProfile({ yaml, env: { HOME: "/home/user", ...env } })).profile.options.description;
}

Deno.test("the main file can use templates that an included file defines", async () => {
  const { profile } = await loadedProfile({
    yaml: 'includes: more.yaml\ndefault:\n  tag: {{ template "later" . }}\n',
    files: { "/work/more.yaml": '{{ define "later" }}found{{ end }}' },
  });
  assertEquals(profile.flags.get("tag"), "found");
});

Deno.test("files are templates of their names, those without an action too", async () => {
  const { profile } = await loadedProfile({
    yaml: 'includes: plain.yaml\ndefault:\n{{ template "plain.yaml" }}',
    files: { "/work/plain.yaml": "  tag: x\n" },
  });
  assertEquals(profile.flags.get("tag"), "x");
});

for (
  const [what, action, env, value] of [
    ["join takes any list", '{{ join "," (list 1 true "a") }}', {}, "1,true,a"],
    ["randInt takes any integer", '{{ randInt 0 (len "a") "seed" }}', {}, "0"],
    ["json makes a quoted text of any value", "{{ json (list 1 true) }}", {}, '"[1,true]"'],
    ["json of an unset variable has the text of one", "{{ json .Env.NONE }}", {}, '"<no value>"'],
    [
      "the manual's or gives the fallback as Go does",
      '{{ .Env.HOME | or .Env.USERPROFILE | or "/f" }}',
      {},
      "/f",
    ],
    ["or with its values as arguments", '{{ or .Env.HOME .Env.USERPROFILE "/f" }}', {}, "/home/user"],
    ["an unset variable keeps its text", "{{ .Env.NONE }}", {}, "<no value>"],
    [
      "names that differ in case: the first by name",
      "{{ .Env.ABC }}",
      { abc: "2", Abc: "1" },
      "1",
    ],
    ["TZ in its POSIX form", '{{ .Now.Format "-0700" }}', { TZ: "CET-1CEST" }, "+0100"],
  ] as const
) {
  Deno.test(`templates: ${what}`, async () => assertEquals(await valueOf(action, env), value));
}

Deno.test("templates: .Now has no reading of the monotonic clock", async () => {
  assert(!String(await valueOf("{{ .Now }}")).includes("m="));
});

Deno.test("templates: only variables whose text is wanted are told to be unset", async () => {
  const quiet = await problemsOf(
    'default:\n  tag: {{ if .Env.NONE }}{{ end }}{{ or .Env.NONE "x" }}{{ with .Env.NONE }}{{ end }}',
  );
  assertEquals(quiet, []);
  for (const [action, column] of [[".Env.NONE", 15], ["json .Env.NONE", 20]] as const) {
    const [problem = "", ...more] = await problemsOf(`default:\n  tag: {{ ${action} }}`);
    assertStringIncludes(
      problem,
      `profiles.yaml:2:${column}: warning: Variable "NONE" is not set: rendered as "<no value>"`,
    );
    assertEquals(more, []);
  }
});

Deno.test("templates: a message names file, line and column, and the fields that are there", async () => {
  const [problem = ""] = await problemsOf("default:\n  tag: {{ .Nope }}");
  assertStringIncludes(problem, 'profiles.yaml:2:11: error: Cannot read field ".Nope"');
  assertStringIncludes(problem, ".Profile");
  assert(!/interface|struct \{/.test(problem));
});

Deno.test("templates: $$ of patterns and flags is one $, and nothing is expanded twice", async () => {
  const { profile } = await loadedProfile({
    yaml: "default: {repository: r, backup: {source: s, exclude: ['$$RECYCLE.BIN', '$A']}}",
    env: { A: "$B", B: "no" },
  });
  assertEquals(profile.sections.get("backup")?.options.exclude, ["$RECYCLE.BIN", "$B"]);
});

Deno.test("templates: {{ env }} makes its file when a profile is loaded, not before", async () => {
  const files = { "/work/profiles.yaml": "default:\n  run-before: echo A=1 >> {{ env }}" };
  const world = fakeWorld({ files });
  const loaded = await loadConfiguration(world, { name: "profiles", format: undefined });
  const file = "/tmp/resticprofile-1000/t/default.env";
  assertEquals(world.files.stat(file), undefined);
  await loaded.profile("default");
  assertEquals(world.files.stat(file)?.mode, 0o600);
});
