/** `printf`: strings and numbers by the verbs that go with them. Each function gives `undefined` for the other verbs. */
import { toBytes } from "../values/bytes.ts";
import { binaryParts, formatFloat, formatHexFloat } from "./float_text.ts";
import { canBackquote, isPrintable, quote } from "./escape.ts";

/** `%[flags][width][.precision]verb`. */
export interface Spec {
  readonly verb: string;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  /** `%+v`: the names of fields too. */
  readonly fieldNames: boolean;
  /** `%#v`: as Go would write the value in a program. */
  readonly goSyntax: boolean;
  /** Characters. */
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** Fills up to the width, counted in characters; zeros for `0`, also before strings. */
export function pad(text: string, { width, minus, zero }: Spec): string {
  if (width === undefined || text.length > 2 * width) return text;
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  const fill = (zero && !minus ? "0" : " ").repeat(missing);
  return minus ? text + fill : fill + text;
}

export function formatText(text: string, spec: Spec): string | undefined {
  const cut = truncated(text, spec);
  switch (spec.verb) {
    case "v":
      return pad(spec.goSyntax ? quote(cut) : cut, spec);
    case "s":
      return pad(cut, spec);
    case "q":
      return pad(spec.sharp && canBackquote(cut) ? `\`${cut}\`` : quote(cut, '"', spec.plus), spec);
    case "x":
    case "X":
      return pad(hexOf(text, spec), spec);
    default:
      return undefined;
  }
}

function truncated(text: string, { precision }: Spec): string {
  if (precision === undefined || text.length <= precision) return text;
  return [...text.slice(0, precision * 2)].slice(0, precision).join("");
}

/** Two digits for each byte; `% x` spaced, `%#x` with 0x. */
function hexOf(text: string, { verb, precision, space, sharp }: Spec): string {
  const digits = toBytes(text).subarray(0, precision).toHex();
  if (digits === "") return "";
  const prefix = sharp ? "0x" : "";
  const hex = prefix + (space ? digits.replace(/..(?=.)/g, `$& ${prefix}`) : digits);
  return verb === "X" ? hex.toUpperCase() : hex;
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

export function formatInt(value: bigint, spec: Spec): string | undefined {
  switch (spec.verb) {
    case "c":
      return pad(characterOf(value), spec);
    case "q":
      return pad(quote(characterOf(value), "'", spec.plus), spec);
    case "U":
      return pad(codePointOf(value, spec), { ...spec, zero: false });
    default: {
      const base = BASES[spec.verb];
      return base === undefined ? undefined : pad(digitsOf(value, base, spec), { ...spec, zero: false });
    }
  }
}

function isCharacter(value: bigint): boolean {
  return value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n);
}

function characterOf(value: bigint): string {
  return isCharacter(value) ? String.fromCodePoint(Number(value)) : "\ufffd";
}

function codePointOf(value: bigint, { precision, sharp }: Spec): string {
  const digits = BigInt.asUintN(64, value).toString(16).toUpperCase().padStart(Math.max(precision ?? 4, 4), "0");
  const character = characterOf(value);
  return `U+${digits}${sharp && isCharacter(value) && isPrintable(character) ? ` '${character}'` : ""}`;
}

/** Sign, prefix and digits; `0` and a precision fill up with zeros behind the sign. */
function digitsOf(value: bigint, base: number, spec: Spec): string {
  const { verb, precision, width, minus, zero } = spec;
  if (precision === 0 && value === 0n) return "";
  const sign = signOf(value < 0n, spec);
  const least = precision ?? (zero && !minus && width !== undefined ? width - sign.length : 0);
  const bare = (value < 0n ? -value : value).toString(base).padStart(least, "0");
  const digits = verb === "X" ? bare.toUpperCase() : bare;
  return sign + basePrefix(digits, spec) + digits;
}

function signOf(isNegative: boolean, { plus, space }: Spec): string {
  return isNegative ? "-" : plus ? "+" : space ? " " : "";
}

function basePrefix(digits: string, { verb, sharp }: Spec): string {
  const octal = digits.startsWith("0") ? "" : "0";
  const prefixes: Record<string, string> = { b: "0b", o: octal, O: octal, x: "0x", X: "0X" };
  return (verb === "O" ? "0o" : "") + (sharp ? prefixes[verb] ?? "" : "");
}

export function formatFloatValue(value: number, spec: Spec): string | undefined {
  const digits = floatDigits(Math.abs(value), spec);
  if (digits === undefined) return undefined;
  const bare = /[A-Z]/.test(spec.verb) ? digits.toUpperCase() : digits;
  const sign = signOf(value < 0 || Object.is(value, -0), spec);
  const fill = spec.zero && !spec.minus ? Math.max((spec.width ?? 0) - sign.length - bare.length, 0) : 0;
  return pad(sign + "0".repeat(fill) + bare, { ...spec, zero: false });
}

function floatDigits(value: number, { verb, precision, sharp }: Spec): string | undefined {
  const pointed = (digits: string, count: number, mark = "e") => sharp ? withPoint(digits, count, mark) : digits;
  switch (verb) {
    case "v":
    case "g":
    case "G":
      return pointed(formatFloat(value, "g", precision), precision ?? 6);
    case "e":
    case "E":
    case "f":
    case "F":
      return pointed(formatFloat(value, verb.toLowerCase() as "e" | "f", precision ?? 6), 0);
    case "x":
    case "X":
      return pointed(formatHexFloat(value, precision), verb === "X" ? 0 : precision ?? 6, "p");
    case "b": {
      const { mantissa, exponent } = binaryParts(value);
      return `${mantissa}p${exponent < 0 ? "" : "+"}${exponent}`;
    }
    default:
      return undefined;
  }
}

/**
 * `#`: always a point, and at least so many digits from the first on that is not zero. The `x` of `0x` counts as one.
 * @param mark the letter before the exponent
 */
function withPoint(number: string, count: number, mark: string): string {
  const tail = number.includes(mark) ? number.slice(number.indexOf(mark)) : "";
  const digits = number.slice(0, number.length - tail.length);
  const significant = digits === "0" ? 1 : digits.replace(/^[0.]+|\./g, "").length;
  const point = digits.includes(".") ? "" : ".";
  return digits + point + "0".repeat(Math.max(count - significant, 0)) + tail;
}
