/**
 * What scalars without quotes mean. The rules are those of the YAML readers that configurations were written for: the
 * core schema of YAML 1.2, octal numbers and underscores of 1.1, but no `yes`/`no`; and a date is its text, because that
 * is what restic and schedules want to see.
 */

import type { Scalar } from "../../model/value.ts";
import { exactInteger } from "./scanner.ts";

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, NaN] as const),
]);

const LONGEST_WORD = Math.max(...[...WORDS.keys()].map((word) => word.length));

const INTEGER = /^[-+]?(?:0b[01]+|0o?[0-7]+|0x[\da-fA-F]+|0|[1-9]\d*)$/;
const FRACTION = /^[-+]?(?:\.\d+|(?:0|[1-9]\d*)(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** The value of a scalar without quotes and tag; text if it is nothing else. */
export function resolvePlain(source: string): Scalar {
  const word = source.length > LONGEST_WORD ? undefined : WORDS.get(source);
  if (word !== undefined) return word;
  return mayBeginNumber(source.charCodeAt(0)) ? resolveNumber(source) : source;
}

/** A sign, a point or a digit. Asked for each of a file's texts, where an expression would take longer than all the rest. */
function mayBeginNumber(code: number): boolean {
  return code >= 0x2b && code <= 0x39 && code !== 0x2c && code !== 0x2f;
}

function resolveNumber(source: string): Scalar {
  // Underscores divide digits, so they stand neither first nor last.
  const plain = source.endsWith("_") ? source : source.replace(/(?<=[\da-fA-Fxbo])_+/g, "");
  if (INTEGER.test(plain)) {
    const digits = plain.replace(/^[-+]/, "").replace(/^0(?=\d)/, "0o");
    return exactInteger(digits, plain.startsWith("-"));
  }
  return FRACTION.test(plain) ? Number(plain) : source;
}
