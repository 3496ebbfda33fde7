/**
 * The types of the key tables as JSON Schema. They take what the conversion takes, for no configuration that works may be
 * refused: a number in quotes, a single value for a list, null for what is absent.
 */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | Schema;
export interface Schema {
  readonly [keyword: string]: JsonValue;
}

/** Texts of a form, and those that a template makes: an editor sees the file before templates are expanded. */
function form(pattern: string): string {
  return String.raw`^(?:${pattern})$|\{\{`;
}

const TRUE_OR_FALSE = "1|t|T|true|True|TRUE|0|f|F|false|False|FALSE";
const DIGITS = String.raw`0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*`;
const SECONDS = String.raw`\d+(?:\.\d+)?`;
const PARTS = String.raw`(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+`;

const TEXT = { type: ["string", "number", "boolean", "null"] } satisfies Schema;

/** By name; other parts of the schema refer to them. */
export const VALUES = {
  "text": TEXT,
  "boolean": { type: ["boolean", "number", "string", "null"], pattern: form(`${TRUE_OR_FALSE}|`) },
  "tri-state": { type: ["boolean", "number", "string", "null"], pattern: form(TRUE_OR_FALSE) },
  "integer": { type: ["number", "string", "boolean", "null"], pattern: form(`[+-]?(?:${DIGITS})|`) },
  "duration": { type: ["string", "number", "null"], pattern: form(`[+]?(?:0|${PARTS})|${SECONDS}`), minimum: 0 },
  "texts": { type: ["string", "number", "boolean", "array", "null"], items: TEXT },
  "text-table": {
    type: ["object", "array", "null"],
    additionalProperties: TEXT,
    items: { type: ["object", "null"], additionalProperties: TEXT },
  },
  "flag": { type: ["string", "number", "boolean", "array", "null"], items: TEXT },
  "mixin": {
    anyOf: [
      { type: "string" },
      {
        type: "object",
        properties: {
          "name": { title: "name", description: "Mixin to use", type: "string" },
          "vars": {
            title: "vars",
            description: "Values of its variables; further keys are such values too",
            type: ["object", "null"],
          },
        },
        required: ["name"],
      },
    ],
  },
  "use": { anyOf: [reference("mixin"), { type: "array", items: reference("mixin") }] },
} satisfies Readonly<Record<string, Schema>>;

/** A reference to a shared part of the schema. */
export function reference(name: string): Schema {
  return { $ref: `#/$defs/id-${name}` };
}

/** The value, or a list of it. */
export function oneOrMore(schema: Schema): Schema {
  return { anyOf: [schema, { type: "array", items: { anyOf: [schema, { type: "null" }] } }] };
}

/** One or more of the words, with commas between them; in any case of letters. */
export function listOf(words: readonly string[]): Schema {
  const word = String.raw`\s*(?:${words.map(inAnyCase).join("|")})\s*`;
  return { type: ["string", "null"], pattern: form(`${word}(?:,${word})*|`) };
}

/** One of the words; an empty text is as absent, and a template may make any. */
export function oneOf(words: readonly string[], isAnyCase: boolean): Schema {
  const pattern = isAnyCase ? form(words.map(inAnyCase).join("|")) : String.raw`\{\{`;
  return { anyOf: [{ enum: [...words, "", null] }, { type: "string", pattern }] };
}

/** A pattern of an ASCII word, for which JSON Schema has no flag. */
export function inAnyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
