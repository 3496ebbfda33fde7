/** `printf`: one value by one verb. */
import { append, type Sink, spend, STEP } from "../values/budget.ts";
import { formatFloatValue, formatInt, formatText, pad, type Spec } from "./format_scalar.ts";
import { checkDepth, nameOf, NIL, sortedEntries } from "./print.ts";
import {
  goType,
  type GoValue,
  isCompound,
  isNil,
  type ListValue,
  type MapValue,
  type StructValue,
  wholeNumber,
} from "../values/go_value.ts";

export function formatValue(sink: Sink, value: GoValue, spec: Spec): void {
  if (isNil(value)) return append(sink, /[Tv]/.test(spec.verb) ? pad(NIL, spec) : `%!${spec.verb}(${NIL})`);
  if (spec.verb === "T") return append(sink, formatText(goType(value), { ...spec, verb: "s" }) ?? "");
  // `%w` is the verb of errors, which no value of a template is: with a list it is not tried on the elements
  if (spec.verb === "w") formatMistake(sink, value, spec, 0);
  else formatPart(sink, value, spec, 0);
}

/** The verb does not go with the kind. */
function formatMistake(sink: Sink, value: GoValue, spec: Spec, depth: number): void {
  append(sink, `%!${spec.verb}(${goType(value)}=`);
  formatPart(sink, wholeNumber(value) ?? value, { ...spec, verb: "v" }, depth);
  append(sink, ")");
}

/** @param depth how many lists and maps are around the value */
function formatPart(sink: Sink, value: GoValue, spec: Spec, depth: number): void {
  if (isNil(value)) return append(sink, spec.goSyntax ? "interface {}(nil)" : NIL);
  if (isCompound(value) && (value.kind === "list" || value.kind === "map" || value.kind === "struct")) {
    checkDepth(depth);
    return formatCompound(sink, value, spec, depth);
  }
  const isQuoted = spec.verb === "q" || spec.goSyntax; // which looks at every character
  if (isQuoted && typeof value === "string") spend(sink.budget, value.length * STEP);
  const text = formatScalar(value, spec);
  if (text === undefined) return formatMistake(sink, value, spec, depth);
  append(sink, text);
}

/** @returns `undefined` if the verb does not go with the kind */
function formatScalar(value: GoValue, spec: Spec): string | undefined {
  const name = nameOf(value);
  const number = wholeNumber(value);
  if (name !== undefined && (number === undefined || (/[vsxXq]/.test(spec.verb) && !spec.goSyntax))) {
    return formatText(name, spec);
  }
  if (number !== undefined) return formatInt(number, spec);
  if (typeof value === "string") return formatText(value, spec);
  if (typeof value === "number") return formatFloatValue(value, spec);
  return spec.verb === "t" || spec.verb === "v" ? pad(String(value), spec) : undefined;
}

/** The verb goes for each element, and for the keys of a map. */
function formatCompound(sink: Sink, value: ListValue | MapValue | StructValue, spec: Spec, depth: number): void {
  const asGo = spec.goSyntax;
  const braces = { list: "[]", map: "[]", struct: "{}" }[value.kind];
  append(sink, asGo ? `${goType(value)}{` : (value.kind === "map" ? "map" : "") + braces[0]);
  let separator = "";
  for (const [key, item] of labelled(value)) {
    append(sink, separator);
    separator = asGo ? ", " : " ";
    if (value.kind === "map") {
      formatPart(sink, key, spec, depth + 1);
      append(sink, ":");
    } else if (value.kind === "struct" && (spec.fieldNames || asGo)) append(sink, `${key}:`);
    formatPart(sink, item, spec, depth + 1);
  }
  append(sink, asGo ? "}" : braces[1]!);
}

function labelled(value: ListValue | MapValue | StructValue): Iterable<readonly [string, GoValue]> {
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
