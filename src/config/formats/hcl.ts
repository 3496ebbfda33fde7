/**
 * HCL 1, whole: no package reads it any more. There is no interpolation; `${HOME}` stays for the environment or the
 * shell. A file that starts with `{` is JSON, as it was for HCL 1.
 */

import { isTable, type Table, type Value } from "../../model/value.ts";
import { blocks, isBlocks } from "./blocks.ts";
import type { Language } from "./format.ts";
import { readHeredoc, readText } from "./hcl_text.ts";
import { JSON_LANGUAGE } from "./json.ts";
import { type Offsets, placeFinder, recordOffset } from "./place.ts";
import {
  exactInteger,
  fault,
  nested,
  newTable,
  type OpenTable,
  peek,
  type Scanner,
  scannerOf,
  take,
  takeText,
  unexpected,
} from "./scanner.ts";

const BLANK = /(?:\s+|#[^\r\n]*|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_.-]*/uy;
const NUMBER = /-?(?:0[xX][\da-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const OCTAL = /^0\d+$/;

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
  const table = newTable();
  const openedAt = scanner.at - 1;
  while (true) {
    skipBlank(scanner);
    if (close !== "" && takeText(scanner, close)) return table;
    if (scanner.at === scanner.text.length) {
      if (close === "") return table;
      throw fault(scanner, 'The block that starts here is not closed: "}" is missing', openedAt);
    }
    readItem(scanner, table);
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

/** `key = value`, `key {…}` or `key "label" … {…}`. */
function readItem(scanner: Scanner, table: OpenTable): void {
  const keyAt = scanner.at;
  const key = readKey(scanner);
  const labels: { name: string; at: number }[] = [];
  while (true) {
    skipBlank(scanner);
    if (labels.length === 0 && takeText(scanner, "=")) {
      skipBlank(scanner);
      return addValue(scanner, table, key, readValue(scanner), keyAt);
    }
    if (peek(scanner) === "{") {
      return addValue(scanner, table, key, wrap(scanner, readBlock(scanner), labels), keyAt);
    }
    if (!/[\p{L}_"]/u.test(peek(scanner))) throw unexpected(scanner, labels.length === 0 ? '"=" or "{"' : '"{"');
    labels.push({ at: scanner.at, name: readKey(scanner) });
  }
}

function readKey(scanner: Scanner): string {
  if (peek(scanner) === '"') return readText(scanner);
  const keyAt = scanner.at;
  const key = take(scanner, IDENTIFIER);
  if (key === undefined) throw unexpected(scanner, "a key");
  if (key === "true" || key === "false") throw fault(scanner, `"${key}" is no key: quote it`, keyAt);
  return key;
}

function readBlock(scanner: Scanner): Table {
  scanner.at++;
  return nested(scanner, () => readBody(scanner, "}"));
}

/** A labelled block is a block in a block: `a "b" {…}` is `a { b {…} }`. */
function wrap(scanner: Scanner, block: Table, labels: readonly { name: string; at: number }[]): Table {
  return labels.reduceRight<Table>((inner, { name, at }) => {
    const outer = newTable();
    outer[name] = inner;
    recordOffset(scanner.offsets, outer, name, at);
    return outer;
  }, block);
}

/**
 * Blocks of one name add up, and so do lists; of several single values the last counts. Nothing is lost silently: a
 * single value that would displace a block or a list is an error, and the reverse for a block.
 */
function addValue(scanner: Scanner, table: OpenTable, key: string, value: Value, keyAt: number): void {
  const known = table[key];
  if (known === undefined || (isSingle(known) && !isTable(value))) {
    recordOffset(scanner.offsets, table, key, keyAt);
    table[key] = value;
    return;
  }
  if (isSingle(known) || isSingle(value)) {
    throw fault(scanner, `The key "${key}" has a single value here, and a block or list elsewhere`, keyAt);
  }
  const firstAt = scanner.offsets?.get(table)?.get(key) ?? keyAt;
  const items = [...itemsOf(scanner, known, firstAt), ...itemsOf(scanner, value, keyAt)];
  const values = items.map((item) => item.value);
  const sum = isBlock(known) && isBlock(value) ? blocks(values as Table[]) : values;
  items.forEach(({ at }, index) => recordOffset(scanner.offsets, sum, index, at));
  table[key] = sum;
}

function isSingle(value: Value): boolean {
  return !isTable(value) && !Array.isArray(value);
}

function isBlock(value: Value): boolean {
  return isTable(value) || isBlocks(value);
}

/** The items of a list, or of blocks, with their offsets; a block that stands alone is one item. */
function itemsOf(scanner: Scanner, value: Value, at: number): { value: Value; at: number }[] {
  if (!Array.isArray(value)) return [{ value, at }];
  const offsets = scanner.offsets?.get(value);
  return (value as readonly Value[]).map((item, index) => ({ value: item, at: offsets?.get(index) ?? at }));
}

function readValue(scanner: Scanner): Value {
  if (scanner.text.startsWith("<<", scanner.at)) return readHeredoc(scanner);
  switch (peek(scanner)) {
    case '"':
      return readText(scanner);
    case "[":
      return nested(scanner, () => readList(scanner));
    case "{":
      return readBlock(scanner);
    default:
      return readNumberOrWord(scanner);
  }
}

function readList(scanner: Scanner): Value {
  const list: Value[] = [];
  scanner.at++;
  while (true) {
    skipBlank(scanner);
    if (takeText(scanner, "]")) return list;
    recordOffset(scanner.offsets, list, list.length, scanner.at);
    list.push(readValue(scanner));
    skipBlank(scanner);
    if (!takeText(scanner, ",") && peek(scanner) !== "]") throw unexpected(scanner, '"," or "]"');
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
    throw fault(scanner, "An integer that starts with 0 is octal: 8 and 9 are no digits of it", start);
  }
  scanner.at = start;
  if (number !== undefined) throw fault(scanner, "This is no number (text needs double quotes)");
  throw unexpected(scanner, "a value (text needs double quotes)");
}

/** Undefined for an octal number with digits that are none. */
function numberOf(number: string): number | bigint | undefined {
  const negative = number.startsWith("-");
  const digits = negative ? number.slice(1) : number;
  if (OCTAL.test(digits)) return /[89]/.test(digits) ? undefined : exactInteger(`0o${digits}`, negative);
  if (/^\d+$|^0x/i.test(digits)) return exactInteger(digits, negative);
  return Number(number);
}
