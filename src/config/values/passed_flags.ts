/** Keys that are restic's: their values stay as parsed, but for paths. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { FlagValue } from "../../schema/profile.ts";
import { isOwnWord } from "../../schema/own_words.ts";
import { PATH_FLAGS } from "../../schema/path_flags.ts";
import { MEANINGFUL_WHEN_EMPTY } from "../../schema/restic_flags.ts";
import { type Conversion, listening } from "./convert_value.ts";
import {
  emptyItemWarning,
  isComputed,
  isNull,
  kindOf,
  type ListNode,
  type Node,
  nodeError,
  nodeWarning,
  type ScalarNode,
  type TableNode,
} from "../nodes/node.ts";
import { listOperator } from "../nodes/overlay.ts";

/** True for keys that mean something to the tool only, even where they have no effect: they must never reach restic. */
function isToolsWord(key: string): boolean {
  return /^(?:schedule|run-|send-)/.test(key) || listOperator(key) !== undefined || isOwnWord(key);
}

export interface FlagRules {
  /** Whether a key is the tool's, or a section. */
  readonly isOwn: (key: string) => boolean;
  /** Whether the value can come to restic: others are reported as unknown keys, and never stop a run. */
  readonly reachesRestic: (key: string) => boolean;
  /** Whether the flag decides which snapshots are changed: what cannot be used of it must be seen, so that the command does not run. */
  readonly decides: (key: string) => boolean;
}

/** Of a flag that decides: nothing that could be used is left of what was written. */
const UNUSABLE: FlagValue = [];

/** The flags among the keys of a profile or section. */
export function flagValues(
  table: TableNode,
  { isOwn, reachesRestic, decides }: FlagRules,
  place: string,
  conversion: Conversion,
): Map<string, FlagValue> {
  const flags = new Map<string, FlagValue>();
  for (const [key, node] of table.entries) {
    if (isOwn(key) || isToolsWord(key) || isNull(node)) continue;
    if (decides(key) && isUnusable(node)) flags.set(key, UNUSABLE);
    if (node.kind === "table") continue;
    if (hasTables(node) && !reachesRestic(key)) continue;
    const name = `${place}.${key}`;
    const value = node.kind === "list" ? listValue(node, key, name, conversion) : soleValue(node, key, conversion);
    if (value !== undefined && !flags.has(key)) flags.set(key, value);
  }
  return flags;
}

/** A table, or an empty text that was not written as one; an item that is one, or null, changes what a list means. */
function isUnusable(node: Node): boolean {
  if (node.kind === "list") return node.items.some(isUnusable);
  return node.kind === "table" || isNull(node) || String(node.value).trim() === "" && isComputed(node);
}

/** Lists of restic's flags have values in them, nothing else. */
function hasTables(node: Node): boolean {
  return node.kind === "list" && node.items.some(({ kind }) => kind !== "scalar");
}

/** A path of which nothing is left when its variables are replaced is not a path, but not the `""` that switches the flag off either. */
function soleValue(node: ScalarNode, key: string, conversion: Conversion): FlagValue | undefined {
  const value = scalarValue(node, key, conversion);
  return key === "path" && value === "" && node.value !== "" ? [] : value;
}

function scalarValue(
  node: ScalarNode,
  key: string,
  conversion: Conversion,
): Exclude<ScalarNode["value"], null> | undefined {
  const { value } = node;
  if (value === null) return undefined;
  const rule = Object.hasOwn(PATH_FLAGS, key) ? PATH_FLAGS[key] : undefined;
  return typeof value === "string" && rule !== undefined
    ? conversion.path(rule, value, node, conversion.report)
    : value;
}

function listValue(list: ListNode, key: string, name: string, conversion: Conversion): FlagValue {
  return list.items.flatMap((item) => {
    if (isNull(item)) {
      conversion.report(emptyItemWarning(item, name));
      return [];
    }
    if (item.kind !== "scalar") return refuse(item, name, conversion);
    const { conversion: attentive, hasTold } = listening(conversion);
    const value = scalarValue(item, key, attentive);
    if (value === undefined) return [];
    if (value === "" && !MEANINGFUL_WHEN_EMPTY.has(key)) {
      if (!hasTold()) conversion.report(emptyItem(item, name));
      // fewer paths select more snapshots: it has to be seen that there was another one
      return key === "path" ? [value] : [];
    }
    return [typeof value === "boolean" ? String(value) : value];
  });
}

function refuse(item: Node, name: string, { report }: Conversion): [] {
  report(
    nodeError(item, "wrong-type", `Cannot read "${name}": wanted texts or numbers in the list, found ${kindOf(item)}`),
  );
  return [];
}

/** An empty text that says nothing to restic, or a path of which nothing is left when its variables are replaced. */
function emptyItem(item: ScalarNode, name: string): Diagnostic {
  const reason = item.value === "" ? "is empty" : "expands to nothing";
  return nodeWarning(item, "unused-value", `An item of "${name}" ${reason}: it is left out`);
}
