/**
 * JSON Schemas (draft 2020-12) of configurations, for editors: one for each version of the layout, and one that chooses by
 * what the file says. Made from the key tables and the table of restic's flags.
 */
import type { LayoutVersion } from "../profile.ts";
import { GLOBAL_KEYS } from "../global_keys.ts";
import { GROUP_KEYS } from "../group_keys.ts";
import { NESTED_TABLES, type NestedTable } from "../nested_tables.ts";
import { type KnownRelease, minorReleases } from "../known_release.ts";
import { SCHEDULABLE } from "../section_keys.ts";
import { profileDefinitions, type SchemaTarget } from "./profile_schema.ts";
import { CAPITALS, closedTable, HOLDERS, properties } from "./tables.ts";
import { inAnyCase, reference, type Schema, VALUES } from "./values.ts";

const DRAFT = "https://json-schema.org/draft/2020-12/schema";

/** Where the schemas are said to be. @default of `SCHEMA_BASE_URL` */
export const BASE_URL = "https://creativeprojects.github.io/resticprofile/jsonschema/";

/** @param release whose flags are allowed; undefined: those of all @param base URL with a slash at its end */
export function configurationSchema(layout: LayoutVersion, release: KnownRelease | undefined, base: string): Schema {
  const target = { layout, release: release?.version };
  return {
    $schema: DRAFT,
    $id: base + fileName(layout, release?.text),
    title: `resticprofile configuration, version ${layout}`,
    type: "object",
    ...layout === 1 ? firstRoot() : secondRoot(),
    $defs: definitions(target),
  };
}

function fileName(layout: LayoutVersion, release: string | undefined): string {
  return `config-${layout}${release === undefined ? "" : `-restic-${release.replaceAll(".", "-")}`}.json`;
}

function definitions(target: SchemaTarget): Schema {
  const { layout } = target;
  const nested = Object.entries<NestedTable>(NESTED_TABLES).map(([name, table]) => [name, closedTable(table, layout)]);
  const all: Record<string, Schema> = {
    ...VALUES,
    ...Object.fromEntries(nested),
    "global": closedTable({ title: "global", doc: "Settings of all profiles", keys: GLOBAL_KEYS }, layout),
    "group": groupSchema(layout),
    ...profileDefinitions(target),
  };
  return Object.fromEntries(Object.entries(all).map(([name, schema]) => [`id-${name}`, schema]));
}

const INCLUDES = { title: "includes", description: "Files to read in addition, patterns too", ...reference("texts") };
const SCHEMA_URL = { title: "$schema", description: "URL of this schema; ignored", type: "string" };

function named(title: string, description: string, each: Schema): Schema {
  return { title, description, type: ["object", "null"], additionalProperties: each };
}

function firstRoot(): Schema {
  const known = {
    "$schema": SCHEMA_URL,
    "version": { title: "version", description: "Version of the layout", enum: [1, "1", "", null], default: "1" },
    "global": reference("global"),
    "groups": named("groups", "Groups of profiles, by name", reference("group")),
    "includes": INCLUDES,
  };
  return {
    properties: known,
    patternProperties: { ...anyCase(known), ...HOLDERS },
    additionalProperties: reference("profile"),
  };
}

function secondRoot(): Schema {
  const mixin = {
    type: ["object", "null"],
    properties: {
      "default-vars": {
        title: "default-vars",
        description: "Variables of the mixin, with their defaults",
        type: ["object", "null"],
      },
      ...properties({}, 2),
    },
  };
  return {
    properties: {
      "$schema": SCHEMA_URL,
      "version": { title: "version", description: "Version of the layout", enum: [2, "2"] },
      "global": reference("global"),
      "groups": named("groups", "Groups of profiles, by name", reference("group")),
      "includes": INCLUDES,
      "mixins": named("mixins", "Parts of profiles, for the places that use them, by name", mixin),
      "remotes": { title: "remotes", description: "Of the original alone; ignored" },
      "profiles": named("profiles", "Profiles, by name", reference("profile")),
    },
    patternProperties: { ...HOLDERS, ...CAPITALS },
    additionalProperties: false,
    required: ["version"],
  };
}

/** The same keys with capital letters: they are not profiles. */
function anyCase(keys: Readonly<Record<string, Schema>>): Schema {
  const words = Object.entries(keys).filter(([name]) => /^[a-z]+$/.test(name));
  return Object.fromEntries(words.map(([name, schema]) => [
    `^(?!${name}$)${inAnyCase(name)}$`,
    schema,
  ]));
}

/** In the first layout a list of profiles, in the second a table. */
function groupSchema(layout: LayoutVersion): Schema {
  if (layout === 1) return { title: "Group", description: "Profiles to run, in this order", ...reference("texts") };
  const { schedules, ...keys } = GROUP_KEYS;
  const group = closedTable({ title: "Group", doc: "Profiles to run one after the other", keys }, layout);
  return {
    ...group,
    properties: {
      ...(group.properties as Schema),
      "schedules": {
        title: "schedules",
        description: schedules.doc,
        type: ["object", "null"],
        properties: Object.fromEntries(SCHEDULABLE.map((command) => [command, reference("schedule")])),
        patternProperties: CAPITALS,
        additionalProperties: false,
      },
    },
  };
}

/** The schema for any file: refers to the others by the versions of layout and restic that the file names. */
export function choosingSchema(base: string): Schema {
  return {
    $schema: DRAFT,
    $id: `${base}config.json`,
    title: "resticprofile configuration",
    type: "object",
    if: { properties: { "version": { enum: [2, "2"] } }, required: ["version"] },
    then: chosenByRelease(2, base),
    else: chosenByRelease(1, base),
  };
}

function chosenByRelease(layout: LayoutVersion, base: string): Schema {
  return minorReleases().reduceRight<Schema>((other, minor) => ({
    if: {
      properties: { "global": { properties: { "restic-version": namesRelease(minor) }, required: ["restic-version"] } },
      required: ["global"],
    },
    then: { $ref: base + fileName(layout, minor) },
    else: other,
  }), { $ref: base + fileName(layout, undefined) });
}

/** Without quotes it is a number. */
function namesRelease(minor: string): Schema {
  return {
    anyOf: [{ const: Number(minor) }, { type: "string", pattern: `^v?${minor.replace(".", String.raw`\.`)}(?:\\.|$)` }],
  };
}
