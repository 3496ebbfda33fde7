/** Literals of the template language: Go's, without complex numbers. Errors are `SyntaxError` with a reason. */
import { fromBytes } from "./bytes.ts";

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  '"': 34,
  "'": 39,
};
const ENCODER = new TextEncoder();
const PIECE = /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([abfnrtv\\'"]))|(\\)|[^\\]+/gu;

/** `"text"` or `` `raw` ``. */
export function readString(literal: string): string {
  const inside = literal.slice(1, -1);
  if (literal.startsWith("`")) return inside.replaceAll("\r", ""); // Go drops carriage returns of raw strings
  if (!inside.includes("\\")) return inside;
  const bytes: number[] = [];
  for (const piece of inside.matchAll(PIECE)) {
    const { code, isByte } = decodePiece(piece, '"');
    if (isByte) bytes.push(code!);
    else {for (const byte of ENCODER.encode(code === undefined ? piece[0] : String.fromCodePoint(code))) {
        bytes.push(byte);
      }}
  }
  return fromBytes(Uint8Array.from(bytes));
}

/** `'c'`: the code point. */
export function readCharacter(literal: string): bigint {
  const pieces = [...literal.slice(1, -1).matchAll(PIECE)];
  const [piece] = pieces;
  if (piece === undefined || pieces.length !== 1) throw new SyntaxError("it must be one character");
  const { code } = decodePiece(piece, "'");
  if (code !== undefined) return BigInt(code);
  if ([...piece[0]].length !== 1) throw new SyntaxError("it must be one character");
  return BigInt(piece[0].codePointAt(0)!);
}

/** The code of an escape, `undefined` for plain text. A byte is not yet a character. */
function decodePiece(piece: RegExpMatchArray, mark: string): { code: number | undefined; isByte: boolean } {
  const [, hex, octal, short, long, letter, bad] = piece;
  const isWrongQuote = (letter === "'" || letter === '"') && letter !== mark;
  if (bad !== undefined || isWrongQuote) throw new SyntaxError("it has an unknown escape");
  if (hex !== undefined) return { code: parseInt(hex, 16), isByte: true };
  if (octal !== undefined) {
    const byte = parseInt(octal, 8);
    if (byte > 255) throw new SyntaxError("it has an octal escape above 255");
    return { code: byte, isByte: true };
  }
  const digits = short ?? long;
  if (digits !== undefined) {
    const code = parseInt(digits, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw new SyntaxError("it has an escape of no character");
    return { code, isByte: false };
  }
  return { code: letter === undefined ? undefined : ESCAPES[letter], isByte: false };
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
