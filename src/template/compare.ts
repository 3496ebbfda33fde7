/** `eq`, `ne`, `lt`, `le`, `gt`, `ge`: no conversions, other kinds are an error. */
import { compareText } from "./bytes.ts";
import { CallError } from "./error.ts";
import { isNil, kindOf, type Value, wholeNumber } from "./value.ts";

/** Whether the first equals one of the others. @throws {CallError} when one before the match is of another kind */
export function equalsAny(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new CallError("there is nothing to compare with");
  return others.some((other) => equals(first, other));
}

export function equals(left: Value, right: Value): boolean {
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  const [a, b] = comparable(left, right);
  return a === b;
}

/** Negative, 0 or positive. @throws {CallError} for what has no order */
export function order(left: Value, right: Value): number {
  if (isNil(left) || isNil(right) || typeof left === "boolean" || typeof right === "boolean") {
    throw incomparable(left, right);
  }
  const [a, b] = comparable(left, right);
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

type Basic = boolean | bigint | number | string;

function comparable(left: Value, right: Value): [Basic, Basic] {
  const a = basic(left);
  const b = basic(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) throw incomparable(left, right);
  return [a, b];
}

function basic(value: Value): Basic | undefined {
  const number = wholeNumber(value);
  if (number !== undefined) return number;
  return typeof value === "object" || value === undefined ? undefined : value;
}

function incomparable(left: Value, right: Value): CallError {
  return new CallError(`${kindOf(left)} cannot be compared with ${kindOf(right)}`);
}
