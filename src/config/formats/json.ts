/**
 * JSON, strictly. An own reader, because `JSON.parse` rounds integers beyond 2⁵³, takes a key twice silently, and does
 * not say on every engine where a mistake is.
 */

import type { Table, Value } from "../../model/value.ts";
import type { Language, Note } from "./format.ts";
import { type Offsets, placeFinder, placesIn, recordOffset } from "./key_place.ts";
import {
  exactInteger,
  fault,
  nested,
  newTable,
  peek,
  type Scanner,
  scannerOf,
  take,
  takeText,
  unexpected,
} from "./scanner.ts";

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// deno-lint-ignore no-control-regex -- JSON wants these escaped
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS = { true: true, false: false, null: null } as const;

interface JsonScanner extends Scanner {
  /** Keys that were there already, with their offsets. */
  readonly repeated: { readonly key: string; readonly at: number }[];
}

export const JSON_LANGUAGE: Language = {
  parse: (text) => readDocument(text),
  index(text) {
    const offsets: Offsets = new Map();
    return placeFinder(text, readDocument(text, offsets).value, offsets);
  },
};

function readDocument(text: string, offsets?: Offsets): { value: Table; notes: readonly Note[] } {
  const scanner: JsonScanner = { ...scannerOf(text, offsets), repeated: [] };
  skipSpace(scanner);
  if (peek(scanner) !== "{") throw unexpected(scanner, 'an object, which starts with "{", at the top');
  const value = readObject(scanner);
  skipSpace(scanner);
  if (scanner.at < text.length) throw unexpected(scanner, "nothing after the object at the top");
  return { value, notes: notesOf(scanner) };
}

function notesOf({ text, repeated }: JsonScanner): readonly Note[] {
  if (repeated.length === 0) return [];
  const placeOf = placesIn(text);
  return repeated.map(({ key, at }) => ({
    message: `Duplicate key "${key}": the last value is used`,
    place: placeOf(at),
  }));
}

function skipSpace(scanner: Scanner): void {
  take(scanner, SPACE);
  if (/^\/[/*]/.test(scanner.text.slice(scanner.at, scanner.at + 2))) throw fault(scanner, "JSON has no comments");
}

function readValue(scanner: JsonScanner): Value {
  switch (peek(scanner)) {
    case "{":
      return readObject(scanner);
    case "[":
      return readList(scanner);
    case '"':
      return readText(scanner);
    default:
      return readNumberOrWord(scanner);
  }
}

function readObject(scanner: JsonScanner): Table {
  const table = newTable();
  readMembers(scanner, "}", () => {
    const keyAt = scanner.at;
    if (peek(scanner) !== '"') throw unexpected(scanner, "a key in double quotes");
    const key = readText(scanner);
    skipSpace(scanner);
    if (!takeText(scanner, ":")) throw unexpected(scanner, '":" after the key');
    skipSpace(scanner);
    if (key in table) scanner.repeated.push({ key, at: keyAt });
    recordOffset(scanner.offsets, table, key, keyAt);
    table[key] = readValue(scanner);
  });
  return table;
}

function readList(scanner: JsonScanner): Value[] {
  const list: Value[] = [];
  readMembers(scanner, "]", () => {
    recordOffset(scanner.offsets, list, list.length, scanner.at);
    list.push(readValue(scanner));
  });
  return list;
}

/** Reads what is between the bracket here and the one that closes it. */
function readMembers(scanner: Scanner, close: "}" | "]", readMember: () => void): void {
  nested(scanner, () => {
    scanner.at++;
    skipSpace(scanner);
    if (takeText(scanner, close)) return;
    while (true) {
      readMember();
      skipSpace(scanner);
      if (takeText(scanner, close)) return;
      const commaAt = scanner.at;
      if (!takeText(scanner, ",")) throw unexpected(scanner, `"," or "${close}"`);
      skipSpace(scanner);
      if (peek(scanner) === close) throw fault(scanner, `JSON allows no comma before "${close}"`, commaAt);
    }
  });
}

function readText(scanner: Scanner): string {
  const start = scanner.at++;
  while (true) {
    take(scanner, PLAIN_TEXT);
    if (takeText(scanner, '"')) return JSON.parse(scanner.text.slice(start, scanner.at)) as string;
    if (peek(scanner) === "\\") {
      if (take(scanner, ESCAPE) === undefined) {
        throw fault(scanner, `JSON has no such escape: write "\\\\" for a backslash`);
      }
    } else if (/[\r\n]|^$/.test(peek(scanner))) {
      throw fault(scanner, "The text that starts here is not closed: a double quote is missing", start);
    } else {
      throw unexpected(scanner, "text without control characters (write a tab as \\t)");
    }
  }
}

function readNumberOrWord(scanner: Scanner): Value {
  const number = take(scanner, NUMBER);
  if (number !== undefined) {
    return /[.eE]/.test(number) ? Number(number) : exactInteger(number.replace("-", ""), number.startsWith("-"));
  }
  for (const [word, value] of Object.entries(WORDS)) {
    if (takeText(scanner, word)) return value;
  }
  throw unexpected(scanner, "a value (text needs double quotes)");
}
