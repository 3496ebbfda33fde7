/** Values as `show` prints them: durations as Go does, secrets hidden, nothing for what is not set. */
import { isNull, type Node, positionOf, type TableNode } from "../config/nodes/node.ts";
import type { ScheduleEntry } from "../config/values/schedule_tables.ts";
import { formatDecimal } from "../model/go_text.ts";
import { formatPosition } from "../model/diagnostic.ts";
import { formatDuration } from "../model/duration.ts";
import { isSecretName, maskAddress, maskHeader, maskReceiver, maskUrls, maskVariable } from "../model/mask.ts";
import { maskFlag } from "../model/mask_address.ts";
import { HIDDEN, Secret } from "../model/secret.ts";
import type { KeyDefinition, KeyTable, Schedule } from "../schema/key.ts";
import type { FlagValues } from "../schema/profile.ts";
import { MEANINGFUL_WHEN_EMPTY } from "../schema/restic_flags.ts";
import { CAPTURED_BY_DEFAULT, SCHEDULE_TABLE } from "../schema/schedule_keys.ts";
import type { Shown, ShownJson, ShownTable, ShownValue } from "./aligned_blocks.ts";

export interface Described {
  readonly keys: KeyTable;
  readonly options: Readonly<Record<string, unknown>>;
  readonly flags?: FlagValues;
  /** What is set; undefined: nothing. */
  readonly node: TableNode | undefined;
  /** Dotted name of the table; empty for the block itself. */
  readonly name: string;
  /** Defaults that say something are shown too. */
  readonly defaults: boolean;
  readonly origins: boolean;
  /** Keys that a run has though they are not in the configuration. @default none */
  readonly added?: ReadonlySet<string>;
}

/** As people and programs get it. */
type Value = Pick<ShownValue, "text" | "json">;

const HIDDEN_KEYS = /^(?:inherit|use|schedule|schedule-(?!defaults).+)$/;

export function describeTable(table: Described): { rows: Shown[]; tables: ShownTable[] } {
  const rows: Shown[] = [];
  const tables: ShownTable[] = [];
  for (const [name, key] of Object.entries(table.keys)) {
    const value = table.options[name];
    const node = table.node?.entries.get(name);
    if (HIDDEN_KEYS.test(name) || value === undefined) continue;
    if (isNull(node) && !table.added?.has(name) && !(table.defaults && saysSomething(value))) continue;
    const below = nestedItems(key, value, node, table.origins);
    if (below === undefined) rows.push(...row(name, key, value, node, table.origins));
    else if (below.length > 0) {
      tables.push({ name: dotted(table.name, name), items: below, isList: key.type === "tables" });
    }
  }
  const flags = [...table.flags ?? []].sort(([one], [other]) => one < other ? -1 : 1);
  for (const [name, value] of flags) {
    // what was made absolute for a section is written in the profile
    if (table.added?.has(name) || (table.node?.entries.has(name) ?? true)) rows.push(...flagRow(name, value, table));
  }
  return { rows, tables };
}

function dotted(table: string, name: string): string {
  return table === "" ? name : `${table}.${name}`;
}

function saysSomething(value: unknown): boolean {
  return value !== false && value !== 0 && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The rows of a table in the table, or of each table of a list; undefined for everything else. */
function nestedItems(
  key: KeyDefinition,
  value: unknown,
  node: Node | undefined,
  origins: boolean,
): Shown[][] | undefined {
  if (key.type === "text-table") {
    const entries = [...value as ReadonlyMap<string, string | Secret>];
    const rows = entries.flatMap(([name, text]) => {
      const item = node?.kind === "table" ? node.entries.get(name.toLowerCase()) : undefined;
      return shown(name, [asText(maskVariable(name, plainText(text)))], item, origins);
    });
    return rows.length === 0 ? [] : [rows];
  }
  if (key.type === "schedule" || key.type === "schedule-defaults") {
    const { settings } = value as Schedule;
    const table = node?.kind === "table" ? node : undefined;
    return [
      describeTable({ keys: SCHEDULE_TABLE, options: settings, node: table, name: "", defaults: false, origins }).rows,
    ];
  }
  if (key.type !== "tables") return undefined;
  return (value as readonly Record<string, unknown>[]).map((item, index) => {
    const child = node?.kind === "list" ? node.items[index] : node;
    const keys = key.keys ?? {};
    return Object.entries(keys).flatMap(([name, inner]) => {
      const at = child?.kind === "table" ? child.entries.get(name) : undefined;
      return isNull(at) ? [] : row(name, inner, item[name], at, origins);
    });
  });
}

function row(name: string, key: KeyDefinition, value: unknown, node: Node | undefined, origins: boolean): Shown[] {
  const isReceiver = name === "url" && value instanceof Secret;
  const values = isReceiver
    ? [asText(maskReceiver(value.reveal()))]
    : valuesOf(key, value).map((each) => typeof value === "string" ? asText(flagText(name, each.text)) : each);
  return shown(name, values, node, origins, isListType(key));
}

function isListType({ type }: KeyDefinition): boolean {
  return type === "texts" || type === "tables";
}

/** Empty texts and lists are not shown. */
function shown(
  key: string,
  values: readonly Value[],
  node: Node | undefined,
  origins: boolean,
  isList = false,
): Shown[] {
  if (values.length === 0 || values.every(({ text }) => text === "")) return [];
  return [{
    key,
    values: values.map((value, index) => ({
      ...value,
      origin: origins ? placeOf(node, index, values.length) : undefined,
    })),
    isList,
  }];
}

/** An item's own place, unless the list has become another one (wildcards, dropped items). */
function placeOf(node: Node | undefined, index: number, count: number): string | undefined {
  if (node === undefined) return undefined;
  const item = node.kind === "list" && node.items.length === count ? node.items[index] : node;
  const position = positionOf(item ?? node);
  return position && formatPosition(position);
}

function asText(text: string): Value {
  return { text, json: text };
}

/** Of its own type, unless something of it is hidden. @param text as it may be shown */
function typed(value: unknown, text: string): Value {
  const isPlain = plainText(value) === text;
  if (typeof value === "boolean") return { text, json: isPlain ? value : text };
  const isNumber = typeof value === "number" || typeof value === "bigint";
  return { text, json: isNumber && isPlain && Number.isSafeInteger(Math.trunc(Number(value))) ? Number(value) : text };
}

function valuesOf(key: KeyDefinition, value: unknown): Value[] {
  switch (key.type) {
    case "texts":
      return (value as readonly string[]).map((text) => asText(maskUrls(text)));
    case "tables":
      return (value as readonly Record<string, unknown>[]).map((item) => inline(key.keys ?? {}, item));
    case "duration":
      return [asText(formatDuration(value as number))];
    default:
      return [value instanceof Secret ? asText(maskAddress(value.reveal())) : typed(value, maskUrls(plainText(value)))];
  }
}

/** A table in a list of a table: `{name:Accept,value:text/plain}`, and an object for programs. */
function inline(keys: KeyTable, item: Readonly<Record<string, unknown>>): Value {
  const parts = Object.keys(keys).filter((name) => item[name] !== undefined).map((name): [string, ShownJson] => {
    const value = item[name];
    // the value of a header is as secret as its name tells
    const text = value instanceof Secret ? maskHeader(plainText(item["name"]), value.reveal()) : plainText(value);
    return [name, typed(value, text).json];
  });
  return { text: `{${parts.map(([name, text]) => `${name}:${text}`).join(",")}}`, json: Object.fromEntries(parts) };
}

function plainText(value: unknown): string {
  if (value instanceof Secret) return value.reveal();
  return typeof value === "number" || typeof value === "bigint" ? formatDecimal(value) : String(value ?? "");
}

/** Flags of restic that name one, in any section. */
const REPOSITORY = /^(?:from-)?repo(?:sitory|2)?$/;

function flagRow(name: string, value: unknown, { node, origins }: Described): Shown[] {
  const at = node?.entries.get(name);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const values = items.map((item): Value => {
    if (item === "" && MEANINGFUL_WHEN_EMPTY.has(name)) return { text: '""', json: "" };
    return typed(item, maskUrls(flagText(name, plainText(item))));
  });
  return shown(name, values, at, origins, Array.isArray(value));
}

/** A key that restic does not know, as `password`, may have a secret nevertheless. */
function flagText(name: string, text: string): string {
  if (REPOSITORY.test(name)) return maskAddress(text);
  const masked = maskFlag(`--${name}`, text);
  return masked === text && text !== "" && isSecretName(name) ? HIDDEN : masked;
}

/** @param log where its log really is */
export function describeSchedule(
  { options, nodeOf }: ScheduleEntry,
  log: string | undefined,
  origins: boolean,
): Shown[] {
  const used: Readonly<Record<string, unknown>> = {
    ...options,
    "capture-environment": options["capture-environment"] ?? CAPTURED_BY_DEFAULT,
    log,
  };
  return Object.entries(SCHEDULE_TABLE).flatMap(([name, key]) => {
    const value = used[name];
    const node = nodeOf(name);
    if (value === undefined || (node === undefined && !saysSomething(value))) return [];
    return shown(name, valuesOf(key, value), node, origins, isListType(key));
  });
}
