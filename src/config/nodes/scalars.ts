/** Single values: all below a node with the way to each, and the text of one. */
import type { Node, ScalarNode } from "./node.ts";
import { formatDecimal } from "../../model/go_text.ts";
import type { Scalar } from "../../model/value.ts";

export interface FoundScalar {
  readonly node: ScalarNode;
  /** Keys from that of the first node on; items of lists have that of their list. */
  readonly path: readonly string[];
}

export function scalarsOf(node: Node, path: readonly string[]): FoundScalar[] {
  switch (node.kind) {
    case "scalar":
      return [{ node, path }];
    case "list":
      return node.items.flatMap((item) => scalarsOf(item, path));
    default:
      return [...node.entries].flatMap(([key, child]) => scalarsOf(child, [...path, key]));
  }
}

/** Numbers in their shortest decimal form, `true` as `1`, `false` as `0`, null as nothing. */
export function scalarText(value: Scalar): string {
  if (typeof value === "number" || typeof value === "bigint") return formatDecimal(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  return value ?? "";
}
