import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import { choosingSchema, configurationSchema } from "../../../src/schema/json_schema/document.ts";
import type { Schema } from "../../../src/schema/json_schema/values.ts";
import { knownRelease, minorReleases } from "../../../src/schema/known_release.ts";

const BASE = "https://host/";

for (
  const [layout, release, id] of [
    [1, undefined, "config-1.json"],
    [2, undefined, "config-2.json"],
    [2, "0.14", "config-2-restic-0-14.json"],
    [1, "0.16.2", "config-1-restic-0-16-2.json"],
  ] as const
) {
  Deno.test(`the schema of layout ${layout} and restic ${release} is ${id}`, () => {
    const schema = configurationSchema(layout, release === undefined ? undefined : knownRelease(release), BASE);
    assertEquals(schema.$id, BASE + id);
    assertEquals(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  });
}

Deno.test("every property of a key or flag has a title and a description", () => {
  const definitions = configurationSchema(2, undefined, BASE).$defs as Readonly<Record<string, Schema>>;
  for (const name of ["global", "group", "profile", "hooks", "flags", "http-hook", "schedule", "section-backup"]) {
    for (const [key, written] of Object.entries(definitions[`id-${name}`]!.properties as Record<string, Schema>)) {
      const property = written.$ref === "#/$defs/id-misplaced"
        ? { ...definitions["id-misplaced"], ...written }
        : written;
      if (name === "profile" && property.$ref !== undefined && property.title === undefined) continue; // a section
      if (property.anyOf !== undefined && property.title === undefined) continue; // a section or a flag
      assert(property.title !== undefined && property.description !== undefined, `${name}.${key}`);
    }
  }
});

Deno.test("what a mixin and its use may hold has a title and a description", () => {
  const { properties, $defs } = configurationSchema(2, undefined, BASE) as Readonly<Record<string, Schema>>;
  const { mixins } = properties as Readonly<Record<string, Schema>>;
  const use = ($defs!["id-mixin"] as { anyOf: Schema[] }).anyOf[1]!.properties as Record<string, Schema>;
  const mixin = (mixins!.additionalProperties as Schema).properties as Record<string, Schema>;
  for (const property of [use.name!, use.vars!, mixin["default-vars"]!]) {
    assert(property.title !== undefined && property.description !== undefined);
  }
});

Deno.test("what stands at the top has a title and a description", () => {
  for (const layout of [1, 2] as const) {
    const { properties, $defs } = configurationSchema(layout, undefined, BASE) as Readonly<Record<string, Schema>>;
    for (const [key, { $ref, ...property }] of Object.entries(properties as Record<string, Schema>)) {
      const target = ($defs as Record<string, Schema>)[String($ref).replace("#/$defs/", "")];
      const { title, description } = { ...target, ...property };
      assert(title !== undefined && description !== undefined, `${layout} ${key}`);
    }
  }
});

Deno.test("what the tables know of a key is in its property", () => {
  const definitions = configurationSchema(1, undefined, BASE).$defs as Readonly<Record<string, Schema>>;
  const property = (table: string, key: string) =>
    (definitions[`id-${table}`]!.properties as Record<string, Schema>)[key]!;
  assertEquals(property("global", "send-timeout").default, "30s");
  assertEquals([property("global", "nice").minimum, property("global", "nice").maximum], [-20, 19]);
  assertEquals(property("global", "legacy-arguments").deprecated, true);
  assertEquals(property("section-retention", "schedule").deprecated, true);
  assertEquals(property("section-backup", "schedule-permission").default, "auto");
  assertEquals(property("section-prune", "schedule-ignore-on-battery").default, false);
  assertEquals(property("schedule", "capture-environment").default, "RESTIC_*");
  assertEquals(property("http-hook", "method").examples, ["GET", "HEAD", "POST", "PUT"]);
  assertEquals(property("section-backup", "group-by").default, "host,paths");
  assertEquals((property("global", "priority").anyOf as Schema[])[0]!.enum, [
    ...["idle", "background", "low", "normal", "high", "highest"],
    "",
    null,
  ]);
});

/** The schema that the choosing one leads to, of stand-ins that accept nothing. */
function chosen(value: unknown): string[] {
  const ajv = new Ajv2020({ allowUnionTypes: true, strict: false });
  const releases = [undefined, ...minorReleases()];
  for (const layout of [1, 2] as const) {
    for (const release of releases) {
      ajv.addSchema({
        $id: String(configurationSchema(layout, release ? knownRelease(release) : undefined, BASE).$id),
        not: {},
      });
    }
  }
  const validate = ajv.compile(choosingSchema(BASE));
  validate(value);
  return (validate.errors ?? []).filter(({ keyword }) => keyword === "not").map(({ schemaPath }) =>
    schemaPath.replace(BASE, "").replace("/not", "")
  );
}

for (
  const [value, schema] of [
    [{}, "config-1.json"],
    [{ version: "1" }, "config-1.json"],
    [{ version: 2 }, "config-2.json"],
    [{ version: "2", global: {} }, "config-2.json"],
    [{ version: "2", global: { "restic-version": "0.14" } }, "config-2-restic-0-14.json"],
    [{ version: "2", global: { "restic-version": "0.14.1" } }, "config-2-restic-0-14.json"],
    [{ version: "1", global: { "restic-version": 0.18 } }, "config-1-restic-0-18.json"],
    [{ version: "2", global: { "restic-version": "0.99" } }, "config-2.json"],
  ] as const
) {
  Deno.test(`the choosing schema leads ${JSON.stringify(value)} to ${schema}`, () => {
    assertEquals(chosen(value).map((path) => path.replace(/#$/, "")), [schema]);
  });
}
