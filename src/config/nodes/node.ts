/**
 * The data of the files as nodes: each value remembers where it was written, through includes, inheritance and mixins.
 * Only what a run wants is turned into nodes; a file of ten thousand profiles costs its parsing, and the profiles in use.
 */
import type { Diagnostic, Position } from "../../model/diagnostic.ts";
import type { DiagnosticCode } from "../../model/diagnostic_code.ts";
import type { Scalar } from "../../model/value.ts";
import type { KeyPath } from "../formats/format.ts";
import type { ConfigSource } from "./source.ts";

/** Where a value was written: the step from the table or list that holds it, up to the file. The place is only computed when asked. */
export interface NodeOrigin {
  readonly source: ConfigSource;
  /** Undefined for the top of the file. */
  readonly parent: NodeOrigin | undefined;
  /** A key as written, or an index. */
  readonly step: string | number;
}

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: Scalar;
  readonly origin: NodeOrigin;
}
export interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly origin: NodeOrigin;
}
export interface TableNode {
  readonly kind: "table";
  /** By key in lower case. */
  readonly entries: ReadonlyMap<string, Node>;
  readonly origin: NodeOrigin;
}
export type Node = ScalarNode | ListNode | TableNode;

/** The top of a file. */
export function rootOrigin(source: ConfigSource): NodeOrigin {
  return { source, parent: undefined, step: "" };
}

export function stepTo(parent: NodeOrigin, step: string | number): NodeOrigin {
  return { source: parent.source, parent, step };
}

function keyPath(origin: NodeOrigin): KeyPath {
  const path: (string | number)[] = [];
  for (let at: NodeOrigin = origin; at.parent; at = at.parent) path.push(at.step);
  return path.reverse();
}

export function positionOf({ origin }: { readonly origin: NodeOrigin }): Position | undefined {
  return origin.source.position(keyPath(origin));
}

/** Whether the value may have come from a template or a variable, and not from what was written. */
export function isComputed({ origin }: { readonly origin: NodeOrigin }): boolean {
  return origin.source.isComputed(keyPath(origin));
}

/** An error at a node. */
export function nodeError(
  node: { readonly origin: NodeOrigin },
  code: DiagnosticCode,
  message: string,
  hint?: string,
): Diagnostic {
  return { code, severity: "error", message, at: positionOf(node), hint };
}

/** A warning at a node. */
export function nodeWarning(
  node: { readonly origin: NodeOrigin },
  code: DiagnosticCode,
  message: string,
  hint?: string,
): Diagnostic {
  return { code, severity: "warning", message, at: positionOf(node), hint };
}

/** An item of a list that says nothing. YAML makes one of `- #text`, `- &text` and `- ~`. */
export function emptyItemWarning(item: { readonly origin: NodeOrigin }, list: string): Diagnostic {
  const hint = item.origin.source.format === "yaml"
    ? "Quote a text that begins with # or &, or is ~ or null"
    : undefined;
  return nodeWarning(item, "empty-value", `An item of "${list}" is empty (null): it is left out`, hint);
}

export function isNull(node: Node | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
}

/** A copy without some of its keys, in lower case. */
export function without(table: TableNode, ...keys: readonly string[]): TableNode {
  const entries = new Map(table.entries);
  for (const key of keys) entries.delete(key);
  return { ...table, entries };
}

/** `scalar`, `list`: as messages name what was found. */
export function kindOf(node: Node): string {
  if (node.kind !== "scalar") return `a ${node.kind}`;
  switch (typeof node.value) {
    case "string":
      return `the text ${JSON.stringify(node.value)}`;
    case "boolean":
      return `the boolean ${node.value}`;
    case "object":
      return "null";
    default:
      return `the number ${node.value}`;
  }
}
