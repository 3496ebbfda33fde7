/**
 * One table laid over another: a later file over an earlier one, and in version 2 a child over its parent, a mixin over a
 * profile. Tables are merged to any depth, everything else is replaced, and list operators (`key...`, `...key`) add.
 */
import type { LayoutVersion } from "../../schema/profile.ts";
import { LISTED_KEYS } from "./listed_keys.ts";
import { isNull, type ListNode, type Node, type NodeOrigin, type TableNode } from "./node.ts";

interface Rules {
  /** A null over a value: it takes the value away, or is as if it were not there. */
  readonly nulls: "remove" | "ignore";
  /** `key...` and `...key` add to lists; otherwise they are keys like others. */
  readonly operators: boolean;
  /** Keys of which both sides count: their items are in one list. */
  readonly joined: ReadonlySet<string>;
  /** Whose place the merged table has. */
  readonly place: "base" | "over";
}

const NONE: ReadonlySet<string> = new Set();
const FILES: Readonly<Record<LayoutVersion, Rules>> = {
  1: { nulls: "ignore", operators: false, joined: NONE, place: "over" },
  2: { nulls: "ignore", operators: true, joined: new Set(["use"]), place: "over" },
};
const BLOCKS: Rules = { ...FILES[1], joined: LISTED_KEYS };
const INHERIT: Rules = { nulls: "remove", operators: true, joined: NONE, place: "over" };
const MIXIN: Rules = { ...INHERIT, place: "base" };

export interface ListOperator {
  readonly key: string;
  readonly end: "start" | "end";
}

/** The list that a key adds to: `exclude...`, `exclude__append`, `...exclude`, `exclude__prepend`; key in lower case. */
export function listOperator(key: string): ListOperator | undefined {
  if (key.startsWith("...")) return { key: key.slice(3), end: "start" };
  if (key.endsWith("...")) return { key: key.slice(0, -3), end: "end" };
  if (key.endsWith("__append")) return { key: key.slice(0, -8), end: "end" };
  return key.endsWith("__prepend") ? { key: key.slice(0, -9), end: "start" } : undefined;
}

/** The same place of several files, the later ones over the earlier. List operators that find no list stay, for the parent's. */
export function mergeFiles(tables: readonly TableNode[], version: LayoutVersion): TableNode | undefined {
  const [first, ...others] = tables;
  if (first === undefined) return undefined;
  return others.reduce((base, over) => overlay(base, over, FILES[version]), own(first, FILES[version]));
}

/** Two blocks of one name in one file. */
export function mergeBlocks(base: TableNode, over: TableNode): TableNode {
  return overlay(base, over, BLOCKS);
}

/** The items of both; a single value or table is a list of one. */
export function joinLists(first: Node, second: Node): ListNode {
  return joined(asItems(first), asItems(second), second.origin);
}

/** LayoutVersion 2: a child over its parent. */
export function layChild(parent: TableNode, child: TableNode): TableNode {
  return overlay(parent, child, INHERIT);
}

/** The content of a mixin over the place that uses it. */
export function layMixin(place: TableNode, content: TableNode): TableNode {
  return overlay(place, content, MIXIN);
}

/** LayoutVersion 2: what a table is when nothing comes any more: list operators are lists, nulls are gone. */
export function settle(table: TableNode): TableNode {
  if (isSettled(table)) return table;
  const entries = new Map<string, Node>();
  for (const [key, node] of table.entries) {
    if (!isNull(node) && listOperator(key) === undefined) entries.set(key, settled(node));
  }
  for (const [key, node] of table.entries) {
    const operator = listOperator(key);
    if (operator && !isNull(node)) addTo(entries, operator.key, operator.end, settled(node));
  }
  return { kind: "table", entries, origin: table.origin };
}

/** Most tables are, and need no copy. */
function isSettled(node: Node): boolean {
  if (node.kind === "scalar") return true;
  if (node.kind === "list") return node.items.every(isSettled);
  for (const [key, child] of node.entries) {
    if (isNull(child) || listOperator(key) !== undefined || !isSettled(child)) return false;
  }
  return true;
}

function settled(node: Node): Node {
  if (node.kind === "table") return settle(node);
  return node.kind === "list" ? { ...node, items: node.items.map(settled) } : node;
}

function overlay(base: TableNode, over: TableNode, rules: Rules): TableNode {
  const entries = new Map(base.entries);
  const additions: [ListOperator, Node][] = [];
  for (const [key, node] of over.entries) {
    const operator = rules.operators ? listOperator(key) : undefined;
    if (operator) additions.push([operator, node]);
    else lay(entries, key, node, rules);
  }
  for (const [operator, node] of additions) add(entries, operator, node);
  return { kind: "table", entries, origin: (rules.place === "over" ? over : base).origin };
}

function lay(entries: Map<string, Node>, key: string, node: Node, rules: Rules): void {
  const below = entries.get(key);
  if (below === undefined || isNull(below)) entries.set(key, own(node, rules));
  else if (isNull(node)) {
    if (rules.nulls === "remove" && below.kind !== "table") entries.delete(key);
  } else if (rules.joined.has(key)) entries.set(key, joinLists(below, node));
  else if (below.kind === "table" && node.kind === "table") entries.set(key, overlay(below, node, rules));
  else if (rules.nulls === "remove" || !isEmptyTable(node)) entries.set(key, own(node, rules));
}

/** A node that meets nothing: operators in it find the lists beside them. */
function own<N extends Node>(node: N, rules: Rules): N | TableNode {
  if (!rules.operators || node.kind !== "table" || !hasOperator(node)) return node;
  return overlay({ kind: "table", entries: new Map(), origin: node.origin }, node, rules);
}

/** Also in tables below, but not in lists. */
function hasOperator(table: TableNode): boolean {
  for (const [key, child] of table.entries) {
    if (listOperator(key) !== undefined || (child.kind === "table" && hasOperator(child))) return true;
  }
  return false;
}

/** Adds to the existing list, or waits under the operator's key for one. */
function add(entries: Map<string, Node>, { key, end }: ListOperator, node: Node): void {
  const waiting = end === "start" ? `...${key}` : `${key}...`;
  addTo(entries, entries.has(key) ? key : waiting, end, node);
}

function addTo(entries: Map<string, Node>, key: string, end: ListOperator["end"], node: Node): void {
  const there = asItems(entries.get(key));
  const items = asItems(node);
  entries.set(key, end === "start" ? joined(items, there, node.origin) : joined(there, items, node.origin));
}

function joined(first: readonly Node[], second: readonly Node[], origin: NodeOrigin): ListNode {
  return { kind: "list", items: [...first, ...second], origin };
}

/** A single value or table is a list of one. */
export function asItems(node: Node | undefined): readonly Node[] {
  if (node === undefined || isNull(node)) return [];
  return node.kind === "list" ? node.items : [node];
}

function isEmptyTable(node: Node): boolean {
  return node.kind === "table" && node.entries.size === 0;
}
