/** What the readers of TOML, JSON and HCL share: a text, how far it is read, and faults that know their place. */

import type { Value } from "../../model/value.ts";
import { SyntaxFault } from "./format.ts";
import { type Offsets, placeAt, recordOffset } from "./key_place.ts";

export interface Scanner {
  readonly text: string;
  /** Offset of the next character. */
  at: number;
  /** How many tables and lists are open. */
  depth: number;
  /** Present if the places of keys are wanted. */
  readonly offsets: Offsets | undefined;
}

/** A table while it is read. */
export type OpenTable = Record<string, Value>;

/** Deeper than any configuration, and shallow enough for readers (and all that work on the value) to recurse. */
export const MAX_DEPTH = 200;

export function scannerOf(text: string, offsets?: Offsets): Scanner {
  return { text, at: 0, depth: 0, offsets };
}

/** A table without prototype: `__proto__` and `constructor` are keys like any other. */
export function newTable(): OpenTable {
  return Object.create(null) as OpenTable;
}

/** Reads what a sticky pattern matches here; undefined, and nothing read, if it does not. */
export function take(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.at;
  const match = pattern.exec(scanner.text)?.[0];
  if (match !== undefined) scanner.at += match.length;
  return match;
}

/** Reads a fixed text; false, and nothing read, if something else is here. */
export function takeText(scanner: Scanner, text: string): boolean {
  if (!scanner.text.startsWith(text, scanner.at)) return false;
  scanner.at += text.length;
  return true;
}

/** The next character (UTF-16 unit); empty at the end. */
export function peek(scanner: Scanner): string {
  return scanner.text.charAt(scanner.at);
}

export function fault(scanner: Scanner, message: string, offset = scanner.at): SyntaxFault {
  return new SyntaxFault(message, placeAt(scanner.text, offset));
}

/** The fault of a key that is defined twice; `firstAt` is known only to a reader that notes places. */
export function repeatedFault(text: string, message: string, at: number, firstAt: number | undefined): SyntaxFault {
  const first = firstAt === undefined ? "" : ` (first on line ${placeAt(text, firstAt).line})`;
  return new SyntaxFault(`${message}${first}`, placeAt(text, at));
}

/** The fault of finding something else than `wanted` here. It shows one character only: more could be a secret. */
export function unexpected(scanner: Scanner, wanted: string): SyntaxFault {
  return fault(scanner, `Expected ${wanted}, found ${describe(scanner)}`);
}

function describe(scanner: Scanner): string {
  const code = scanner.text.codePointAt(scanner.at);
  if (code === undefined) return "the end of the file";
  if (/^\r?\n/.test(scanner.text.slice(scanner.at, scanner.at + 2))) return "the end of the line";
  if (code < 0x20 || code === 0x7f) {
    return `the control character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  const character = String.fromCodePoint(code);
  return character === '"' ? "'\"'" : `"${character}"`;
}

/** Reads one more level of tables or lists. */
export function nested<T>(scanner: Scanner, read: () => T): T {
  if (++scanner.depth > MAX_DEPTH) throw fault(scanner, `Tables and lists may be nested ${MAX_DEPTH} deep at most`);
  const result = read();
  scanner.depth--;
  return result;
}

/** The items of a list whose `[` is here; a comma may follow the last one. @param skip passes over what may be between them */
export function readItems<S extends Scanner>(
  scanner: S,
  skip: (scanner: S) => void,
  readItem: (scanner: S) => Value,
): Value[] {
  const list: Value[] = [];
  scanner.at++;
  while (true) {
    skip(scanner);
    if (takeText(scanner, "]")) return list;
    recordOffset(scanner.offsets, list, list.length, scanner.at);
    list.push(readItem(scanner));
    skip(scanner);
    if (!takeText(scanner, ",") && peek(scanner) !== "]") throw unexpected(scanner, '"," or "]"');
  }
}

/**
 * An integer without loss.
 *
 * @param digits with the prefix of their base (`0x`, `0o`, `0b`), if any, without sign and underscores
 * @returns a number, or a bigint if a number could not hold it exactly
 */
export function exactInteger(digits: string, negative = false): number | bigint {
  const near = Number(digits);
  if (Number.isSafeInteger(near)) return negative ? 0 - near : near;
  return negative ? -BigInt(digits) : BigInt(digits);
}

/** The character of an escape that gives its number. */
export function characterOf(scanner: Scanner, code: number, escapeAt: number): string {
  if (code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
  throw fault(scanner, "This escape stands for no character", escapeAt);
}
