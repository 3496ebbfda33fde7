/**
 * Nodes to the types of the key tables. What is clear is converted, the rest is an error that names the key, what was wanted and
 * what was found; all errors are collected, so that one run shows them all.
 */
import { parseBoolean } from "../../model/go_text.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { parseDuration } from "../../model/duration.ts";
import { Secret } from "../../model/secret.ts";
import type { Scalar } from "../../model/value.ts";
import type { KeyDefinition, KeyTable, Options, PathRule, Schedule } from "../../schema/key.ts";
import { SCHEDULE_TABLE } from "../../schema/schedule_keys.ts";
import { nearestHint } from "../../model/nearest.ts";
import {
  emptyItemWarning,
  isNull,
  kindOf,
  type Node,
  nodeError,
  nodeWarning,
  type ScalarNode,
  type TableNode,
} from "../nodes/node.ts";
import { asItems } from "../nodes/overlay.ts";
import { scalarText } from "../nodes/scalars.ts";

export interface Conversion {
  report(problem: Diagnostic): void;
  /** Applies a key's path rule to a text; what there is to say of that goes to `report`. */
  path(rule: PathRule, text: string, node: Node, report: (problem: Diagnostic) => void): string;
}

/** The same, and whether there was something to report: what is reported needs no second message. */
export function listening(
  conversion: Conversion,
): { readonly conversion: Conversion; readonly hasTold: () => boolean } {
  let told = false;
  const report = (problem: Diagnostic) => {
    told = true;
    conversion.report(problem);
  };
  return { conversion: { ...conversion, report }, hasTold: () => told };
}

/** Texts as they are: for readers that want no paths resolved. */
export function unresolved(report: Conversion["report"]): Conversion {
  return { report, path: (_, text) => text };
}

/**
 * The options of a table: defaults for what is absent, nothing for what could not be read.
 * @param place where the table is, for messages: `global`, `docs.backup`
 */
export function convertTable<T extends KeyTable>(
  table: TableNode | undefined,
  keys: T,
  place: string,
  conversion: Conversion,
): Options<T> {
  const options: Record<string, unknown> = { ...defaultsOf(keys) };
  for (const [name, node] of table?.entries ?? []) {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (key === undefined || isNull(node)) continue;
    const value = convert({ key, name: `${place}.${name}`, conversion }, node);
    if (value !== undefined) options[name] = value;
  }
  return options as Options<T>;
}

/** A table of keys is used for each of a file's profiles, which write few of them. */
const knownDefaults = new WeakMap<KeyTable, Readonly<Record<string, unknown>>>();

function defaultsOf(keys: KeyTable): Readonly<Record<string, unknown>> {
  const known = knownDefaults.get(keys);
  if (known !== undefined) return known;
  const written = Object.entries(keys).filter(([, key]) => key.default !== undefined);
  const defaults = Object.fromEntries(written.map(([name, key]) => [name, key.default]));
  knownDefaults.set(keys, defaults);
  return defaults;
}

interface WantedValue {
  readonly key: KeyDefinition;
  /** In full, for messages. */
  readonly name: string;
  readonly conversion: Conversion;
}

function convert(wanted: WantedValue, node: Node): unknown {
  switch (wanted.key.type) {
    case "text":
      return text(wanted, node);
    case "boolean":
    case "tri-state":
      return boolean(wanted, node);
    case "integer":
      return integer(wanted, node);
    case "duration":
      return duration(wanted, node);
    case "texts":
      return texts(wanted, node);
    case "text-table":
      return textTable(wanted, node);
    case "tables":
      return tables(wanted, node);
    case "schedule":
      return schedule(wanted, node);
    case "schedule-defaults":
      return node.kind === "table" ? schedule(wanted, node) : refuse(wanted, node, "a table");
    case "use":
      return undefined; // gone with the mixins
    default:
      return wanted.key.type satisfies never;
  }
}

/** A value that is a secret, or may hold one, is not repeated. */
function refuse({ key, name, conversion }: WantedValue, node: Node, wanted: string, hint?: string): undefined {
  const found = key.secret && node.kind === "scalar"
    ? `a ${typeof node.value === "string" ? "text" : "value"}`
    : kindOf(node);
  conversion.report(nodeError(node, "wrong-type", `Cannot read "${name}": wanted ${wanted}, found ${found}`, hint));
}

function scalar(wanted: WantedValue, node: Node, what: string): ScalarNode | undefined {
  return node.kind === "scalar" ? node : refuse(wanted, node, what);
}

function text(wanted: WantedValue, node: Node): string | Secret | undefined {
  const found = scalar(wanted, node, "a text");
  if (found === undefined) return undefined;
  const { key, conversion } = wanted;
  const value = plainText(wanted, found);
  if (value !== "" && !isWord(value, key)) return unknownWord(wanted, found);
  const resolved = key.path === undefined || key.path === "source"
    ? value
    : conversion.path(key.path, value, node, conversion.report);
  return key.secret ? new Secret(resolved) : resolved;
}

/** Whether it is one of the words that have a meaning; any is, where all are allowed. */
export function isWord(value: string, { words, anyCase, listed }: KeyDefinition): boolean {
  if (words === undefined) return true;
  return givenWords(value, listed).every((word) => words.includes(anyCase ? word.toLowerCase() : word));
}

function givenWords(value: string, listed: KeyDefinition["listed"]): string[] {
  return listed ? value.split(",").map((word) => word.trim()) : [value];
}

function plainText({ key, name, conversion }: WantedValue, node: ScalarNode): string {
  if (key.path !== undefined && typeof node.value === "boolean") {
    conversion.report(
      nodeWarning(
        node,
        "doubtful-value",
        `"${name}" is the boolean ${node.value}, read as the path "${scalarText(node.value)}"`,
      ),
    );
  }
  return scalarText(node.value);
}

/** @returns what takes its place; undefined: the default, if there is one */
function unknownWord({ key, name, conversion }: WantedValue, node: ScalarNode): string | undefined {
  const meaning = key.unknown ?? key.default;
  const fallback = meaning === undefined ? "it is left out" : `read as "${meaning}"`;
  const wrong = givenWords(scalarText(node.value), key.listed).find((word) => !isWord(word, key)) ?? "";
  const near = nearestHint(wrong, key.words ?? []);
  const words = `Use ${key.words?.join(", ")}`;
  conversion.report(nodeWarning(
    node,
    "wrong-value",
    `Invalid value for "${name}": ${kindOf(node)}; ${fallback}`,
    near === undefined ? words : `${near} ${words}`,
  ));
  return key.unknown;
}

function boolean(wanted: WantedValue, node: Node): boolean | undefined {
  const value = scalar(wanted, node, "a boolean")?.value;
  if (typeof value === "boolean" || value === undefined || value === null) return value ?? undefined;
  if (typeof value !== "string") return Number(value) !== 0;
  if (value === "" && wanted.key.type === "boolean") return false;
  return parseBoolean(value) ?? refuse(wanted, node, "a boolean (true or false)");
}

function integer(wanted: WantedValue, node: Node): number | undefined {
  const found = scalar(wanted, node, "an integer");
  if (found === undefined) return undefined;
  const written = integerOf(found.value);
  if (written === undefined || !Number.isFinite(written)) return refuse(wanted, node, "an integer");
  const { name, conversion, key: { range } } = wanted;
  const value = Math.trunc(written) + 0; // no -0
  if (value !== written) {
    conversion.report(
      nodeWarning(node, "doubtful-value", `"${name}" must be an integer: ${written} is truncated to ${value}`),
    );
  }
  if (range && value < 0 && range[0] >= 0) return refuse(wanted, node, "an integer that is not negative");
  if (range && (value < range[0] || value > range[1])) {
    conversion.report(
      nodeWarning(node, "wrong-value", `"${name}" is ${value}: it should be from ${range[0]} to ${range[1]}`),
    );
  }
  return value;
}

function integerOf(value: Scalar): number | undefined {
  if (typeof value !== "string") return Number(value);
  const [, sign, digits = ""] = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*|)$/.exec(value) ?? [];
  if (sign === undefined || (digits === "" && value !== "")) return undefined;
  const size = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === "-" ? -size : size;
}

function duration(wanted: WantedValue, node: Node): number | undefined {
  const found = scalar(wanted, node, "a duration");
  if (found === undefined) return undefined;
  const ms = durationOf(found.value);
  if (ms === undefined || ms < 0) return refuse(wanted, node, 'a duration like "1h30m" or "90s"');
  if (ms !== 0 && (typeof found.value !== "string" || isBare(found.value))) {
    wanted.conversion.report(
      nodeWarning(node, "doubtful-value", `"${wanted.name}" has no unit: read as seconds`, `Write "${found.value}s"`),
    );
  }
  return ms;
}

function isBare(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

function durationOf(value: Scalar): number | undefined {
  if (typeof value === "number" || typeof value === "bigint") return Number(value) * 1_000;
  if (typeof value !== "string") return undefined;
  if (isBare(value)) return Number(value) * 1_000;
  try {
    return parseDuration(value);
  } catch {
    return undefined;
  }
}

/** Nulls are dropped; empty texts too, for they would be an option without its value. */
function texts(wanted: WantedValue, node: Node): readonly string[] | undefined {
  if (node.kind === "table") return refuse(wanted, node, "a text or a list of texts");
  const found: string[] = [];
  for (const item of asItems(node)) {
    if (isNull(item)) {
      if (node.kind === "list") wanted.conversion.report(emptyItemWarning(item, wanted.name));
      continue;
    }
    const { conversion, hasTold } = listening(wanted.conversion);
    const value = text({ ...wanted, conversion, key: { ...wanted.key, type: "text" } }, item);
    if (typeof value !== "string") continue;
    if (value !== "") found.push(value);
    else if ((wanted.key.flag !== undefined || wanted.key.path === "source") && !hasTold()) {
      wanted.conversion.report(nodeWarning(item, "empty-value", `An empty text in "${wanted.name}" has no effect`));
    }
  }
  return found;
}

/** A list of tables is one, later ones winning: `[[prometheus-labels]]` is a way to write it. */
function textTable(wanted: WantedValue, node: Node): ReadonlyMap<string, string | Secret> | undefined {
  const found = new Map<string, string | Secret>();
  for (const item of asItems(node)) {
    if (isNull(item)) continue;
    if (item.kind !== "table") return refuse(wanted, node, "a table", "Write each variable as a key: NAME = value");
    for (const [name, value] of item.entries) {
      if (isNull(value)) continue;
      const converted = text({ ...wanted, name: `${wanted.name}.${name}` }, value);
      if (converted !== undefined) found.set(name, converted);
    }
  }
  return found;
}

function tables({ key, name, conversion }: WantedValue, node: Node): readonly unknown[] {
  const found: unknown[] = [];
  for (const [index, item] of asItems(node).entries()) {
    if (isNull(item)) continue;
    const place = node.kind === "list" ? `${name}[${index}]` : name;
    if (item.kind === "table") found.push(convertTable(item, key.keys ?? {}, place, conversion));
    else refuse({ key, name: place, conversion }, item, "a table");
  }
  return found;
}

/** Settings hold what is set and nothing else: tables, sections and defaults lie over each other later. */
function schedule(wanted: WantedValue, node: Node): Schedule | undefined {
  if (node.kind !== "table") {
    const at = texts(wanted, node);
    return at && { at, settings: {} };
  }
  const set = Object.fromEntries(
    Object.entries(SCHEDULE_TABLE as KeyTable).filter(([name]) => !isNull(node.entries.get(name))),
  );
  const { at = [], ...settings } = convertTable(node, set, wanted.name, wanted.conversion) as {
    at?: readonly string[];
  };
  return { at, settings };
}
