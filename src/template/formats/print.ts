/** Values as text: what an action, `print` and `%v` write, and the text that `contains`, `join`, … work on. */
import { MONTHS, WEEKDAYS } from "../../model/calendar_names.ts";
import { append, type Budget, MAX_VALUE_DEPTH, type Sink } from "../values/budget.ts";
import { compareText } from "../values/bytes.ts";
import { formatFloat } from "./float_text.ts";
import { CallError } from "../values/template_error.ts";
import { DEFAULT_LAYOUT, formatTime } from "./time_layout.ts";
import { formatDuration } from "./time.ts";
import { type GoValue, isCompound, isNil, type MapValue } from "../values/go_value.ts";

/** What an action writes for nil and missing; inside another value and for functions they are `<nil>`. */
export const NO_VALUE = "<no value>";
export const NIL = "<nil>";

/** The text of values that print as one word; `undefined` for nil, lists, maps and structs. */
export function plainText(value: GoValue): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "bigint":
    case "boolean":
      return String(value);
    case "number":
      return formatFloat(value, "g", undefined);
    default:
      return isNil(value) ? undefined : nameOf(value);
  }
}

/** The text of a value that has a `String` method in Go: times and the numbers with names. */
export function nameOf(value: GoValue): string | undefined {
  if (!isCompound(value)) return undefined;
  switch (value.kind) {
    case "time":
      return formatTime(value, DEFAULT_LAYOUT);
    case "month":
      return MONTHS[Number(value.number) - 1];
    case "weekday":
      return WEEKDAYS[Number(value.number)];
    case "duration":
      return formatDuration(value.number);
    case "location":
      return value.name;
    case "list":
    case "map":
    case "struct":
      return undefined;
    default:
      return value satisfies never;
  }
}

/** Writes a value as `print` does. */
export function printValue(sink: Sink, value: GoValue, depth = 0): void {
  const text = plainText(value);
  if (text !== undefined) return append(sink, text);
  if (!isCompound(value)) return append(sink, NIL);
  checkDepth(depth);
  if (value.kind === "map") printMap(sink, value, depth);
  if (value.kind === "list") printSeparated(sink, "[", value.items, "]", depth);
  if (value.kind === "struct") printSeparated(sink, "{", value.fields.values(), "}", depth);
}

/** @throws {CallError} when values are nested so deep that printing them would exhaust the stack */
export function checkDepth(depth: number): void {
  if (depth > MAX_VALUE_DEPTH) {
    throw new CallError(`the value is nested deeper than ${MAX_VALUE_DEPTH}`);
  }
}

function printMap(sink: Sink, value: MapValue, depth: number): void {
  append(sink, "map[");
  let separator = "";
  for (const [key, item] of sortedEntries(value)) {
    append(sink, `${separator}${key}:`);
    printValue(sink, item, depth + 1);
    separator = " ";
  }
  append(sink, "]");
}

function printSeparated(sink: Sink, open: string, items: Iterable<GoValue>, close: string, depth: number): void {
  append(sink, open);
  let separator = "";
  for (const item of items) {
    append(sink, separator);
    printValue(sink, item, depth + 1);
    separator = " ";
  }
  append(sink, close);
}

/** By key, in the order of bytes. */
export function sortedEntries({ entries }: MapValue): (readonly [string, GoValue])[] {
  return [...entries].sort(([a], [b]) => compareText(a, b));
}

/** Go's `Sprint`: a space between two neighbours of which neither is a string. */
export function print(budget: Budget, values: readonly GoValue[]): string {
  const sink: Sink = { text: "", budget };
  values.forEach((value, index) => {
    if (index > 0 && typeof value !== "string" && typeof values[index - 1] !== "string") append(sink, " ");
    printValue(sink, value);
  });
  return sink.text;
}

/** Go's `Sprintln`: always a space, and a line end. */
export function printLine(budget: Budget, values: readonly GoValue[]): string {
  const sink: Sink = { text: "", budget };
  values.forEach((value, index) => {
    if (index > 0) append(sink, " ");
    printValue(sink, value);
  });
  append(sink, "\n");
  return sink.text;
}

/** The text that the added functions take of a value: like `print`, but general lists are `[a,b]`. */
export function textOf(budget: Budget, value: GoValue): string {
  if (typeof value === "string") return value;
  const sink: Sink = { text: "", budget };
  writeText(sink, value, 0);
  return sink.text;
}

function writeText(sink: Sink, value: GoValue, depth: number): void {
  if (!isCompound(value) || value.kind !== "list" || value.ofStrings) return printValue(sink, value, depth);
  checkDepth(depth);
  append(sink, "[");
  value.items.forEach((item, index) => {
    if (index > 0) append(sink, ",");
    writeText(sink, item, depth + 1);
  });
  append(sink, "]");
}
