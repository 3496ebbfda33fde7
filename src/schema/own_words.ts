/** Words of configurations that belong to the tool, wherever they are written. */
import { GLOBAL_KEYS } from "./global_keys.ts";
import type { KeyTable } from "./key.ts";
import { PROFILE_KEYS } from "./profile_keys.ts";
import { flagOfKey, isFlagOfAnyCommand } from "./restic_flags.ts";
import { sectionKeys } from "./section_keys.ts";
import { sectionNames } from "./section_names.ts";

let words: ReadonlySet<string> | undefined;

/**
 * Whether the tool reads a key of that name in some place, and restic has no such flag. Where it has no effect it must not become
 * a flag either, filter or not: restic would refuse it.
 */
export function isOwnWord(key: string): boolean {
  if (isFlagOfAnyCommand(flagOfKey(key))) return false;
  const tables: KeyTable[] = words ? [] : [GLOBAL_KEYS, PROFILE_KEYS, ...sectionNames().map(sectionKeys)];
  return (words ??= new Set(tables.flatMap((table) => Object.keys(table)))).has(key);
}
