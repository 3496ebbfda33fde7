/**
 * TOML 1.0: tables, keys, lists; texts are in `toml_text.ts`, other values in `toml_scalar.ts`. An own reader, because
 * `@std/toml` refuses `[a]` after `[a.b]`, takes keys twice silently, turns dates and integers beyond 2⁵³ into something
 * else, reads some lines wrong (`\U` escapes, `x = 1}`), and does not know where a key stands: to make up for that takes
 * as much as a reader.
 */

import { isTable, type Table, type Value } from "../../model/value.ts";
import type { Language, SyntaxFault } from "./format.ts";
import { type Offsets, placeFinder, readWithPlacesOnFault, recordOffset } from "./key_place.ts";
import {
  fault,
  MAX_DEPTH,
  nested,
  newTable,
  type OpenTable,
  peek,
  readItems,
  repeatedFault,
  type Scanner,
  scannerOf,
  take,
  takeText,
  unexpected,
} from "./scanner.ts";
import { readScalar } from "./toml_scalar.ts";
import { readLine, readText } from "./toml_text.ts";

const SPACE = /[ \t]*/y;
// deno-lint-ignore no-control-regex -- TOML allows none but the tab
const COMMENT = /#[^\u0000-\u0008\u000a-\u001f\u007f]*/y;
const NEWLINE = /\r?\n/y;
const BARE_KEY = /[A-Za-z0-9_-]+/y;

/**
 * How a table or list of tables came to be, which decides what may still be added to it. Inline tables and lists are in
 * no such state: they are complete.
 *
 * - `header`: by `[table]`, its own or that of an entry
 * - `parent`: by the header of a table below it; its own may follow
 * - `dotted`: by a key with dots in another table
 * - `entries`: the list that `[[table]]` adds to
 */
type Origin = "header" | "parent" | "dotted" | "entries";

interface TomlScanner extends Scanner {
  readonly origins: Map<Value, Origin>;
}

interface Key {
  readonly text: string;
  readonly at: number;
}

/** All keys before the last one, and the last one. */
interface DottedKey {
  readonly parents: readonly Key[];
  readonly last: Key;
}

export const TOML: Language = {
  parse: (text) => ({ value: readWithPlacesOnFault((offsets) => readDocument(text, offsets)), notes: [] }),
  index(text) {
    const offsets: Offsets = new Map();
    return placeFinder(text, readDocument(text, offsets), offsets);
  },
};

function readDocument(text: string, offsets?: Offsets): Table {
  const scanner: TomlScanner = { ...scannerOf(text, offsets), origins: new Map() };
  const root = newTable();
  let table = root;
  while (true) {
    skipBlankLines(scanner);
    if (scanner.at === text.length) return root;
    if (peek(scanner) === "[") table = readHeader(scanner, root);
    else readPair(scanner, table);
    readEndOfLine(scanner);
  }
}

function skipBlankLines(scanner: Scanner): void {
  do {
    take(scanner, SPACE);
    take(scanner, COMMENT);
  } while (take(scanner, NEWLINE) !== undefined);
}

function readEndOfLine(scanner: Scanner): void {
  take(scanner, SPACE);
  take(scanner, COMMENT);
  if (take(scanner, NEWLINE) === undefined && scanner.at < scanner.text.length) {
    throw unexpected(scanner, "the end of the line");
  }
}

/** Reads `[table]` or `[[table]]`; the table that the following pairs belong to. */
function readHeader(scanner: TomlScanner, root: OpenTable): OpenTable {
  const [open, close] = scanner.text.startsWith("[[", scanner.at) ? ["[[", "]]"] : ["[", "]"];
  takeText(scanner, open);
  const { parents, last } = readKey(scanner);
  if (!takeText(scanner, close)) throw unexpected(scanner, `"${close}"`);
  const holder = parents.reduce((table, key) => openParent(scanner, table, key), root);
  return open === "[[" ? addEntry(scanner, holder, last) : openTable(scanner, holder, last);
}

function openParent(scanner: TomlScanner, table: OpenTable, key: Key): OpenTable {
  const known = table[key.text];
  if (known === undefined) return addTable(scanner, table, key, "parent");
  const origin = scanner.origins.get(known);
  if (origin === undefined) throw complete(scanner, key);
  return (origin === "entries" ? (known as readonly Value[]).at(-1) : known) as OpenTable;
}

function openTable(scanner: TomlScanner, holder: OpenTable, key: Key): OpenTable {
  const known = holder[key.text];
  if (known === undefined) return addTable(scanner, holder, key, "header");
  if (scanner.origins.get(known) !== "parent") throw twice(scanner, holder, key);
  scanner.origins.set(known, "header");
  recordOffset(scanner.offsets, holder, key.text, key.at);
  return known as OpenTable;
}

function addEntry(scanner: TomlScanner, holder: OpenTable, key: Key): OpenTable {
  const known = holder[key.text] ?? [];
  if (!(key.text in holder)) {
    scanner.origins.set(known, "entries");
    recordOffset(scanner.offsets, holder, key.text, key.at);
    holder[key.text] = known;
  } else if (scanner.origins.get(known) !== "entries") {
    throw twice(scanner, holder, key);
  }
  const entries = known as Value[];
  const entry = newTable();
  scanner.origins.set(entry, "header");
  recordOffset(scanner.offsets, entries, entries.length, key.at);
  entries.push(entry);
  return entry;
}

/** Reads `key = value` into a table. */
function readPair(scanner: TomlScanner, table: OpenTable): void {
  const { parents, last } = readKey(scanner);
  if (!takeText(scanner, "=")) throw unexpected(scanner, '"=" after the key');
  take(scanner, SPACE);
  const holder = parents.reduce((parent, key) => openDotted(scanner, parent, key), table);
  if (last.text in holder) throw twice(scanner, holder, last);
  recordOffset(scanner.offsets, holder, last.text, last.at);
  holder[last.text] = readValue(scanner);
}

function openDotted(scanner: TomlScanner, table: OpenTable, key: Key): OpenTable {
  const known = table[key.text];
  if (known === undefined) return addTable(scanner, table, key, "dotted");
  const origin = scanner.origins.get(known);
  if (origin !== "dotted" && origin !== "parent") throw complete(scanner, key);
  scanner.origins.set(known, "dotted");
  return known as OpenTable;
}

function addTable(scanner: TomlScanner, holder: OpenTable, key: Key, origin: Origin): OpenTable {
  const table = newTable();
  scanner.origins.set(table, origin);
  recordOffset(scanner.offsets, holder, key.text, key.at);
  holder[key.text] = table;
  return table;
}

function twice(scanner: Scanner, holder: Table, key: Key): SyntaxFault {
  const what = isTable(holder[key.text]) ? "table" : "key";
  const firstAt = scanner.offsets?.get(holder)?.get(key.text);
  return repeatedFault(scanner.text, `Duplicate ${what} "${key.text}"`, key.at, firstAt);
}

function complete(scanner: Scanner, key: Key): SyntaxFault {
  return fault(scanner, `Cannot add to "${key.text}" here: it is not a table, or is already closed`, key.at);
}

/** Reads a key with its dots, and the space around it. */
function readKey(scanner: Scanner): DottedKey {
  const keys: Key[] = [];
  do {
    take(scanner, SPACE);
    keys.push({ at: scanner.at, text: readSimpleKey(scanner) });
    take(scanner, SPACE);
  } while (takeText(scanner, "."));
  if (keys.length > MAX_DEPTH) throw fault(scanner, `A key may have ${MAX_DEPTH} parts at most`);
  return { parents: keys.slice(0, -1), last: keys.at(-1) as Key };
}

function readSimpleKey(scanner: Scanner): string {
  const next = peek(scanner);
  if (next === '"' || next === "'") return readLine(scanner);
  const key = take(scanner, BARE_KEY);
  if (key === undefined) throw unexpected(scanner, "a key (quote it if it holds more than letters, digits, _ and -)");
  return key;
}

function readValue(scanner: TomlScanner): Value {
  switch (peek(scanner)) {
    case '"':
    case "'":
      return readText(scanner);
    case "[":
      return nested(scanner, () => readItems(scanner, skipBlankLines, readValue));
    case "{":
      return nested(scanner, () => readInlineTable(scanner));
    default:
      return readScalar(scanner);
  }
}

function readInlineTable(scanner: TomlScanner): Value {
  const table = newTable();
  scanner.at++;
  take(scanner, SPACE);
  if (takeText(scanner, "}")) return table;
  do {
    readPair(scanner, table);
    take(scanner, SPACE);
  } while (takeText(scanner, ","));
  if (!takeText(scanner, "}")) throw unexpected(scanner, '"," or "}" (an inline table is on one line)');
  return table;
}
