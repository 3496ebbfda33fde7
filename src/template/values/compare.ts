/** `eq`, `ne`, `lt`, `le`, `gt`, `ge`: no conversions, other kinds are an error. Lists and maps equal only nil or not. */
import { compareText } from "./bytes.ts";
import { CallError } from "./template_error.ts";
import {
  type GoValue,
  isCompound,
  isNil,
  kindOf,
  type LocationValue,
  type StructValue,
  type TimeValue,
  wholeNumber,
} from "./go_value.ts";

/** Whether the first equals one of the others. @throws {CallError} when one before the match is of another kind */
export function equalsAny(first: GoValue, others: readonly GoValue[]): boolean {
  if (others.length === 0) throw new CallError("there is nothing to compare with");
  return others.some((other) => equals(first, other));
}

function equals(left: GoValue, right: GoValue): boolean {
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (isRecord(left) && isRecord(right)) return isSame(left, right);
  if (isLocation(left) && isLocation(right)) return left.name === right.name;
  const [a, b] = comparable(left, right);
  return a === b;
}

function isLocation(value: GoValue): value is LocationValue {
  return isCompound(value) && value.kind === "location";
}

type RecordValue = TimeValue | StructValue;

/** What Go compares field by field: no list or map may be in it. */
function isRecord(value: GoValue): value is RecordValue {
  if (!isCompound(value)) return false;
  if (value.kind === "struct") return [...value.fields.values()].every((item) => isRecord(item) || isBasic(item));
  return value.kind === "time";
}

function isBasic(value: GoValue): boolean {
  return basic(value) !== undefined;
}

/** Of two types: not the same. The same moment in two zones neither, `.Equal` is for that. */
function isSame(left: RecordValue, right: RecordValue): boolean {
  if (left.kind === "time" && right.kind === "time") {
    return left.seconds === right.seconds && left.nanoseconds === right.nanoseconds && left.zone === right.zone;
  }
  if (left.kind !== "struct" || right.kind !== "struct" || left.fields.size !== right.fields.size) return false;
  return [...left.fields].every(([name, item]) => {
    const other = right.fields.get(name);
    return kindOf(item) === kindOf(other) && equals(item, other);
  });
}

/** Negative, 0 or positive. @throws {CallError} for what has no order */
export function order(left: GoValue, right: GoValue): number {
  if (isNil(left) || isNil(right) || typeof left === "boolean" || typeof right === "boolean") {
    throw incomparable(left, right);
  }
  const [a, b] = comparable(left, right);
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

type Basic = boolean | bigint | number | string;

function comparable(left: GoValue, right: GoValue): [Basic, Basic] {
  const a = basic(left);
  const b = basic(right);
  if (a === undefined || b === undefined || typeof a !== typeof b) throw incomparable(left, right);
  return [a, b];
}

function basic(value: GoValue): Basic | undefined {
  const number = wholeNumber(value);
  if (number !== undefined) return number;
  return typeof value === "object" || value === undefined ? undefined : value;
}

function incomparable(left: GoValue, right: GoValue): CallError {
  return new CallError(`${kindOf(left)} cannot be compared with ${kindOf(right)}`);
}
