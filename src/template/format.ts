/** `printf`: one value by one verb. */
import { append, type Sink } from "./budget.ts";
import { formatFloatValue, formatInt, formatText, pad, type Spec } from "./format_scalar.ts";
import { checkDepth, nameOf, NIL, sortedEntries } from "./print.ts";
import {
  goType,
  isCompound,
  isNil,
  type ListValue,
  type MapValue,
  type StructValue,
  type Value,
  wholeNumber,
} from "./value.ts";

export function formatValue(sink: Sink, value: Value, spec: Spec): void {
  if (spec.verb === "T") return append(sink, pad(goType(value), spec));
  if (isNil(value)) return append(sink, spec.verb === "v" ? pad(NIL, spec) : `%!${spec.verb}(${NIL})`);
  formatPart(sink, value, spec, 0);
}

/** @param depth how many lists and maps are around the value */
function formatPart(sink: Sink, value: Value, spec: Spec, depth: number): void {
  if (isNil(value)) return append(sink, isGoSyntax(spec) ? "interface {}(nil)" : NIL);
  if (isCompound(value) && (value.kind === "list" || value.kind === "map" || value.kind === "struct")) {
    checkDepth(depth);
    return formatCompound(sink, value, spec, depth);
  }
  const text = formatScalar(value, spec);
  if (text !== undefined) return append(sink, text);
  append(sink, `%!${spec.verb}(${goType(value)}=`); // the verb does not go with the kind
  append(sink, formatScalar(value, { ...spec, verb: "v", sharp: false, plus: false }) ?? "");
  append(sink, ")");
}

/** @returns `undefined` if the verb does not go with the kind */
function formatScalar(value: Value, spec: Spec): string | undefined {
  const name = nameOf(value);
  const number = wholeNumber(value);
  if (name !== undefined && (number === undefined || (/[vsxXq]/.test(spec.verb) && !isGoSyntax(spec)))) {
    return formatText(name, spec);
  }
  if (number !== undefined) return formatInt(number, spec);
  if (typeof value === "string") return formatText(value, spec);
  if (typeof value === "number") return formatFloatValue(value, spec);
  return spec.verb === "t" || spec.verb === "v" ? pad(String(value), spec) : undefined;
}

function isGoSyntax({ verb, sharp }: Spec): boolean {
  return verb === "v" && sharp;
}

/** The verb goes for each element, and for the keys of a map. */
function formatCompound(sink: Sink, value: ListValue | MapValue | StructValue, spec: Spec, depth: number): void {
  const asGo = isGoSyntax(spec);
  const braces = { list: "[]", map: "[]", struct: "{}" }[value.kind];
  append(sink, asGo ? `${goType(value)}{` : (value.kind === "map" ? "map" : "") + braces[0]);
  let separator = "";
  for (const [key, item] of labelled(value)) {
    append(sink, separator);
    separator = asGo ? ", " : " ";
    if (value.kind === "map") {
      formatPart(sink, key, spec, depth + 1);
      append(sink, ":");
    } else if (value.kind === "struct" && spec.verb === "v" && (spec.plus || spec.sharp)) append(sink, `${key}:`);
    formatPart(sink, item, spec, depth + 1);
  }
  append(sink, asGo ? "}" : braces[1]!);
}

function labelled(value: ListValue | MapValue | StructValue): Iterable<readonly [string, Value]> {
  switch (value.kind) {
    case "list":
      return value.items.map((item) => ["", item]);
    case "map":
      return sortedEntries(value);
    case "struct":
      return value.fields;
    default:
      return value satisfies never;
  }
}
