/** Go's own functions. `and` and `or` are the evaluator's, because they do not evaluate all of their arguments. */
import { spendText } from "../values/budget.ts";
import { byteLength, fromBytes, isAscii, queryEscape, toBytes } from "../values/bytes.ts";
import { equalsAny, order } from "../values/compare.ts";
import { CallError } from "../values/template_error.ts";
import { escapeHtml, escapeJs } from "../formats/escape.ts";
import { type CallContext, define, type TemplateFunction } from "./template_function.ts";
import { NO_VALUE, print, printLine } from "../formats/print.ts";
import { printf } from "../formats/printf.ts";
import { type GoValue, isCompound, isNil, isTrue, kindOf, wholeNumber } from "../values/go_value.ts";

type Pair = readonly [GoValue, GoValue];
const PRINTS = { more: "any", printsNil: true } as const;
const ANY = { more: "any" } as const;

export const GO_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  not: define<[GoValue]>(["any"], ([value]) => !isTrue(value)),
  eq: define<[GoValue, ...GoValue[]]>(["any"], ([first, ...others]) => equalsAny(first, others), ANY),
  ne: define<Pair>(["any", "any"], ([left, right]) => !equalsAny(left, [right])),
  lt: define<Pair>(["any", "any"], ([left, right]) => order(left, right) < 0),
  le: define<Pair>(["any", "any"], ([left, right]) => order(left, right) <= 0),
  gt: define<Pair>(["any", "any"], ([left, right]) => order(left, right) > 0),
  ge: define<Pair>(["any", "any"], ([left, right]) => order(left, right) >= 0),
  len: define<[GoValue]>(["any"], ([value]) => BigInt(lengthOf(value))),
  index: define<[GoValue, ...GoValue[]]>(
    ["any"],
    ([value, ...indexes]) => indexes.reduce(indexInto, notNil(value)),
    ANY,
  ),
  slice: define<[GoValue, ...GoValue[]]>(["any"], ([value, ...indexes]) => slice(value, indexes), ANY),
  print: define([], (values, { budget }) => print(budget, values), PRINTS),
  println: define([], (values, { budget }) => printLine(budget, values), PRINTS),
  printf: define<[string, ...GoValue[]]>(
    ["string"],
    ([format, ...values], { budget }) => printf(budget, format, values),
    PRINTS,
  ),
  html: define([], (values, context) => escapeHtml(joined(values, context)), PRINTS),
  js: define([], (values, context) => escapeJs(joined(values, context)), PRINTS),
  urlquery: define([], (values, context) => queryEscape(joined(values, context)), PRINTS),
};

/** Arguments of the escaping functions as one text; escaping makes nine characters of one at most. */
function joined(values: readonly GoValue[], { budget }: CallContext): string {
  const [first] = values;
  const isText = values.length === 1 && typeof first === "string";
  const text = isText ? first : print(budget, values.map((value) => isNil(value) ? NO_VALUE : value));
  spendText(budget, text.length * 9);
  return text;
}

function lengthOf(value: GoValue): number {
  if (typeof value === "string") return byteLength(value);
  if (isCompound(value) && value.kind === "list") return value.items.length;
  if (isCompound(value) && value.kind === "map") return value.entries.size;
  throw new CallError(`${kindOf(value)} has no length`);
}

function notNil(value: GoValue): GoValue {
  if (isNil(value)) throw new CallError("there is nothing in nil");
  return value;
}

function indexInto(container: GoValue, index: GoValue): GoValue {
  const value = notNil(container);
  if (typeof value === "string") {
    const at = indexNumber(index, byteLength(value) - 1);
    return BigInt(isAscii(value) ? value.charCodeAt(at) : toBytes(value)[at]!);
  }
  if (isCompound(value) && value.kind === "list") return value.items[indexNumber(index, value.items.length - 1)];
  if (isCompound(value) && value.kind === "map") {
    if (typeof index !== "string") {
      throw new CallError(`keys of a map are strings, not ${kindOf(index)}`);
    }
    return value.entries.has(index) ? value.entries.get(index) : value.ofStrings ? "" : null;
  }
  throw new CallError(`${kindOf(value)} has no elements`);
}

/** @param last the highest index that is allowed */
function indexNumber(index: GoValue, last: number): number {
  const number = wholeNumber(index);
  if (number === undefined) throw new CallError(`an index is a whole number, not ${kindOf(index)}`);
  if (number < 0n || number > BigInt(last)) throw new CallError(`index out of range: ${number}`);
  return Number(number);
}

function slice(value: GoValue, indexes: readonly GoValue[]): GoValue {
  if (typeof value !== "string" && !(isCompound(value) && value.kind === "list")) {
    throw new CallError(`${kindOf(value)} has no parts`);
  }
  const most = typeof value === "string" ? 2 : 3;
  if (indexes.length > most) {
    throw new CallError(`${kindOf(value)} takes ${most} indexes at most, not ${indexes.length}`);
  }
  const length = lengthOf(value);
  const [from = 0, to = length, limit = length] = indexes.map((index) => indexNumber(index, length));
  if (from > to || to > limit) {
    throw new CallError(`the index ${Math.min(to, limit)} is lower than ${from}`);
  }
  if (typeof value !== "string") return { ...value, items: value.items.slice(from, to) };
  return isAscii(value) ? value.slice(from, to) : fromBytes(toBytes(value).subarray(from, to));
}
