/**
 * HCL 1, whole: no package reads it any more. There is no interpolation; `${HOME}` stays for the environment or the
 * shell. A file that starts with `{` is JSON, as it was for HCL 1.
 */

import { isTable, type Table, type Value } from "../../model/value.ts";
import { blocks } from "./blocks.ts";
import type { Language } from "./format.ts";
import { readHeredoc, readText } from "./hcl_text.ts";
import { JSON_LANGUAGE } from "./json.ts";
import { type Offsets, placeFinder, recordOffset } from "./key_place.ts";
import {
  exactInteger,
  fault,
  MAX_DEPTH,
  nested,
  newTable,
  peek,
  readItems,
  type Scanner,
  scannerOf,
  take,
  takeText,
  unexpected,
} from "./scanner.ts";

const BLANK = /(?:\s+|#[^\r\n]*|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_.-]*/uy;
const NUMBER = /-?(?:0[xX][\da-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const LABEL_START = /[\p{L}_"]/u;
const OCTAL = /^0\d+$/;

/** A value and where its key stands; in a list, where it stands itself. */
interface Item {
  readonly value: Value;
  readonly at: number;
}

interface Label {
  readonly name: string;
  readonly at: number;
}

export const HCL: Language = {
  parse(text) {
    return isJson(text) ? JSON_LANGUAGE.parse(text) : { value: readFile(text), notes: [] };
  },
  index(text) {
    if (isJson(text)) return JSON_LANGUAGE.index(text);
    const offsets: Offsets = new Map();
    return placeFinder(text, readFile(text, offsets), offsets);
  },
};

function isJson(text: string): boolean {
  return text.trimStart().startsWith("{");
}

function readFile(text: string, offsets?: Offsets): Table {
  return readBody(scannerOf(text, offsets), "");
}

/** Reads items up to the closing bracket, and it; with none, up to the end of the file. */
function readBody(scanner: Scanner, close: "}" | ""): Table {
  const body = new Map<string, Item[]>();
  const openedAt = scanner.at - 1;
  while (true) {
    skipBlank(scanner);
    if (close !== "" && takeText(scanner, close)) return tableOf(scanner, body);
    if (scanner.at === scanner.text.length) {
      if (close === "") return tableOf(scanner, body);
      throw fault(scanner, 'The block that starts here is not closed: "}" is missing', openedAt);
    }
    const at = scanner.at;
    const key = readKey(scanner);
    const item = { value: readItemValue(scanner), at };
    const items = body.get(key);
    if (items) items.push(item);
    else body.set(key, [item]);
    skipBlank(scanner);
    takeText(scanner, ",");
  }
}

function skipBlank(scanner: Scanner): void {
  take(scanner, BLANK);
  if (scanner.text.startsWith("/*", scanner.at)) {
    throw fault(scanner, 'The comment that starts here is not closed: "*/" is missing');
  }
}

/** Reads what follows a key: `= value`, `{…}`, or `"label" … {…}`. */
function readItemValue(scanner: Scanner): Value {
  const labels: Label[] = [];
  while (true) {
    skipBlank(scanner);
    if (labels.length === 0 && takeText(scanner, "=")) {
      skipBlank(scanner);
      return readValue(scanner);
    }
    if (peek(scanner) === "{") return wrap(scanner, readBlock(scanner), labels);
    if (!LABEL_START.test(peek(scanner))) throw unexpected(scanner, labels.length === 0 ? '"=" or "{"' : '"{"');
    labels.push({ at: scanner.at, name: readKey(scanner) });
    if (labels.length > MAX_DEPTH) throw fault(scanner, `A block may have ${MAX_DEPTH} labels at most`);
  }
}

function readKey(scanner: Scanner): string {
  if (peek(scanner) === '"') return readText(scanner);
  const keyAt = scanner.at;
  const key = take(scanner, IDENTIFIER);
  if (key === undefined) throw unexpected(scanner, "a key");
  if (key === "true" || key === "false") throw fault(scanner, `"${key}" cannot be a key: quote it`, keyAt);
  return key;
}

function readBlock(scanner: Scanner): Table {
  scanner.at++;
  return nested(scanner, () => readBody(scanner, "}"));
}

/** A labelled block is a block in a block: `a "b" {…}` is `a { b {…} }`. */
function wrap(scanner: Scanner, block: Table, labels: readonly Label[]): Table {
  return labels.reduceRight<Table>((inner, { name, at }) => {
    const outer = newTable();
    outer[name] = inner;
    recordOffset(scanner.offsets, outer, name, at);
    return outer;
  }, block);
}

/** The table of a body, from its items by key. */
function tableOf(scanner: Scanner, body: ReadonlyMap<string, readonly Item[]>): Table {
  const table = newTable();
  for (const [key, items] of body) {
    const { value, at } = combine(scanner, key, items);
    recordOffset(scanner.offsets, table, key, at);
    table[key] = value;
  }
  return table;
}

/**
 * All items of one key as one. Blocks add up, and so do lists; of several single values the last counts. A single value
 * beside a block, or after a list, would lose something silently, so it is an error.
 */
function combine(scanner: Scanner, key: string, items: readonly Item[]): Item {
  if (items.length === 1) return items[0] as Item;
  const start = items.findIndex(({ value }) => !isSingle(value));
  const parts = start < 0 ? items.slice(-1) : items.slice(start);
  const stray = start < 0
    ? undefined
    : parts.find(({ value }) => isSingle(value)) ?? parts.find(({ value }) => start > 0 && isTable(value));
  if (stray) throw fault(scanner, `The key "${key}" has both a single value and a block or list`, stray.at);
  return parts.length === 1 ? parts[0] as Item : { value: join(scanner, parts), at: (parts[0] as Item).at };
}

function isSingle(value: Value): boolean {
  return !isTable(value) && !Array.isArray(value);
}

/** Blocks as `Blocks`; with a list among them, all items as one list. */
function join(scanner: Scanner, parts: readonly Item[]): Value {
  const items = parts.flatMap(({ value, at }): readonly Item[] => {
    if (!Array.isArray(value)) return [{ value, at }];
    const offsets = scanner.offsets?.get(value);
    return (value as readonly Value[]).map((item, index) => ({ value: item, at: offsets?.get(index) ?? at }));
  });
  const values = items.map(({ value }) => value);
  const joined = parts.every(({ value }) => isTable(value)) ? blocks(values as Table[]) : values;
  items.forEach(({ at }, index) => recordOffset(scanner.offsets, joined, index, at));
  return joined;
}

function readValue(scanner: Scanner): Value {
  if (scanner.text.startsWith("<<", scanner.at)) return readHeredoc(scanner);
  switch (peek(scanner)) {
    case '"':
      return readText(scanner);
    case "[":
      return nested(scanner, () => readItems(scanner, skipBlank, readValue));
    case "{":
      return readBlock(scanner);
    default:
      return readNumberOrWord(scanner);
  }
}

function readNumberOrWord(scanner: Scanner): Value {
  const start = scanner.at;
  const number = take(scanner, NUMBER);
  const word = take(scanner, IDENTIFIER);
  if (number === undefined && (word === "true" || word === "false")) return word === "true";
  if (number !== undefined && word === undefined && peek(scanner) !== ".") {
    const value = numberOf(number);
    if (value !== undefined) return value;
    throw fault(scanner, "Invalid octal number: an integer that starts with 0 has the digits 0 to 7", start);
  }
  scanner.at = start;
  if (number !== undefined) throw fault(scanner, "This is not a number (text needs double quotes)");
  throw unexpected(scanner, "a value (text needs double quotes)");
}

/** Undefined for an octal number with other digits. */
function numberOf(number: string): number | bigint | undefined {
  const negative = number.startsWith("-");
  const digits = negative ? number.slice(1) : number;
  if (OCTAL.test(digits)) return /[89]/.test(digits) ? undefined : exactInteger(`0o${digits}`, negative);
  if (/^\d+$|^0x/i.test(digits)) return exactInteger(digits, negative);
  return Number(number);
}
