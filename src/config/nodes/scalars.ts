/** All values below a node, with the way to each. */
import type { Node, ScalarNode } from "./node.ts";

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
