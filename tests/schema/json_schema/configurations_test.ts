import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import { loadConfiguration } from "../../../src/config/load.ts";
import { openSources } from "../../../src/config/sources.ts";
import { ConfigError, type Diagnostic } from "../../../src/model/diagnostic.ts";
import { configurationSchema } from "../../../src/schema/json_schema/document.ts";
import { knownRelease } from "../../../src/schema/known_release.ts";
import { allCaseFiles, type CaseFiles } from "../../support/case_files.ts";
import { fakeWorld } from "../../support/fake_world.ts";

type Layout = 1 | 2;

function validator(layout: Layout, release?: string) {
  const known = release === undefined ? undefined : knownRelease(release);
  return new Ajv2020({ allowUnionTypes: true }).compile(configurationSchema(layout, known, "https://host/"));
}

const VALIDATORS = { 1: validator(1), 2: validator(2) };

/** Problems that a validator finds, each with its place; empty for a file that is right. */
function refusals(layout: Layout, value: unknown, validate = VALIDATORS[layout]): string[] {
  return validate(value)
    ? []
    : validate.errors!.map(({ instancePath, message, params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`
    );
}

/** All that the program has to say about the keys and values of a configuration. */
async function problemsOf(world: ReturnType<typeof fakeWorld>, name: string): Promise<Diagnostic[]> {
  const configuration = await loadConfiguration(world, { name, format: undefined });
  const problems = [...configuration.diagnostics];
  for (const profile of configuration.profileNames()) {
    problems.push(...(await configuration.profile(profile)).diagnostics);
  }
  for (const group of configuration.groupNames()) problems.push(...configuration.loadedGroup(group)!.diagnostics);
  return problems.filter(({ severity }) => severity !== "info");
}

/** What the main file holds after its templates, if the program finds nothing to say about it. */
async function validConfiguration({ files }: CaseFiles, name: string): Promise<unknown> {
  const paths = Object.entries(files).map(([path, text]) => [`/work/${path}`, text]);
  const world = fakeWorld({ files: Object.fromEntries(paths) });
  try {
    if ((await problemsOf(world, name)).length > 0) return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
  const { start } = await openSources(world, { name, format: undefined }, { report() {} });
  const text = JSON.stringify(start.sources[0]!.value, (_, item) => typeof item === "bigint" ? Number(item) : item);
  return JSON.parse(text);
}

Deno.test("the schemas accept every configuration of the cases that the program has nothing to say about", async () => {
  const accepted = { 1: 0, 2: 0 };
  for (const found of allCaseFiles()) {
    for (const { path, format } of found.configurations) {
      const value = format === "hcl" ? undefined : await validConfiguration(found, path);
      if (value === undefined) continue;
      const layout = Number((value as { version?: unknown }).version ?? 1) === 2 ? 2 : 1;
      assertEquals(refusals(layout, value), [], `${found.name} ${path}`);
      accepted[layout]++;
    }
  }
  assert(accepted[1] > 200 && accepted[2] > 25, JSON.stringify(accepted));
});

/** Profiles and global section of a file, where they stand in each layout. */
function file(layout: Layout, { global = {}, profile = {} }: { global?: unknown; profile?: unknown }): unknown {
  const profiles = { default: profile };
  return layout === 1 ? { version: "1", global, ...profiles } : { version: "2", global, profiles };
}

const HOOK = { url: "http://host" };

for (
  const [right, wrong] of [
    [{ global: { priority: "low" } }, { global: { priorty: "low" } }],
    [{ global: { priority: "low" } }, { global: { priority: "lowest" } }],
    [{ global: { nice: -5 } }, { global: { nice: 30 } }],
    [{ global: { "send-timeout": "1m30s" } }, { global: { "send-timeout": "1 minute" } }],
    [{ global: { "schedule-defaults": { log: "x" } } }, { global: { "schedule-defaults": { at: "daily" } } }],
    [{ profile: { repository: "/r" } }, { profile: { repositry: "/r" } }],
    [{ profile: { initialize: "true" } }, { profile: { initialize: "yes" } }],
    [{ profile: { "run-before": ["a", 1] } }, { profile: { "run-before": { a: 1 } } }],
    [{ profile: { "env": { a: 1 } } }, { profile: { "env": "a=1" } }],
    [{ profile: { backup: { source: "/x" } } }, { profile: { backup: { souce: "/x" } } }],
    [{ profile: { backup: { "exclude-caches": true } } }, { profile: { backup: { "exclude-cache": true } } }],
    [{ profile: { backup: {} } }, { profile: { bakup: {} } }],
    [{ profile: { backup: { "send-after": HOOK } } }, { profile: { "send-after": HOOK } }],
    [{ profile: { backup: { "send-after": [HOOK] } } }, { profile: { backup: { "send-after": [{ uri: "x" }] } } }],
    [
      { profile: { backup: { "send-after": { ...HOOK, headers: [{ name: "a", value: "b" }] } } } },
      { profile: { backup: { "send-after": { ...HOOK, headers: [{ name: "a", vaule: "b" }] } } } },
    ],
    [{ profile: { "stream-error": { pattern: "a" } } }, { profile: { "stream-error": { patern: "a" } } }],
    [{ profile: { backup: { schedule: { at: "daily" } } } }, { profile: { backup: { schedule: { on: "daily" } } } }],
    [{ profile: { backup: { "schedule-log": "x" } } }, { profile: { ls: { "schedule-log": "x" } } }],
    [{ profile: { retention: { "after-backup": true } } }, { profile: { retention: { "run-before": "x" } } }],
    [{ profile: { forget: { "keep-last": 3 } } }, { profile: { forget: { "keep-last": { a: 3 } } } }],
    // a flag of another command is none of its business, and no slip of the pen
    [{ profile: { check: { "keep-last": 3 } } }, { profile: { check: { "keep-lasts": 3 } } }],
    // names in capital letters are not looked at
    [{ profile: { Backup: { Source: "/x" } } }, { profile: { backup: { sourc: "/x" } } }],
    [{ profile: { tag: ["a"] } }, { profile: { tag: { host: "h", taag: "x" } } }],
  ] as const
) {
  for (const layout of [1, 2] as const) {
    Deno.test(`schema ${layout} accepts ${JSON.stringify(right)} and refuses ${JSON.stringify(wrong)}`, () => {
      assertEquals(refusals(layout, file(layout, right)), []);
      assert(refusals(layout, file(layout, wrong)).length > 0);
    });
  }
}

for (
  const [right, wrong] of [
    [{ version: 2 }, {}],
    [{ version: 2, profiles: {} }, { version: 2, profile: {} }],
    [{ version: 2, "x-part": {} }, { version: 2, part: {} }],
    [{ version: 2, groups: { g: { profiles: ["a"] } } }, { version: 2, groups: { g: ["a"] } }],
    [
      { version: 2, groups: { g: { schedules: { check: { at: "daily" } } } } },
      { version: 2, groups: { g: { schedules: { ls: { at: "daily" } } } } },
    ],
    [{ version: 2, profiles: { p: { use: ["m", { name: "n", a: 1 }] } } }, { version: 2, profiles: { p: { use: 1 } } }],
    [
      { version: 2, profiles: { p: { backup: { "exclude...": ["x"], "...tag": "y", "source__APPEND": "z" } } } },
      { version: 2, profiles: { p: { backup: { "exclud...": ["x"] } } } },
    ],
  ] as const
) {
  Deno.test(`schema 2 accepts ${JSON.stringify(right)} and refuses ${JSON.stringify(wrong)}`, () => {
    assertEquals(refusals(2, right), []);
    assert(refusals(2, wrong).length > 0);
  });
}

for (
  const [right, wrong] of [
    [{}, { version: 2 }],
    [{ groups: { g: ["a"] } }, { groups: { g: { profiles: ["a"] } } }],
    [{ Global: { priority: "low" } }, { global: { use: "m" } }],
    [{ global: { priority: "BackGround" } }, { global: { priority: "backgrounds" } }],
    [{ p: { backup: { exclude: ["x"] } } }, { p: { backup: { "exclude...": ["x"] } } }],
    [{ p: null }, { p: "x" }],
  ] as const
) {
  Deno.test(`schema 1 accepts ${JSON.stringify(right)} and refuses ${JSON.stringify(wrong)}`, () => {
    assertEquals(refusals(1, right), []);
    assert(refusals(1, wrong).length > 0);
  });
}

Deno.test("the schema of one restic has its flags alone", () => {
  const old = validator(1, "0.13");
  const value = (flag: string) => ({ default: { [flag]: true, backup: { [flag]: true } } });
  assertEquals(refusals(1, value("exclude-caches"), old), []);
  assert(refusals(1, value("retry-lock"), old).length > 0);
  assertEquals(refusals(1, value("retry-lock")), []);
});
