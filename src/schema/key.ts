/**
 * The shape of the key tables: the only place that knows a key's name, type and default. Validation, conversion, `show`,
 * completion, the reference page and the JSON Schema read them; the types of the resolved configuration are derived from them.
 */
import type { Secret } from "../model/secret.ts";

/**
 * `tri-state`: a boolean whose absence means something of its own. `duration`: milliseconds once converted.
 * `texts`: a list, one scalar is a list of one. `text-table`: name → text. `tables`: a list of tables, one table is a list of one.
 * `schedule`: calendar expressions, or a table. `schedule-defaults`: that table without its times. `use`: mixin references, gone after resolution.
 */
export type KeyType =
  | "text"
  | "boolean"
  | "tri-state"
  | "integer"
  | "duration"
  | "texts"
  | "text-table"
  | "tables"
  | "schedule"
  | "schedule-defaults"
  | "use";

export interface KeyDefinition {
  readonly type: KeyType;
  /** One line, no full stop. */
  readonly doc: string;
  /** Converted value when the key is absent; durations in milliseconds. */
  readonly default?: string | boolean | number;
  /** What counts when the key is absent but does not come from its own table: told to readers, no part of the conversion. */
  readonly usual?: string | boolean | number;
  /** Values with a meaning; others are reported, unless the table says otherwise. */
  readonly words?: readonly string[];
  /** The words may be written in any case of letters. */
  readonly anyCase?: true;
  /** Several of the words may be given, with commas between them. */
  readonly listed?: true;
  /** What an unknown word means, where that is not the default. */
  readonly unknown?: string;
  /** Smallest and largest integer. */
  readonly range?: readonly [number, number];
  readonly examples?: readonly string[];
  readonly secret?: true;
  /** What to use in its place; the key still works. */
  readonly deprecated?: string;
  /** How a path in it is resolved. */
  readonly path?: PathRule;
  /** Keys of the tables in a `tables` value. */
  readonly keys?: KeyTable;
  /** The flag of restic that carries the value; absent: the tool consumes it. */
  readonly flag?: string;
  /** Present for keys of one layout version only. */
  readonly version?: 1 | 2;
  /** Keys of one variant say the same thing in different forms: the first of them in the table that has a value counts. */
  readonly variant?: string;
}

/**
 * What happens to a path: `variables` `$NAME` replaced; `home`: also a leading `~`; `config`: also relative to the
 * configuration's folder; `working`: also relative to the working folder; `folder`: as `home`, but a variable that is not set
 * may not be its start, or it would be another folder altogether; `source`: the same, for sources of a backup; `pattern`: as `home`, also behind a `!`; `repository`: as `home`.
 */
export type PathRule = "variables" | "home" | "config" | "working" | "folder" | "source" | "pattern" | "repository";

export type KeyTable = Readonly<Record<string, KeyDefinition>>;

type TypeOf<K extends KeyDefinition> = K extends { type: "text"; secret: true } ? Secret
  : K["type"] extends "text" ? string
  : K["type"] extends "boolean" | "tri-state" ? boolean
  : K["type"] extends "integer" | "duration" ? number
  : K["type"] extends "texts" ? readonly string[]
  : K extends { type: "text-table"; secret: true } ? ReadonlyMap<string, Secret>
  : K["type"] extends "text-table" ? ReadonlyMap<string, string>
  : K extends { type: "tables"; keys: infer T extends KeyTable } ? readonly Options<T>[]
  : K["type"] extends "schedule" | "schedule-defaults" ? Schedule
  : never;

/** The converted values of a table: keys with a default are always there, the others may be absent. */
export type Options<T extends KeyTable> =
  & { readonly [K in keyof T as T[K] extends { default: unknown } ? K : never]: TypeOf<T[K]> }
  & { readonly [K in keyof T as T[K] extends { default: unknown } ? never : K]?: TypeOf<T[K]> };

/** A `schedule` value: calendar expressions, and the keys of its table without `schedule-`. */
export interface Schedule {
  readonly at: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The keys that take the place of this one when they have a value: those of its variant before it in the table. */
export function strongerVariants(table: KeyTable, name: string): string[] {
  const variant = table[name]?.variant;
  const names = Object.keys(table);
  if (variant === undefined) return [];
  return names.slice(0, names.indexOf(name)).filter((other) => table[other]?.variant === variant);
}

/** Keeps the literal types of a table (its words and defaults) while it is checked to be one. */
export function keyTable<const T extends KeyTable>(table: T): T {
  return table;
}
