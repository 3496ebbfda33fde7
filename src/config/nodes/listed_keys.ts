/** Keys that hold a list of tables: blocks of these names are its items, and add up; blocks of every other name are one table. */
import { HTTP_HOOK_KEYS, SEND_KEYS } from "../../schema/hook_keys.ts";
import type { KeyTable } from "../../schema/key.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";

export const LISTED_KEYS: ReadonlySet<string> = new Set(
  ([HTTP_HOOK_KEYS, PROFILE_KEYS, SEND_KEYS] as readonly KeyTable[]).flatMap((table) =>
    Object.keys(table).filter((name) => table[name]?.type === "tables")
  ),
);
