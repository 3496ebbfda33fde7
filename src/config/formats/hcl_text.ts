/** Texts of HCL 1: in double quotes, with escapes and `${…}`, and heredocs. */

import { characterOf, fault, peek, type Scanner, take, takeText } from "./scanner.ts";

const PLAIN = /(?:[^"\\\r\n$]+|\$(?!\{))+/y;
const ESCAPE = /\\(?:[abfnrtv\\"]|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y;
const BYTE = /\\(?:[0-3][0-7]{2}|x[\da-fA-F]{2})/y;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};
const MARK = /<<-?[\p{L}\p{Nd}_]+(?=\r?\n)/uy;

/** Reads a text in double quotes. From `${` to its `}` everything is kept as it is written. */
export function readText(scanner: Scanner): string {
  const start = scanner.at++;
  const parts: string[] = [];
  while (!takeText(scanner, '"')) {
    const plain = take(scanner, PLAIN);
    if (plain !== undefined) parts.push(plain);
    else if (peek(scanner) === "\\") parts.push(readEscape(scanner));
    else if (peek(scanner) === "$") parts.push(readReference(scanner));
    else throw fault(scanner, "The text that starts here is not closed: a double quote is missing", start);
  }
  return parts.join("");
}

function readEscape(scanner: Scanner): string {
  const start = scanner.at;
  const bytes = readBytes(scanner);
  if (bytes.length > 0) return textOfBytes(bytes);
  const escape = take(scanner, ESCAPE)?.slice(1);
  if (escape === undefined) throw fault(scanner, 'HCL has no such escape: write "\\\\" for a backslash');
  const simple = SIMPLE_ESCAPES[escape];
  if (simple !== undefined) return simple;
  return characterOf(scanner, parseInt(escape.slice(1), 16), start);
}

/** `\xhh` and `\ooo` are bytes, and one after the other they may be one character. */
function readBytes(scanner: Scanner): number[] {
  const bytes: number[] = [];
  for (let escape = take(scanner, BYTE); escape !== undefined; escape = take(scanner, BYTE)) {
    const digits = escape.slice(1);
    bytes.push(digits.startsWith("x") ? parseInt(digits.slice(1), 16) : parseInt(digits, 8));
  }
  return bytes;
}

/** `\xc3\xa9` and `\303\251` are é; other bytes are one character each. */
function textOfBytes(bytes: readonly number[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((code) => String.fromCharCode(code)).join("");
  }
}

/** Reads `${…}` with the braces and quotes inside of it, as written. */
function readReference(scanner: Scanner): string {
  const start = scanner.at;
  let open = 0;
  for (const { 0: brace, index } of scanner.text.slice(start).matchAll(/[{}]/g)) {
    open += brace === "{" ? 1 : -1;
    if (open === 0) {
      scanner.at = start + index + 1;
      return scanner.text.slice(start, scanner.at);
    }
  }
  throw fault(scanner, 'What starts here is not closed: "}" is missing', start);
}

/**
 * Reads `<<MARK` and the lines up to one that holds only the mark. Line ends become LF: the shell that most of these
 * texts are for does not know another. After `<<-`, the indentation of the end mark is taken from all lines if all have it.
 */
export function readHeredoc(scanner: Scanner): string {
  const start = scanner.at;
  const opening = take(scanner, MARK);
  if (opening === undefined) throw fault(scanner, 'Expected a word and the end of the line after "<<"');
  const mark = opening.replace(/^<<-?/, "");
  const end = new RegExp(`\\n([ \\t]*)${mark}(?=\\r?\\n|$)`, "g");
  end.lastIndex = scanner.at;
  const match = end.exec(scanner.text);
  if (match === null) {
    throw fault(scanner, `The text that starts here is not closed: a line "${mark}" is missing`, start);
  }
  const lines = scanner.text.slice(scanner.at, match.index + 1).split(/\r?\n/).slice(1, -1);
  scanner.at = end.lastIndex;
  const indent = match[1] ?? "";
  const strip = opening.startsWith("<<-") && lines.every((line) => line.startsWith(indent));
  return lines.map((line) => `${strip ? line.slice(indent.length) : line}\n`).join("");
}
