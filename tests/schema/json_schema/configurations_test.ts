import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import { loadConfiguration } from "../../../src/config/load.ts";
import { openSources } from "../../../src/config/files/read_files.ts";
import { ConfigError, type Diagnostic } from "../../../src/model/diagnostic.ts";
import { configurationSchema } from "../../../src/schema/json_schema/document.ts";
import type { Schema } from "../../../src/schema/json_schema/values.ts";
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
    [{ profile: { repository: "/r" } }, { profile: { repository: ["/r"] } }],
    [{ profile: { initialize: "true" } }, { profile: { initialize: "yes" } }],
    [{ profile: { "run-before": ["a", 1] } }, { profile: { "run-before": { a: 1 } } }],
    [{ profile: { "env": { a: 1 } } }, { profile: { "env": "a=1" } }],
    [{ profile: { backup: { source: "/x" } } }, { profile: { backup: { source: { a: "/x" } } } }],
    [{ profile: { backup: { "exclude-caches": true } } }, { profile: { backup: { "exclude-caches": {} } } }],
    [{ profile: { backup: {} } }, { profile: { bakup: {} } }],
    [{ profile: { backup: { "send-after": HOOK } } }, { profile: { backup: { "send-after": "http://host" } } }],
    [{ profile: { backup: { "send-after": [HOOK] } } }, { profile: { backup: { "send-after": [{ uri: "x" }] } } }],
    [
      { profile: { backup: { "send-after": { ...HOOK, headers: [{ name: "a", value: "b" }] } } } },
      { profile: { backup: { "send-after": { ...HOOK, headers: [{ name: "a", vaule: "b" }] } } } },
    ],
    [{ profile: { "stream-error": { pattern: "a" } } }, { profile: { "stream-error": { patern: "a" } } }],
    [{ profile: { backup: { schedule: { at: "daily" } } } }, { profile: { backup: { schedule: { on: "daily" } } } }],
    [{ profile: { backup: { "schedule-log": "x" } } }, { profile: { backup: { "schedule-log": ["x"] } } }],
    [{ profile: { retention: { "after-backup": true } } }, { profile: { retention: { "after-backup": "later" } } }],
    [{ profile: { forget: { "keep-last": 3 } } }, { profile: { forget: { "keep-last": { a: 3 } } } }],
    // whatever flag it is, restic's flags take no table
    [{ profile: { check: { "keep-last": 3 } } }, { profile: { check: { "keep-last": {} } } }],
    [{ profile: { check: { "of-next-year": ["a", 1] } } }, { profile: { check: { "of-next-year": { a: 1 } } } }],
    [{ profile: { "of-next-year": true } }, { profile: { "of-next-year": [{}] } }],
    [{ profile: { "x-part": { a: { b: 1 } } } }, { profile: { part: { a: { b: 1 } } } }],
    [{ profile: { backup: { ".part": [{}] } } }, { profile: { backup: { part: [{}] } } }],
    [{ global: { "x-part": { a: 1 } } }, { global: { part: { a: 1 } } }],
    // names in capital letters are not looked at
    [{ profile: { Backup: { Source: "/x" } } }, { profile: { backup: { source: {} } } }],
    [{ profile: { tag: ["a"] } }, { profile: { tag: { host: { h: 1 } } } }],
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
      { version: 2, profiles: { p: { backup: { "exclude...": { x: 1 } } } } },
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
    [{ "x-part": { backup: { schedule: { a: 1 } } } }, { part: { backup: { schedule: { a: 1 } } } }],
  ] as const
) {
  Deno.test(`schema 1 accepts ${JSON.stringify(right)} and refuses ${JSON.stringify(wrong)}`, () => {
    assertEquals(refusals(1, right), []);
    assert(refusals(1, wrong).length > 0);
  });
}

/** What an editor says at a place: the descriptions of all parts of the schema that look at it, and whether it is struck out. */
function annotations(schema: Schema, path: readonly string[]): { descriptions: string[]; deprecated: boolean } {
  const definitions = schema.$defs as Readonly<Record<string, Schema>>;
  const parts = path.reduce<Schema[]>((all, key) => below(all.flatMap(applied), key), [schema]).flatMap(applied);
  return {
    descriptions: parts.flatMap(({ description }) => typeof description === "string" ? [description] : []),
    deprecated: parts.some(({ deprecated }) => deprecated === true),
  };

  function applied(part: Schema): Schema[] {
    const others = [...(part.allOf ?? []) as Schema[], ...(part.anyOf ?? []) as Schema[]];
    const referred = part.$ref === undefined ? [] : [definitions[String(part.$ref).replace("#/$defs/", "")]!];
    return [part, ...[...others, ...referred].flatMap(applied)];
  }

  /** What is said of a key by name, else what is said of all others. */
  function below(parts: readonly Schema[], key: string): Schema[] {
    const named = parts.flatMap(({ properties = {}, patternProperties = {} }) => [
      ...Object.entries(properties as Schema).filter(([name]) => name === key),
      ...Object.entries(patternProperties as Schema).filter(([pattern]) => new RegExp(pattern, "u").test(key)),
    ]).map(([, each]) => each);
    const others = parts.flatMap((part) => [part.additionalProperties ?? part.unevaluatedProperties ?? true]);
    return (named.length > 0 ? named : others).filter((each): each is Schema => typeof each === "object");
  }
}

const UNKNOWN_FLAG = /a flag of a newer restic/;
const ELSEWHERE = /^No effect here/;

for (
  const [path, description] of [
    [["repositry"], UNKNOWN_FLAG],
    [["backup", "souce"], UNKNOWN_FLAG],
    [["backup", "exclude-cache"], UNKNOWN_FLAG],
    [["check", "keep-last"], UNKNOWN_FLAG],
    [["check", "keep-lasts"], UNKNOWN_FLAG],
    [["tag", "taag"], UNKNOWN_FLAG],
    [["backup", "exclude-caches"], undefined],
    [["exclude-caches"], undefined],
    [["backup", "password-file"], undefined],
    [["backup", "schedule-log"], undefined],
    [["retention", "after-backup"], undefined],
    [["send-after"], ELSEWHERE],
    [["priority"], ELSEWHERE],
    [["after-backup"], ELSEWHERE],
    [["ls", "schedule-log"], ELSEWHERE],
    [["retention", "run-before"], ELSEWHERE],
    [["backup", "status-file"], ELSEWHERE],
    [["backup", "min-memory"], ELSEWHERE],
  ] as const
) {
  for (const layout of [1, 2] as const) {
    const expected = description === undefined ? "describes" : `accepts, and says "${description.source}" of`;
    Deno.test(`schema ${layout} ${expected} ${path.join(".")}`, () => {
      const profile = path.length === 1 ? { [path[0]]: true } : { [path[0]]: { [path[1]]: true } };
      assertEquals(refusals(layout, file(layout, { profile })), []);
      const place = [...layout === 1 ? ["default"] : ["profiles", "default"], ...path];
      const { descriptions, deprecated } = annotations(configurationSchema(layout, undefined, "https://host/"), place);
      const special = descriptions.filter((text) => UNKNOWN_FLAG.test(text) || ELSEWHERE.test(text));
      assert(descriptions.length > 0);
      assertEquals(special.some((text) => description?.test(text)), description !== undefined, descriptions.join("\n"));
      assertEquals(deprecated, description === ELSEWHERE);
    });
  }
}

Deno.test("the schema of one restic takes the flags of others for unknown ones", () => {
  const said = (release: string | undefined, path: readonly string[]) => {
    const known = release === undefined ? undefined : knownRelease(release);
    const { descriptions } = annotations(configurationSchema(1, known, "https://host/"), ["default", ...path]);
    return descriptions.some((text) => UNKNOWN_FLAG.test(text));
  };
  for (const place of [[], ["backup"]]) {
    assertEquals(said("0.13", [...place, "exclude-caches"]), false);
    assertEquals(said("0.13", [...place, "retry-lock"]), true);
    assertEquals(said(undefined, [...place, "retry-lock"]), false);
  }
  const value = { default: { "retry-lock": "1m", backup: { "retry-lock": "1m" } } };
  assertEquals(refusals(1, value, validator(1, "0.13")), []);
});
