import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseInvocation } from "../../src/cli/parse.ts";
import { profileListing, profiles } from "../../src/commands/profiles.ts";
import { configuration } from "../support/configuration.ts";
import { fakeWorld } from "../support/fake_world.ts";

Deno.test("profiles lists every profile that can be run, sorted, then the groups", async () => {
  const { text, problems } = profileListing(
    await configuration(`version: 2
$schema: x
groups: {Z: {profiles: [a.b]}, all: {profiles: [empty, a.b], description: both}}
profiles:
  empty: {}
  none:
  a.b: {inherit: empty, description: dotted, check: {}, backup: {source: x}}`),
  );
  assertEquals(problems, []);
  assertEquals(
    text,
    `
Profiles available (name, sections, description):
  a.b:    (backup, check)  dotted
  empty:  (n/a)

Groups available (name, profiles, description):
  all:  [empty, a.b]  both
  z:    [a.b]

`,
  );
});

Deno.test("profiles leaves out what cannot be read, and says why", async () => {
  const { text, problems } = profileListing(
    await configuration("groups: {g: [good, gone], bad: {profiles: [good]}}\ngood: {}\nbroken: {inherit: nowhere}"),
  );
  assertEquals(text.includes("broken"), false);
  const told = problems.map(({ message }) => message).join("\n");
  for (const fact of ["nowhere", '"gone"', 'Cannot read group "bad"']) assertStringIncludes(told, fact);
});

Deno.test("profiles lists a profile whose values are wrong, for validate looks at those", async () => {
  const { text, problems } = profileListing(await configuration("p: {initialize: maybe, backup: {source: {a: b}}}"));
  assertEquals(text.includes("p:  (backup)"), true, text);
  assertEquals(problems, []);
});

Deno.test("profiles says so when there are none", async () => {
  assertStringIncludes((profileListing(await configuration("global: {}"))).text, "no profiles");
});

Deno.test("a value at the top and the layout of the other version are explained", async () => {
  const said = async (yaml: string) =>
    (await configuration(yaml)).diagnostics.filter(({ severity }) => severity === "warning").map(({ message, hint }) =>
      `${message} ${hint}`
    ).join("\n");
  assertStringIncludes(await said("default: {}\nstray: 1"), '"stray" is not a profile');
  assertStringIncludes(await said("profiles: {a: {lock: x}}"), 'Is version = "2" missing?');
  assertStringIncludes(await said("version: 2\ndefault: {backup: {source: x}}"), "Write it as profiles.default");
  assertEquals(await said("profiles: {repository: x, backup: {source: y}}"), "");
  assertEquals(await said("version: 2\nx-shared: {repository: x}"), "");
});

Deno.test("profiles --json lists them for programs", async () => {
  const world = fakeWorld({});
  const loaded = await configuration("groups: {g: [a]}\na: {description: d, check: {}, backup: {source: x}}");
  assertEquals(await profiles(parseInvocation(["profiles", "--json"], {}), loaded, world), 0);
  assertEquals(JSON.parse(world.printed.stdout), {
    profiles: [{ name: "a", description: "d", sections: ["backup", "check"] }],
    groups: [{ name: "g", description: "", profiles: ["a"] }],
  });
});
