/** Tables that stand inside of sections, by the names that the JSON Schema and the reference give them. */
import { HEADER_KEYS, SEND_KEYS, STREAM_ERROR_KEYS } from "./hook_keys.ts";
import type { KeyDefinition, KeyTable } from "./key.ts";
import { SCHEDULE_TABLE } from "./schedule_keys.ts";

export interface NestedTable {
  readonly title: string;
  /** A sentence without its full stop. */
  readonly doc: string;
  readonly keys: KeyTable;
}

/** Everybody has to say for himself when. */
const { at: _, ...SCHEDULE_DEFAULTS } = SCHEDULE_TABLE;

export const NESTED_TABLES = {
  "http-hook": {
    title: "HTTP hook",
    doc: "One request of send-before, send-after, send-after-fail or send-finally",
    keys: SEND_KEYS,
  },
  "header": { title: "Header", doc: "One header of a request", keys: HEADER_KEYS },
  "stream-error": {
    title: "Stream error",
    doc: "A command to run for lines of restic's standard error",
    keys: STREAM_ERROR_KEYS,
  },
  "schedule": {
    title: "Schedule",
    doc: "When a command is run by the system's scheduler, and how",
    keys: SCHEDULE_TABLE,
  },
  "schedule-defaults": { title: "Schedule defaults", doc: "Settings of all schedules", keys: SCHEDULE_DEFAULTS },
} as const satisfies Readonly<Record<string, NestedTable>>;

export type NestedName = keyof typeof NESTED_TABLES;

/** The table that a key holds, or a list of; undefined for keys of plain values. */
export function nestedTable(key: KeyDefinition): NestedName | undefined {
  if (key.type === "schedule" || key.type === "schedule-defaults") return key.type;
  if (key.type !== "tables") return undefined;
  const names = Object.keys(NESTED_TABLES) as NestedName[];
  return names.find((nested) => NESTED_TABLES[nested].keys === key.keys);
}
