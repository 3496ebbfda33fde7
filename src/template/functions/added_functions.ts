/** The functions that resticprofile adds to Go's. */
import { lastLines } from "../../model/last_lines.ts";
import { reasonOf } from "../../model/reason.ts";
import { append, type Budget, type Sink, spend, spendMatching, spendText, STEP } from "../values/budget.ts";
import { isAscii, toBytes, wellFormed } from "../values/bytes.ts";
import { CallError } from "../values/template_error.ts";
import { quoteJson } from "../formats/escape.ts";
import { define, type TemplateFunction } from "./template_function.ts";
import { NO_VALUE, textOf } from "../formats/print.ts";
import { finite, floatOf, intOf } from "../values/numbers.ts";
import { randomInt } from "./random.ts";
import { replaceMatches, splitAtMatches } from "./regexp_functions.ts";
import { type GoValue, isCompound, isNil, list, type ListValue } from "../values/go_value.ts";

type OneText = readonly [string];
type TwoTexts = readonly [string, string];
type TwoInts = readonly [bigint, bigint];
type ThreeTexts = readonly [string, string, string];
const PRINTS = { printsNil: true } as const;
const USES_PATTERNS = { usesPatterns: true } as const;

const replaceR = define<ThreeTexts>(
  ["string", "string", "string"],
  ([pattern, by, text], context) => replaceMatches(context, context.pattern(pattern), by, text),
  USES_PATTERNS,
);

export const ADDED_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  contains: define<[GoValue, GoValue]>(
    ["any", "any"],
    ([needle, value], { budget }) => textOf(budget, value).includes(textOf(budget, needle)),
  ),
  matches: define<[string, GoValue]>(["string", "any"], ([pattern, value], { budget, pattern: compile }) => {
    const text = textOf(budget, value);
    return compile(pattern).test(text, (steps) => spendMatching(budget, steps));
  }, USES_PATTERNS),
  replace: define<ThreeTexts>(
    ["string", "string", "string"],
    ([old, by, text], { budget }) => replaceAll(budget, old, by, text),
  ),
  replaceR,
  regex: replaceR,
  lower: define<OneText>(
    ["string"],
    ([text], { budget }) => eachCharacter(budget, text, (character) => character.toLowerCase()),
  ),
  upper: define<OneText>(
    ["string"],
    ([text], { budget }) => eachCharacter(budget, text, (character) => character.toUpperCase()),
  ),
  trim: define<OneText>(["string"], ([text]) => text.replace(/^[\p{White_Space}]+/u, "").replace(TRAILING_SPACE, "")),
  trimPrefix: define<TwoTexts>(
    ["string", "string"],
    ([prefix, text]) => text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimSuffix: define<TwoTexts>(
    ["string", "string"],
    ([suffix, text]) => text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  split: define<TwoTexts>(["string", "string"], ([separator, text], { budget }) => {
    const parts = separator === "" ? [...text] : text.split(separator);
    spend(budget, parts.length * STEP);
    return list(parts);
  }),
  splitR: define<TwoTexts>(
    ["string", "string"],
    ([pattern, text], context) => list(splitAtMatches(context, context.pattern(pattern), text)),
    USES_PATTERNS,
  ),
  tail: define<[bigint, string]>(["int", "string"], ([size, text], { budget }) => {
    spendText(budget, text.length);
    return size > 0n ? lastLines(text, Number(size)) : "";
  }),
  join: define<[string, ListValue]>(["string", "list"], ([separator, { items }], { budget }) => {
    const sink: Sink = { text: "", budget };
    items.forEach((item, index) => {
      if (index > 0) append(sink, separator);
      append(sink, textOf(budget, item));
    });
    return sink.text;
  }),
  list: define([], (items) => list(items), { more: "any" }),
  map: define([], (items) => ({ kind: "map", entries: mapOf(items) }), { more: "any" }),
  hex: define<[GoValue]>(["any"], ([value], { budget }) => toBytes(paidText(budget, value, 6)).toHex(), PRINTS),
  base64: define<[GoValue]>(["any"], ([value], { budget }) => toBytes(paidText(budget, value, 4)).toBase64(), PRINTS),
  // what is not there has the text that it has without any function
  json: define<[GoValue]>(
    ["any"],
    ([value], { budget }) => quoteJson(isNil(value) ? NO_VALUE : wellFormed(paidText(budget, value, 6))),
    PRINTS,
  ),
  tempDir: define([], (_, { host }) => fromHost(() => host.tempDir())),
  tempFile: define<OneText>(["string"], ([name], { host }) => {
    if (name === "") throw new CallError("the name of the file is empty");
    return fromHost(() => host.tempFile(name.replace(/[^A-Za-z0-9_.-]/gu, "_")));
  }),
  env: define([], (_, { host }) => fromHost(() => host.env())),
  addInt: define<TwoInts>(["int", "int"], ([one, other]) => BigInt.asIntN(64, one + other)),
  subInt: define<TwoInts>(["int", "int"], ([one, other]) => BigInt.asIntN(64, one - other)),
  modInt: define<TwoInts>(["int", "int"], ([one, other]) => {
    if (other === 0n) throw new CallError("division by zero");
    return one % other;
  }),
  addFloat: define<[GoValue, GoValue]>(["any", "any"], ([one, other]) => finite(floatOf(one) + floatOf(other))),
  subFloat: define<[GoValue, GoValue]>(["any", "any"], ([one, other]) => finite(floatOf(one) - floatOf(other))),
  int: define<[GoValue]>(["any"], ([value]) => intOf(value)),
  randInt: define<[bigint, bigint, string]>(
    ["int", "int", "string"],
    ([low, high, seed], { budget, host }) => {
      spend(budget, seed.length * 8);
      return randomInt(low, high, seed, host.md5);
    },
  ),
};

/** What the machine refuses is an error of the action. */
function fromHost(call: () => string): string {
  try {
    return call();
  } catch (error) {
    throw new CallError(reasonOf(error));
  }
}

/** Go's white space; a loop in front of `$` would be quadratic, so the end is found from the last other character. */
const TRAILING_SPACE = /(?<=[^\p{White_Space}]|^)[\p{White_Space}]+$/u;

/** The text of a value whose encoding may be `growth` times as long. */
function paidText(budget: Budget, value: GoValue, growth: number): string {
  const text = textOf(budget, value);
  spendText(budget, text.length * growth);
  return text;
}

/** An empty `old` is found before each character and at the end. */
function replaceAll(budget: Budget, old: string, by: string, text: string): string {
  const parts = old === "" ? ["", ...text, ""] : text.split(old);
  const between = old === "" && text === "" ? 1 : parts.length - 1;
  spendText(budget, text.length + between * (by.length + 1));
  return old === "" && text === "" ? by : parts.join(by);
}

/** Maps characters to characters: `ß` has no upper case of one character and stays, `İ` becomes `i`. */
function eachCharacter(budget: Budget, text: string, change: (character: string) => string): string {
  if (isAscii(text)) return change(text);
  spend(budget, text.length * 2 * STEP);
  return text.replace(/[^\x20-\x40]/gu, (character) => {
    if (character === "İ") return change(character).startsWith("i") ? "i" : character;
    const changed = change(character);
    return [...changed].length === 1 ? changed : greekTitle(character) ?? character;
  });
}

/** The capital of a Greek letter with iota below (ᾳ, ᾼ), which JavaScript makes two letters of. */
function greekTitle(character: string): string | undefined {
  const capitals = [8, 9].map((distance) => String.fromCodePoint(character.codePointAt(0)! + distance));
  return capitals.find((capital) => capital.toLowerCase() === character);
}

/**
 * A string that waits for a value is a key, the next argument its value; a list where a key is expected gives the keys
 * `_0`, `_1`, …; another value there, and a last key alone, are dropped.
 */
function mapOf(items: readonly GoValue[]): Map<string, GoValue> {
  const entries = new Map<string, GoValue>();
  let key: string | undefined;
  for (const item of items) {
    if (key !== undefined) {
      entries.set(key, item);
      key = undefined;
    } else if (typeof item === "string") key = item;
    else if (isCompound(item) && item.kind === "list") item.items.forEach((value, at) => entries.set(`_${at}`, value));
  }
  return entries;
}
