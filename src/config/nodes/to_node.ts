/** Parsed values to nodes: keys in lower case, spellings of one key and repeated blocks of HCL put together. */
import { type ConfigError, configError } from "../../model/diagnostic.ts";
import { isTable, type Scalar, type Table, type Value } from "../../model/value.ts";
import { isBlocks } from "../formats/blocks.ts";
import { LISTED_KEYS } from "./listed_keys.ts";
import { isNull, type Node, type NodeOrigin, positionOf, stepTo, type TableNode } from "./node.ts";
import { joinLists, mergeBlocks } from "./overlay.ts";

/**
 * A parsed value as a node.
 * @param key its key in lower case: tells what repeated blocks of HCL mean
 * @throws {ConfigError} when keys that differ in case only have values that cannot be merged
 */
export function toNode(value: Value, origin: NodeOrigin, key = ""): Node {
  if (isBlocks(value) && !LISTED_KEYS.has(key)) return mergedBlocks(value, origin);
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item: Value, index) => toNode(item, stepTo(origin, index))), origin };
  }
  if (isTable(value)) return tableNode(value, origin);
  return { kind: "scalar", value: value as Scalar, origin };
}

function tableNode(table: Table, origin: NodeOrigin): TableNode {
  const entries = new Map<string, Node>();
  for (const [written, value] of Object.entries(table)) {
    const key = written.toLowerCase();
    addSpelling(entries, key, toNode(value, stepTo(origin, written), key));
  }
  return { kind: "table", entries, origin };
}

function addSpelling(entries: Map<string, Node>, key: string, node: Node): void {
  const other = entries.get(key);
  if (other === undefined) entries.set(key, node);
  else entries.set(key, LISTED_KEYS.has(key) ? joinLists(other, node) : mergedSpellings(other, node));
}

/**
 * The same key in upper and lower case: tables add up, of values none can be preferred, at any depth. Blocks of HCL add up
 * under any spelling, the later one over the earlier.
 * @throws {ConfigError}
 */
export function mergedSpellings(first: Node, second: Node): Node {
  if (isNull(first)) return second;
  if (isNull(second)) return first;
  if (first.kind !== "table" || second.kind !== "table") throw twoValues(first, second);
  if (second.origin.source.format === "hcl") return mergeBlocks(first, second);
  const entries = new Map(first.entries);
  for (const [key, node] of second.entries) addSpelling(entries, key, node);
  return { kind: "table", entries, origin: second.origin };
}

function twoValues({ origin }: Node, second: Node): ConfigError {
  const reason = origin.step === second.origin.step
    ? "its table is defined twice, as keys are case-insensitive"
    : `keys are case-insensitive, and "${origin.step}" is already defined`;
  return configError(
    "duplicate-key",
    `Duplicate key "${second.origin.step}": ${reason}`,
    positionOf(second),
    { hint: `The other one is on line ${positionOf({ origin })?.line}` },
  );
}

function mergedBlocks(blocks: readonly Table[], origin: NodeOrigin): TableNode {
  return blocks.map((block, index) => tableNode(block, stepTo(origin, index))).reduce(mergeBlocks);
}
