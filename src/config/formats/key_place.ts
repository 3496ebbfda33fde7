/**
 * Where keys stand. A reader that is asked for places notes the offset of each key and list item with the table or list
 * that holds it; a path is then followed through the values themselves, so that aliases and merged keys lead to where
 * they were written.
 */

import { isTable, type Value } from "../../model/value.ts";
import { isBlocks } from "./blocks.ts";
import type { KeyPath, KeyPlace } from "./format.ts";

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

/**
 * Reads a text; if there is a fault in it, once more with places, so that the fault can say where the first of two keys
 * is. Good texts do not pay for that.
 */
export function readWithPlacesOnFault<T>(read: (offsets?: Offsets) => T): T {
  try {
    return read();
  } catch {
    return read(new Map());
  }
}

/** The line and column of an offset. For many offsets of one text, `placesIn` is faster. */
export function placeAt(text: string, offset: number): KeyPlace {
  return placesIn(text)(offset);
}

/** The line and column of each offset of a text. LF, CR LF and CR end lines, as editors count. */
export function placesIn(text: string): (offset: number) => KeyPlace {
  const starts = [0, ...text.matchAll(/\r\n|\n|\r/g).map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    let line = 0; // the line of the offset is in [line, beyond)
    let beyond = starts.length;
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** The places of a text, by key path. */
export function placeFinder(text: string, root: Value, offsets: Offsets): (path: KeyPath) => KeyPlace | undefined {
  const placeOf = placesIn(text);
  return (path) => {
    let holders: readonly Value[] = [root];
    let found: number | undefined;
    for (const step of path) {
      const hits = stepInto(holders, step, offsets);
      found = hits.findLast(({ offset }) => offset !== undefined)?.offset ?? found;
      holders = hits.map(({ value }) => value);
    }
    return found === undefined ? undefined : placeOf(found);
  };
}

interface Hit {
  readonly value: Value;
  readonly offset: number | undefined;
}

/** What a step leads to: of several values of one key in repeated blocks, all; the last counts. */
function stepInto(holders: readonly Value[], step: string | number, offsets: Offsets): readonly Hit[] {
  if (typeof step === "number") {
    const item = itemsOf(holders, offsets)[step];
    return item === undefined ? [] : [item];
  }
  return holders.flatMap((holder) => isBlocks(holder) ? holder : [holder])
    .filter((holder) => isTable(holder))
    .flatMap((holder) => {
      const value = holder[step];
      return value === undefined ? [] : [{ value, offset: offsets.get(holder)?.get(step) }];
    });
}

/** The items of a list. A single value is a list of one, blocks add up, and of several lists the last counts. */
function itemsOf(holders: readonly Value[], offsets: Offsets): readonly Hit[] {
  const areBlocks = holders.every((holder) => isTable(holder) || isBlocks(holder));
  return (areBlocks ? holders : holders.slice(-1)).flatMap((holder): readonly Hit[] => {
    if (!Array.isArray(holder)) return [{ value: holder, offset: undefined }];
    const known = offsets.get(holder);
    return (holder as readonly Value[]).map((value, index) => ({ value, offset: known?.get(index) }));
  });
}
