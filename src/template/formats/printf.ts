/** `printf`: reading the format. Mistakes are printed into the result, as Go does, they do not fail. */
import { append, type Budget, type Sink } from "../values/budget.ts";
import { formatValue } from "./format_value.ts";
import type { Spec } from "./format_scalar.ts";
import { goType, type GoValue, isNil, wholeNumber } from "../values/go_value.ts";

/** A larger width, precision or argument number counts as a mistake. */
const MAX_NUMBER = 1_000_000;

interface Reading {
  readonly format: string;
  readonly values: readonly GoValue[];
  at: number;
  /** Index of the next value. */
  next: number;
  /** `[n]` has been used: values left over are not a mistake any more. */
  reordered: boolean;
  /** The number in `[n]` of the current verb is not usable. */
  badIndex: boolean;
  /** `[n]` stands directly before the current place. */
  afterIndex: boolean;
}

export function printf(budget: Budget, format: string, values: readonly GoValue[]): string {
  const sink: Sink = { text: "", budget };
  const reading: Reading = {
    format,
    values,
    at: 0,
    next: 0,
    reordered: false,
    badIndex: false,
    afterIndex: false,
  };
  while (reading.at < format.length) {
    const percent = format.indexOf("%", reading.at);
    append(sink, format.slice(reading.at, percent < 0 ? undefined : percent));
    if (percent < 0) break;
    reading.at = percent + 1;
    printVerb(sink, reading);
  }
  if (!reading.reordered && reading.next < values.length) printExtra(sink, values.slice(reading.next));
  return sink.text;
}

function printVerb(sink: Sink, reading: Reading): void {
  reading.badIndex = false;
  reading.afterIndex = false;
  const spec = readFlags(reading);
  readIndex(reading);
  readWidth(sink, reading, spec);
  readPrecision(sink, reading, spec);
  if (!reading.afterIndex) readIndex(reading);
  const code = reading.format.codePointAt(reading.at);
  if (code === undefined) return append(sink, "%!(NOVERB)");
  const verb = String.fromCodePoint(code);
  reading.at += verb.length;
  if (verb === "%") return append(sink, "%");
  if (reading.badIndex) return append(sink, `%!${verb}(BADINDEX)`);
  if (reading.next >= reading.values.length) return append(sink, `%!${verb}(MISSING)`);
  formatValue(sink, reading.values[reading.next++], { ...(/[vw]/.test(verb) ? forAnyValue(spec) : spec), verb });
}

type Flags = { -readonly [key in keyof Omit<Spec, "verb">]: Spec[key] };

/** With `%v`, `+` and `#` have meanings of their own. */
function forAnyValue(spec: Flags): Flags {
  return { ...spec, fieldNames: spec.plus, goSyntax: spec.sharp, plus: false, sharp: false };
}

function readFlags(reading: Reading): Flags {
  const flags = /[-+# 0]*/y;
  flags.lastIndex = reading.at;
  const found = flags.exec(reading.format)![0];
  reading.at += found.length;
  return {
    minus: found.includes("-"),
    plus: found.includes("+"),
    sharp: found.includes("#"),
    space: found.includes(" "),
    zero: found.includes("0"),
    fieldNames: false,
    goSyntax: false,
    width: undefined,
    precision: undefined,
  };
}

function readWidth(sink: Sink, reading: Reading, spec: Flags): void {
  if (reading.format[reading.at] === "*") {
    spec.width = readArgument(reading);
    if (spec.width === undefined) append(sink, "%!(BADWIDTH)");
    else if (spec.width < 0) {
      spec.width = -spec.width;
      spec.minus = true;
    }
    return;
  }
  spec.width = readNumber(reading);
  if (reading.afterIndex && spec.width !== undefined) reading.badIndex = true;
}

function readPrecision(sink: Sink, reading: Reading, spec: Flags): void {
  if (reading.format[reading.at] !== ".") return;
  reading.at++;
  if (reading.afterIndex) reading.badIndex = true;
  readIndex(reading);
  if (reading.format[reading.at] !== "*") {
    spec.precision = readNumber(reading) ?? 0;
    return;
  }
  const precision = readArgument(reading);
  spec.precision = precision !== undefined && precision >= 0 ? precision : undefined;
  if (spec.precision === undefined) append(sink, "%!(BADPREC)");
}

/** Digits; with too many of them the rest of the format is lost, as in Go. */
function readNumber(reading: Reading): number | undefined {
  const digits = /\d+/y;
  digits.lastIndex = reading.at;
  const found = digits.exec(reading.format)?.[0];
  if (found === undefined) return undefined;
  reading.at += found.length;
  if (Number(found) <= MAX_NUMBER) return Number(found);
  reading.at = reading.format.length;
  return undefined;
}

/** The value for a `*`. */
function readArgument(reading: Reading): number | undefined {
  reading.at++;
  reading.afterIndex = false;
  if (reading.next >= reading.values.length) return undefined;
  const number = wholeNumber(reading.values[reading.next++]);
  return number !== undefined && number <= MAX_NUMBER && number >= -MAX_NUMBER ? Number(number) : undefined;
}

/** `[n]`: the next value is the one of that number, from 1. */
function readIndex(reading: Reading): void {
  reading.afterIndex = false;
  if (reading.format[reading.at] !== "[") return;
  reading.reordered = true;
  const isPossible = reading.at + 3 <= reading.format.length; // "[]" at the end is not read as one
  const close = isPossible ? reading.format.indexOf("]", reading.at) : -1;
  const digits = close < 0 ? "" : reading.format.slice(reading.at + 1, close);
  reading.at = close < 0 ? reading.at + 1 : close + 1;
  const index = /^\d{1,7}$/.test(digits) ? Number(digits) - 1 : -1;
  if (index >= 0 && index < reading.values.length) {
    reading.next = index;
    reading.afterIndex = true;
  } else {
    reading.badIndex = true;
    reading.afterIndex = index >= 0;
  }
}

function printExtra(sink: Sink, values: readonly GoValue[]): void {
  append(sink, "%!(EXTRA ");
  values.forEach((value, index) => {
    if (index > 0) append(sink, ", ");
    if (!isNil(value)) append(sink, `${goType(value)}=`);
    formatValue(sink, value, { ...NO_FLAGS, verb: "v" });
  });
  append(sink, ")");
}

const NO_FLAGS = {
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  fieldNames: false,
  goSyntax: false,
  width: undefined,
  precision: undefined,
} as const;
