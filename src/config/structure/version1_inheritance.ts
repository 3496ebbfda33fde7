/**
 * Inheritance of version 1, which goes by the key tables: typed tables are merged by key, typed lists by index, everything
 * that is restic's alone is replaced as a whole.
 */
import type { KeyDefinition, KeyTable } from "../../schema/key.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { SCHEDULE_TABLE } from "../../schema/schedule_keys.ts";
import { sectionKeys } from "../../schema/section_keys.ts";
import { isNull, type Node, type TableNode } from "../nodes/node.ts";
import { asItems } from "../nodes/overlay.ts";

/** The type of what stands under a key; undefined: restic's alone. */
type KeyOf = (key: string) => KeyDefinition | undefined;

const TYPED_SECTIONS = ["init", "backup", "retention", "check", "prune", "forget", "copy"];

/** A profile laid over its parent. */
export function inheritV1(parent: TableNode, child: TableNode): TableNode {
  const merged = new Map(layTable(parent, child, ownKey(PROFILE_KEYS)).entries);
  for (const section of TYPED_SECTIONS) {
    const [below, node] = [parent.entries.get(section), child.entries.get(section)];
    if (below?.kind !== "table" || node?.kind !== "table") continue;
    merged.set(section, layTable(below, node, ownKey(sectionKeys(section))));
  }
  return { kind: "table", entries: merged, origin: child.origin };
}

function ownKey(table: KeyTable): KeyOf {
  return (key) => Object.hasOwn(table, key) ? table[key] : undefined;
}

function layTable(parent: TableNode, child: TableNode, keyOf: KeyOf): TableNode {
  const entries = new Map(parent.entries);
  for (const [name, node] of child.entries) {
    const below = entries.get(name);
    if (below === undefined || isNull(below)) entries.set(name, node);
    else if (!isNull(node)) entries.set(name, lay(below, node, keyOf(name)));
  }
  return { kind: "table", entries, origin: child.origin };
}

function lay(below: Node, node: Node, key: KeyDefinition | undefined): Node {
  switch (key?.type) {
    case "texts":
      return layList(below, node, () => undefined);
    case "tables":
      return layList(below, node, ownKey(key.keys ?? {}));
    case "text-table":
      return below.kind === "table" && node.kind === "table" ? layTable(below, node, () => undefined) : node;
    case "schedule":
      return laySchedule(below, node);
    default:
      return node;
  }
}

/** Calendar expressions lie over calendar expressions, a table over a table; one kind replaces the other. */
function laySchedule(below: Node, node: Node): Node {
  if (below.kind === "table" && node.kind === "table") {
    return layTable(below, node, ownKey(SCHEDULE_TABLE));
  }
  return below.kind === "table" || node.kind === "table" ? node : layList(below, node, () => undefined);
}

/** Item by item: a null keeps the parent's, and so do items that the child lacks. */
function layList(below: Node, node: Node, keyOf: KeyOf): Node {
  const items = [...asItems(below)];
  for (const [index, item] of asItems(node).entries()) {
    const under = items[index];
    if (under === undefined) items.push(item);
    else if (!isNull(item)) {
      items[index] = under.kind === "table" && item.kind === "table" ? layTable(under, item, keyOf) : item;
    }
  }
  return { kind: "list", items, origin: node.origin };
}
