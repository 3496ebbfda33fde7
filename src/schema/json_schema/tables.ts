/** Keys and tables of keys as JSON Schema. */
import type { LayoutVersion } from "../profile.ts";
import { writtenDefault } from "../key_words.ts";
import { type KeyDefinition, type KeyTable, strongerVariants } from "../key.ts";
import { type NestedTable, nestedTable } from "../nested_tables.ts";
import { type JsonValue, listOf, oneOf, oneOrMore, reference, type Schema, VALUES } from "./values.ts";

/** Version of the layout: mixins (`use`) and list operators (`exclude...`) came with the second. */

/** Names of keys may be in any case of letters, which JSON Schema cannot say: what has a capital letter passes unseen. */
export const CAPITALS: Schema = { "[A-Z]": true };

/** Names of parts that only hold YAML anchors. */
export const HOLDERS: Schema = { [String.raw`^(?:x-|\.(?!\.\.))`]: true };

/** A table that has these keys and no others. */
export function closedTable({ title, doc, keys }: NestedTable, layout: LayoutVersion): Schema {
  return {
    title,
    description: doc,
    type: ["object", "null"],
    properties: properties(keys, layout),
    patternProperties: { ...listOperators(keys, layout), ...HOLDERS, ...CAPITALS },
    additionalProperties: false,
  };
}

/** In the second layout every table can use mixins. */
export function properties(keys: KeyTable, layout: LayoutVersion): Schema {
  const own = Object.entries(keys).filter(([, { version = layout }]) => version === layout);
  const use = layout === 2 ? { "use": { title: "use", description: "Mixins", ...reference("use") } } : {};
  return {
    ...Object.fromEntries(own.map(([name, key]) => [name, property(name, key, strongerVariants(keys, name))])),
    ...use,
  };
}

/** The operators that add to the lists among the keys, as pattern properties. */
export function listOperators(keys: KeyTable, layout: LayoutVersion): Schema {
  if (layout === 1) return {};
  const lists = Object.entries(keys).filter(([, { type }]) => type === "texts" || type === "tables");
  return Object.fromEntries(lists.map(([name, key]) => [operatorsOf(name), typeOf(key)]));
}

/** A regular expression for the list operators of a name. @param name a regular expression, too */
export function operatorsOf(name: string): string {
  const end = String.raw`(?:\.\.\.|__APPEND|__PREPEND|__append|__prepend)`;
  return String.raw`^(?:\.\.\.(?:${name})|(?:${name})${end})$`;
}

function property(name: string, key: KeyDefinition, stronger: readonly string[]): Schema {
  const { doc, examples, deprecated } = key;
  const value = writtenDefault(key);
  return {
    title: name,
    description: [
      doc,
      ...deprecated === undefined ? [] : [`Deprecated: ${deprecated}`],
      ...stronger.length === 0 ? [] : [`No effect beside ${stronger.join(", ")}`],
    ].join(". "),
    ...typeOf(key),
    ...defined("default", value),
    ...defined("examples", examples),
    ...deprecated === undefined ? {} : { deprecated: true },
  };
}

function defined(keyword: string, value: JsonValue | undefined): Schema {
  return value === undefined ? {} : { [keyword]: value };
}

function typeOf(key: KeyDefinition): Schema {
  const nested = nestedTable(key);
  if (nested === "schedule") return { anyOf: [reference("texts"), reference(nested)] };
  if (nested === "schedule-defaults") return reference(nested);
  if (nested !== undefined) return oneOrMore(reference(nested));
  if (key.words) return key.listed ? listOf(key.words) : oneOf(key.words, key.anyCase ?? false);
  return key.range ? { ...VALUES.integer, minimum: key.range[0], maximum: key.range[1] } : reference(key.type);
}
