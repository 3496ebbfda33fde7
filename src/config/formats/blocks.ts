/**
 * Repeated blocks of HCL. `send-before {…}` twice makes a list where a list of tables is wanted, and one table where a
 * table is wanted. The reader cannot know which, so it gives a list that is marked as such.
 */

import type { Table, Value } from "../../model/value.ts";

const BLOCKS = Symbol("blocks of one name");

/** The blocks of one name, in the order of the file. */
export type Blocks = readonly Table[] & { readonly [BLOCKS]: true };

/** Marks a list of tables as blocks of one name. */
export function blocks(items: readonly Table[]): Blocks {
  return Object.defineProperty([...items], BLOCKS, { value: true }) as readonly Table[] as Blocks;
}

/** True for repeated blocks, false for a list that was written as one. */
export function isBlocks(value: Value | undefined): value is Blocks {
  return Array.isArray(value) && BLOCKS in value;
}
