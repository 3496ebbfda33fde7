/** The four kinds of text of TOML: basic and literal ones, each on one line or on several. */

import type { SyntaxFault } from "./format.ts";
import { characterOf, fault, peek, type Scanner, take, takeText, unexpected } from "./scanner.ts";

/** What is between quotes and means just itself. TOML allows no control characters but the tab. */
// deno-lint-ignore no-control-regex
const BASIC = /[^"\\\u0000-\u0008\u000a-\u001f\u007f]+/y;
// deno-lint-ignore no-control-regex
const LITERAL = /[^'\u0000-\u0008\u000a-\u001f\u007f]+/y;
const NEWLINE = /\r?\n/y;
const ESCAPE = /\\(?:[btnfr"\\]|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y;
/** A backslash at the end of a line, and all blanks and line ends after it. */
const CONTINUATION = /\\[ \t]*\r?\n(?:[ \t\n]|\r\n)*/y;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "\\": "\\",
};

/** Reads a text of any kind, with its quotes. Line ends in it become LF. */
export function readText(scanner: Scanner): string {
  const quote = peek(scanner);
  return scanner.text.startsWith(quote.repeat(3), scanner.at) ? readLines(scanner) : readLine(scanner);
}

/** Reads a text on one line, as keys may be, too. */
export function readLine(scanner: Scanner): string {
  const start = scanner.at;
  const quote = peek(scanner);
  const parts: string[] = [];
  scanner.at++;
  while (!takeText(scanner, quote)) {
    const part = readPart(scanner, quote);
    if (part === undefined) throw endOfText(scanner, start);
    parts.push(part);
  }
  return parts.join("");
}

function readLines(scanner: Scanner): string {
  const start = scanner.at;
  const quote = peek(scanner);
  const quotes = quote === '"' ? /"{1,5}/y : /'{1,5}/y;
  const parts: string[] = [];
  scanner.at += 3;
  take(scanner, NEWLINE);
  while (true) {
    const found = take(scanner, quotes);
    if (found !== undefined) {
      // Up to two more quotes may precede the three that end the text.
      parts.push(found.length < 3 ? found : found.slice(3));
      if (found.length >= 3) return parts.join("");
    } else if (take(scanner, NEWLINE) !== undefined) {
      parts.push("\n");
    } else if (quote === "'" || take(scanner, CONTINUATION) === undefined) {
      const part = readPart(scanner, quote);
      if (part === undefined) throw endOfText(scanner, start);
      parts.push(part);
    }
  }
}

/** Reads as much as has one meaning; undefined where a line ends. */
function readPart(scanner: Scanner, quote: string): string | undefined {
  const plain = take(scanner, quote === '"' ? BASIC : LITERAL);
  if (plain !== undefined) return plain;
  if (peek(scanner) === "\\") return readEscape(scanner);
  if (/[\r\n]|^$/.test(peek(scanner))) return undefined;
  throw unexpected(scanner, "text without control characters (write them as \\u00XX)");
}

function readEscape(scanner: Scanner): string {
  const start = scanner.at;
  const escape = take(scanner, ESCAPE)?.slice(1);
  if (escape === undefined) {
    throw fault(scanner, `TOML has no such escape: write "\\\\" for a backslash, or use single quotes`);
  }
  return SIMPLE_ESCAPES[escape] ?? characterOf(scanner, parseInt(escape.slice(1), 16), start);
}

function endOfText(scanner: Scanner, start: number): SyntaxFault {
  return fault(scanner, "The text that starts here is not closed: its closing quote is missing", start);
}
