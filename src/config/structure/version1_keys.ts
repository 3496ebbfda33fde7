/** Version 1 has no list operators and no mixins: their keys are reported and left out, as they are not flags of restic. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { type Node, nodeWarning, type TableNode } from "../nodes/node.ts";
import { listOperator } from "../nodes/overlay.ts";

/** Tables whose keys are names of the user's. */
const FREE_TABLES: ReadonlySet<string> = new Set(["env", "prometheus-labels"]);

export function withoutUnsupported(table: TableNode, report: (problem: Diagnostic) => void): TableNode {
  const entries = new Map<string, Node>();
  for (const [key, node] of table.entries) {
    if (key === "use" || listOperator(key)) report(unsupported(node));
    else if (node.kind !== "table" || FREE_TABLES.has(key)) entries.set(key, node);
    else entries.set(key, withoutUnsupported(node, report));
  }
  return { ...table, entries };
}

function unsupported(node: Node): Diagnostic {
  const message = `"${node.origin.step}" has no effect: list operators and mixins need version 2`;
  return nodeWarning(node, "layout-version", message, 'Write version = "2"');
}
