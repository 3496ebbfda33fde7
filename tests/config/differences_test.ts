/** Where this program is better than the original, as far as the tests of single modules do not show it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { run } from "../../src/commands/dispatch.ts";
import { describe } from "../../src/commands/show.ts";
import { layoutBlocks } from "../../src/views/aligned_blocks.ts";
import { loadConfiguration } from "../../src/config/load.ts";
import { configuration, loadedProfile, plain, problemsOf } from "../support/configuration.ts";
import { fakeWorld } from "../support/fake_world.ts";

/** What is said about a file, warnings and errors, on lines. */
async function told(path: string, text: string, name = path): Promise<string> {
  return (await problemsOf({ files: { [`/work/${path}`]: text }, name })).join("\n");
}

for (const path of ["p.HCL", "p.Conf", "p.YAML", "p.Toml", "p.JSON"]) {
  Deno.test(`${path} has the format of its extension in any case of letters`, async () => {
    const text = path === "p.JSON"
      ? '{"default": {"lock": "l"}}'
      : path === "p.YAML"
      ? "default: {lock: l}"
      : undefined;
    const block = path === "p.HCL" ? 'default { lock = "l" }' : '[default]\nlock = "l"';
    const { profile } = await loadedProfile({ files: { [`/work/${path}`]: text ?? block }, name: path });
    assert(profile.options.lock?.endsWith("l"));
  });
}

Deno.test("dates without quotes keep the text of the file", async () => {
  const yaml = await loadedProfile(
    "default: {backup: {time: 2020-01-01, tag: [2020-01-01T10:00:00Z], source: 2020-02-01}}",
  );
  const toml = await loadedProfile({
    files: { "/work/p.toml": "[default.backup]\ntime = 2020-01-01\ntag = [2020-01-01T10:00:00Z]\nsource = 2020-02-01" },
    name: "p.toml",
  });
  for (const { profile } of [yaml, toml]) {
    const { flags, options } = profile.sections.get("backup")!;
    assertEquals([flags.get("time"), flags.get("tag")], ["2020-01-01", ["2020-01-01T10:00:00Z"]]);
    assert(options.source?.[0]?.endsWith("2020-02-01"));
  }
});

Deno.test("duplicates in JSON and a second document of YAML warn, with their line", async () => {
  assertStringIncludes(
    await told("p.json", '{"default": {"lock": "a",\n"lock": "b"}}'),
    'p.json:2:1: warning: Duplicate key "lock"',
  );
  assertStringIncludes(await told("p.yaml", "default: {}\n---\nother: {}"), "p.yaml:2:1: warning: ");
  assertEquals(await told("q.yaml", "%YAML 1.2\n---\ndefault: {}"), "");
});

Deno.test("integers of 64 bits are exact in JSON", async () => {
  const { profile } = await loadedProfile({
    files: { "/work/p.json": '{"default": {"tag": 9007199254740993}}' },
    name: "p.json",
  });
  assertEquals(profile.flags.get("tag"), 9007199254740993n);
});

Deno.test("hooks of repeated HCL blocks add up, in any case of letters", async () => {
  const hcl = `default { backup { send-after { url = "1" } } }
default "backup" { Send-After { url = "2" method = "PUT" } send-after = { url = "3" } }`;
  const files = { "/work/profiles.hcl": hcl };
  const { node } = await loadedProfile({ files });
  assertEquals(plain(node), {
    backup: { "send-after": [{ url: "1" }, { url: "2", method: "PUT" }, { url: "3" }] },
  });
});

Deno.test("labelled and plain HCL blocks of one name are mixed, in any case of letters", async () => {
  const text = 'Default { Backup { SOURCE = ["/a"] } }\ndefault "backup" { tag = "x" }\n';
  const { profile } = await loadedProfile({ files: { "/work/p.hcl": text }, name: "p.hcl" });
  const { options, flags } = profile.sections.get("backup")!;
  assertEquals([options.source, flags.get("tag")], [["/a"], "x"]);
});

for (const name of ["MyHome", "myhome", "MYHOME"]) {
  Deno.test(`mixins apply to a profile that is called as ${name}, inherited too`, async () => {
    const { profile } = await loadedProfile(
      `version: 2
mixins: {m: {tag: x}}
profiles: {Base: {Use: M}, MyHome: {inherit: bAsE, backup: {use: m}}}`,
      name,
    );
    assertEquals([profile.flags.get("tag"), profile.sections.get("backup")?.flags.get("tag")], ["x", "x"]);
  });
}

Deno.test("mixins of a profile whose name begins with this one's are its own alone", async () => {
  const { profile } = await configuration(`version: 2
mixins: {m: {"tag...": x}}
profiles: {ab: {tag: a}, abc: {inherit: ab, use: m}}`);
  assertEquals(plain((await profile("ab")).node), { tag: "a" });
  assertEquals((await profile("abc")).profile.flags.get("tag"), ["a", "x"]);
});

for (const command of ["profiles", "show"]) {
  Deno.test(`${command} runs no program and needs no restic; its listing is alone on standard output`, async () => {
    const files = { "/work/profiles.yaml": "default: {repository: r, backup: {source: s}}" };
    const world = fakeWorld({ files, env: { PATH: "/none", HOME: "/home/user" } });
    assertEquals(await run([command], world), 0);
    assertEquals(world.ran, []);
    assertStringIncludes(world.printed.stdout, "default");
    assert(!world.printed.stdout.includes("Using configuration file"));
    assertStringIncludes(world.printed.stderr, "Using configuration file");
  });
}

Deno.test("show tells where each value comes from, through templates and includes", async () => {
  const world = fakeWorld({
    files: {
      "/work/profiles.yaml": "includes: more.toml\ndefault:\n{{ range list 1 2 }}{{ end }}  lock: l\n",
      "/work/more.toml": '[default]\n\ntag = "x"\n',
    },
  });
  const loaded = await loadConfiguration(world, { name: "profiles", format: undefined });
  const { text } = (await describe("default", loaded, { origins: true, layout: layoutBlocks }, fakeWorld()))!;
  for (const origin of ["profiles.yaml:3", "more.toml:3"]) assertStringIncludes(text, origin);
});

Deno.test("a mistake in an included file behind templates is told with the line of that file", async () => {
  const problems = await problemsOf({
    yaml: "includes: more.yaml\ndefault: {}",
    files: { "/work/more.yaml": '{{ define "x" }}\n\n{{ end }}default:\n  {{/* no */}}\n  initialize: maybe\n' },
  });
  assertStringIncludes(problems.join("\n"), 'more.yaml:5:3: error: Cannot read "default.initialize"');
});

Deno.test("keys of sections that only this program understands reach restic in no version", async () => {
  const section = '{backup: {source: s, use: m, "...tag": a, host__append: b}}';
  const first = await loadedProfile(`default: ${section}`);
  const second = await loadedProfile(`version: 2\nmixins: {m: {}}\nprofiles: {default: ${section}}`);
  assertEquals([...first.profile.sections.get("backup")!.flags.keys()], []);
  assertEquals([...second.profile.sections.get("backup")!.flags.keys()].sort(), ["host", "tag"]);
});
