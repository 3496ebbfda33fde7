import { assert } from "@std/assert";
import { readConfiguration } from "../../src/config/load.ts";
import { allProblems } from "../../src/commands/validate.ts";
import { describe } from "../../src/commands/show.ts";
import { ConfigError } from "../../src/model/diagnostic.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { mutate, randomOf } from "../support/mutate.ts";

const FIRST = `version: "1"
includes: [more.toml, "d/*.yaml"]
global: {default-command: check, priority: low, send-timeout: 30s, shell: [sh], schedule-defaults: {log: x}}
groups: {all: [default, child], one: child}
default: &d
  repository: local:/r
  env: {A: 1, B: null}
  run-before: [mark x, null]
  backup: {source: ["*.x", ~, "$A/b"], tag: [1, true], schedule: {at: daily}, send-after: {url: u, headers: [{name: a, value: b}]}}
  retention: {after-backup: true, keep-last: 3}
child: {inherit: default, backup: {source: [y], schedule: daily}, stream-error: {pattern: "(a)", run: x}}
`;
const SECOND = `version: 2
groups: {all: {profiles: [a], continue-on-error: true, schedules: {check: {at: daily}}}}
mixins: {m: {default-vars: {x: 1}, lock: $x, use: n}, n: {exclude...: "*.bak", backup: {...tag: $x}}}
profiles:
  a: {repository: r, use: [m, {name: n, x: 2}], tag...: [b], backup: {use: n, source: [x], source-relative: true}}
  b: {inherit: a, "...tag": {a: b}, base-dir: /base, initialize: "{{ .Profile.Name }}"}
`;

/** Everything that reads a configuration; errors of it are the only ones allowed. */
async function readAll(text: string): Promise<void> {
  const world = fakeWorld({ files: { "/work/p.yaml": text, "/work/more.toml": "[default]\nlock = '~/l'\n" } });
  await allProblems(world, { name: "p.yaml", format: undefined });
  try {
    const configuration = await readConfiguration(world, { name: "p.yaml", format: undefined });
    for (const name of [...configuration.profileNames(), ...configuration.groupNames()]) {
      await describe(name, configuration, true);
    }
  } catch (error) {
    assert(error instanceof ConfigError, `${error} for ${JSON.stringify(text)}`);
  }
}

for (const [name, text] of [["1", FIRST], ["2", SECOND]] as const) {
  Deno.test(`B14 no damage to a configuration of version ${name} ends in a crash`, async () => {
    const random = randomOf(Number(name));
    for (let round = 0; round < 400; round++) await readAll(mutate(text, random));
  });
}
