/** From a path of keys to where the value stands. */
import type { Position } from "../../model/diagnostic.ts";
import { type Node, positionOf } from "./node.ts";

/** The place of a value, or of the nearest existing table or list. @param path keys in lower case, list indexes from 0 */
export function locate(node: Node, path: readonly (string | number)[]): Position | undefined {
  let found = node;
  for (const step of path) {
    const next = child(found, step);
    if (next === undefined) break;
    found = next;
  }
  return positionOf(found);
}

function child(node: Node, step: string | number): Node | undefined {
  if (typeof step === "string") return node.kind === "table" ? node.entries.get(step) : undefined;
  if (node.kind === "list") return node.items[step];
  return step === 0 ? node : undefined; // a single value is a list of one
}
