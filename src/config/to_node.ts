/** Parsed values to nodes: keys in lower case, spellings of one key and repeated blocks of HCL put together. */
import { configError } from "../model/diagnostic.ts";
import { isTable, type Scalar, type Table, type Value } from "../model/value.ts";
import { isBlocks } from "./formats/blocks.ts";
import { LISTED_KEYS } from "./listed_keys.ts";
import { type Node, type Origin, positionOf, stepTo, type TableNode } from "./node.ts";
import { joinLists, mergeBlocks } from "./overlay.ts";

/**
 * A parsed value as a node.
 * @param key its key in lower case: tells what repeated blocks of HCL mean
 * @throws {ConfigError} when keys that differ in case only have values that cannot be merged
 */
export function toNode(value: Value, origin: Origin, key = ""): Node {
  if (isBlocks(value) && !LISTED_KEYS.has(key)) return mergedBlocks(value, origin);
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item: Value, index) => toNode(item, stepTo(origin, index))), origin };
  }
  if (isTable(value)) return tableNode(value, origin);
  return { kind: "scalar", value: value as Scalar, origin };
}

function tableNode(table: Table, origin: Origin): TableNode {
  const entries = new Map<string, Node>();
  for (const [written, value] of Object.entries(table)) {
    const key = written.toLowerCase();
    const node = toNode(value, stepTo(origin, written), key);
    const other = entries.get(key);
    if (other === undefined) entries.set(key, node);
    else entries.set(key, LISTED_KEYS.has(key) ? joinLists(other, node) : mergedSpellings(other, node));
  }
  return { kind: "table", entries, origin };
}

/**
 * The same key in upper and lower case: tables add up, of values none can be preferred.
 * @throws {ConfigError}
 */
export function mergedSpellings(first: Node, second: Node): Node {
  if (first.kind === "table" && second.kind === "table") return mergeBlocks(first, second);
  const { step } = second.origin;
  throw configError(
    `Cannot read "${step}": the key is there already as "${first.origin.step}", and upper and lower case are the same`,
    positionOf(second),
  );
}

function mergedBlocks(blocks: readonly Table[], origin: Origin): TableNode {
  return blocks.map((block, index) => tableNode(block, stepTo(origin, index))).reduce(mergeBlocks);
}
