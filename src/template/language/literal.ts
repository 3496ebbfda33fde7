/** Literals of the template language: Go's, without complex numbers. Errors are `SyntaxError` with a reason. */
import { fromBytes, strayByte, strayText, toBytes } from "../values/bytes.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};
/** Two or three digits are one byte, four or eight a character; a backslash alone is a mistake. */
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|[0-7]{3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU0-7]|)/g;

/** `"text"` or `` `raw` ``. */
export function readString(literal: string): string {
  const inside = literal.slice(1, -1);
  if (literal.startsWith("`")) return inside.replaceAll("\r", ""); // Go drops carriage returns of raw strings
  const text = unescaped(inside, '"');
  return text.isWellFormed() ? text : fromBytes(toBytes(text)); // bytes that make characters together are them
}

/** `'c'`: the code point. */
export function readCharacter(literal: string): bigint {
  const text = unescaped(literal.slice(1, -1), "'");
  if ([...text].length !== 1) throw new SyntaxError("it must be one character");
  return BigInt(strayByte(text) ?? text.codePointAt(0)!);
}

/** @param mark the quotation mark that may be escaped */
function unescaped(text: string, mark: string): string {
  return text.includes("\\") ? text.replace(ESCAPE, (escape) => escapedText(escape, mark)) : text;
}

function escapedText(escape: string, mark: string): string {
  const letter = escape[1] ?? "";
  const plain = letter === mark ? mark : ESCAPES[letter];
  if (plain !== undefined) return plain;
  if (letter === "x") return byteText(parseInt(escape.slice(2), 16));
  if (letter === "u" || letter === "U") return characterText(parseInt(escape.slice(2), 16));
  if (/[0-7]/.test(letter)) return byteText(parseInt(escape.slice(1), 8));
  throw new SyntaxError("it has an unknown escape");
}

function byteText(byte: number): string {
  if (byte > 0xff) throw new SyntaxError("it has an octal escape above 255");
  return byte < 0x80 ? String.fromCharCode(byte) : strayText(byte);
}

function characterText(code: number): string {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw new SyntaxError("it has an escape of no character");
  return String.fromCodePoint(code);
}

const INT = /^([-+]?)(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/;
const FLOAT =
  /^[-+]?(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const HEX_FLOAT = /^([-+]?)0[xX]((?:_?[0-9a-fA-F])*)\.?((?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?)[pP]([-+]?[0-9]+)$/;

/** More characters no number needs. */
const MAX_NUMBER = 1000;

/** An int is a `bigint`, a float a `number`. */
export function readNumber(literal: string): bigint | number {
  if (literal.length > MAX_NUMBER) throw new SyntaxError("bad syntax, it is too long");
  const int = INT.exec(literal);
  if (int) return readInt(int[1] === "-", int[2]!.replaceAll("_", ""));
  const hex = HEX_FLOAT.exec(literal);
  const value = hex
    ? hexFloat(hex)
    : FLOAT.test(literal) && /[.eE]/.test(literal)
    ? Number(literal.replaceAll("_", ""))
    : NaN;
  if (Number.isNaN(value)) throw new SyntaxError("bad syntax");
  if (!Number.isFinite(value)) throw new SyntaxError("overflow, it does not fit into 64 bits");
  return value;
}

function readInt(isNegative: boolean, digits: string): bigint {
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = isNegative ? -size : size;
  if (BigInt.asIntN(64, value) !== value) throw new SyntaxError("overflow, it does not fit into 64 bits");
  return value;
}

function hexFloat([, sign, whole, fraction, power]: RegExpExecArray): number {
  const digits = (whole! + fraction!).replaceAll("_", "");
  if (digits === "") return NaN;
  const exponent = Number(power) - 4 * fraction!.replaceAll("_", "").length;
  return (sign === "-" ? -1 : 1) * Number(BigInt(`0x${digits}`)) * 2 ** exponent;
}
