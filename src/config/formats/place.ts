/**
 * Where keys stand. A reader that is asked for places notes the offset of each key and list item with the table or list
 * that holds it; a path is then followed through the values themselves, so that aliases and merged keys lead to where
 * they were written.
 */

import { isTable, type Value } from "../../model/value.ts";
import { isBlocks } from "./blocks.ts";
import type { KeyPath, Place } from "./format.ts";

/** The offsets of the keys of a table, or the items of a list, by that table or list. */
export type Offsets = Map<object, Map<string | number, number>>;

/** Notes where a key or an item stands; does nothing for a reader that was not asked for places. */
export function recordOffset(
  offsets: Offsets | undefined,
  holder: object,
  step: string | number,
  offset: number,
): void {
  if (!offsets) return;
  const known = offsets.get(holder);
  if (known) known.set(step, offset);
  else offsets.set(holder, new Map([[step, offset]]));
}

/** The line and column of an offset. LF, CR LF and CR end lines, as editors count. */
export function placeAt(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) {
    if (index + end.length > offset) break;
    line++;
    start = index + end.length;
  }
  return { line, column: offset - start + 1 };
}

/** The places of a text, by key path. */
export function placeFinder(text: string, root: Value, offsets: Offsets): (path: KeyPath) => Place | undefined {
  return (path) => {
    let holder: Value | undefined = root;
    let found: number | undefined;
    for (const step of path) {
      const next = stepInto(holder, step, offsets);
      found = next.offset ?? found;
      holder = next.value;
    }
    return found === undefined ? undefined : placeAt(text, found);
  };
}

interface Step {
  readonly value: Value | undefined;
  readonly offset?: number | undefined;
}

function stepInto(holder: Value | undefined, step: string | number, offsets: Offsets): Step {
  if (typeof step === "number") {
    // A single value where a list is wanted is a list of one: its item 0 is the value itself.
    if (!Array.isArray(holder)) return { value: step === 0 ? holder : undefined };
    return { value: holder[step], offset: offsets.get(holder)?.get(step) };
  }
  if (isBlocks(holder)) {
    // Repeated blocks that were merged to one table: of several values of one key, the last counts.
    const block = holder.findLast((item) => isTable(item) && step in item);
    return block === undefined ? { value: undefined } : stepInto(block, step, offsets);
  }
  if (!isTable(holder)) return { value: undefined };
  return { value: holder[step], offset: offsets.get(holder)?.get(step) };
}
