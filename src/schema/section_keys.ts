/** Own keys of sections, by restic command; what is not here is a flag of restic. */
import { HTTP_HOOK_KEYS, SHELL_HOOK_KEYS } from "./hook_keys.ts";
import { keyTable } from "./key.ts";
import { SCHEDULE_KEYS } from "./schedule_keys.ts";

/** Of every section but `retention`. */
export const COMMON_SECTION_KEYS = keyTable({
  ...SHELL_HOOK_KEYS,
  ...HTTP_HOOK_KEYS,
  "use": { type: "use", doc: "Mixins", version: 2 },
});

type Prefixed<T> = { readonly [K in keyof T & string as `schedule-${K}`]: Omit<T[K], "default"> };

function prefixed<T extends Readonly<Record<string, object>>>(table: T): Prefixed<T> {
  // the default is the schedule table's: the section's keys lie over it
  const entries = Object.entries(table).map(([name, { default: value, ...key }]: [string, { default?: unknown }]) => [
    `schedule-${name}`,
    value === undefined ? key : { ...key, usual: value },
  ]);
  return Object.fromEntries(entries) as Prefixed<T>;
}

/** Of the sections that can be scheduled. */
export const SECTION_SCHEDULE_KEYS = keyTable({
  "schedule": { type: "schedule", doc: "When the command is run by the system's scheduler" },
  ...prefixed(SCHEDULE_KEYS),
});

export const BACKUP_KEYS = keyTable({
  "source": { type: "texts", doc: "Files and folders to save", path: "source" },
  "source-base": { type: "text", doc: "Folder that relative sources start at", path: "folder" },
  "source-relative": { type: "boolean", doc: "Save relative paths: restic runs in source-base", default: false },
  "exclude": { type: "texts", doc: "Patterns to leave out", flag: "exclude", path: "pattern" },
  "iexclude": {
    type: "texts",
    doc: "Patterns to leave out, in any case of letters",
    flag: "iexclude",
    path: "pattern",
  },
  "exclude-file": { type: "texts", doc: "Files with patterns to leave out", flag: "exclude-file", path: "config" },
  "iexclude-file": { type: "texts", doc: "The same, in any case of letters", flag: "iexclude-file", path: "config" },
  "files-from": { type: "texts", doc: "Files with patterns of sources", flag: "files-from", path: "config" },
  "files-from-raw": {
    type: "texts",
    doc: "Files with sources, NUL between them",
    flag: "files-from-raw",
    path: "config",
  },
  "files-from-verbatim": { type: "texts", doc: "Files with sources", flag: "files-from-verbatim", path: "config" },
  "stdin": { type: "boolean", doc: "Save standard input", flag: "stdin" },
  "stdin-command": { type: "texts", doc: "Save what these shell commands print" },
  "stdin-from-command": {
    type: "boolean",
    doc: "restic runs the words of source as a command and saves what it prints",
    flag: "stdin-from-command",
  },
  "check-before": { type: "boolean", doc: "Check the repository before", default: false },
  "check-after": { type: "boolean", doc: "Check the repository after", default: false },
  "extended-status": { type: "boolean", doc: "Read restic's JSON for the status file and metrics", default: false },
  "no-error-on-warning": {
    type: "boolean",
    doc: "A backup with unreadable files is a success with a warning",
    default: false,
  },
});

const RETENTION_KEYS = keyTable({
  "before-backup": { type: "tri-state", doc: "Forget snapshots before a backup" },
  "after-backup": { type: "tri-state", doc: "Forget snapshots after a backup" },
});

const FROM_KEYS = keyTable({
  "from-repository": { type: "text", doc: "Source repository", secret: true, flag: "from-repo", path: "repository" },
  "from-repository-file": {
    type: "text",
    doc: "File that holds the source repository",
    flag: "from-repository-file",
    path: "config",
  },
  "from-password-file": {
    type: "text",
    doc: "File that holds its password",
    flag: "from-password-file",
    path: "config",
  },
  "from-password-command": { type: "text", doc: "Command that prints its password", flag: "from-password-command" },
  "from-key-hint": { type: "text", doc: "ID of its key to try first", flag: "from-key-hint" },
});

const INIT_KEYS = keyTable({
  "copy-chunker-params": {
    type: "boolean",
    doc: "Split files as the source repository does",
    flag: "copy-chunker-params",
  },
  ...FROM_KEYS,
});

const COPY_KEYS = keyTable({
  "repository": { type: "text", doc: "Destination repository", secret: true, flag: "repo", path: "repository" },
  "repository-file": {
    type: "text",
    doc: "File that holds the destination repository",
    flag: "repository-file",
    path: "config",
  },
  "password-file": { type: "text", doc: "File that holds its password", flag: "password-file", path: "config" },
  "password-command": { type: "text", doc: "Command that prints its password", flag: "password-command" },
  "key-hint": { type: "text", doc: "ID of its key to try first", flag: "key-hint" },
  ...FROM_KEYS,
  "snapshot": { type: "texts", doc: "Snapshots to copy; default all" },
  "initialize": {
    type: "boolean",
    doc: "Run restic init for the destination first (default: as in global)",
  },
  "initialize-copy-chunker-params": {
    type: "tri-state",
    doc: "Initialise it to split files as the source does",
    default: true,
  },
});

/** Commands that can be scheduled. */
export const SCHEDULABLE = ["backup", "check", "copy", "forget", "prune"] as const;

type SectionKeys = typeof COMMON_SECTION_KEYS & Partial<SectionTable>;

/** Tables made so far: there may be ten thousand sections of one name. */
const made = new Map<string, SectionKeys>();

/** The own keys of the section named `section`; every restic command has those of `COMMON_SECTION_KEYS`. */
export function sectionKeys(section: string): SectionKeys {
  const known = made.get(section);
  if (known !== undefined) return known;
  const schedulable = (SCHEDULABLE as readonly string[]).includes(section);
  const keys = section === "retention"
    ? { ...RETENTION_KEYS, ...SECTION_SCHEDULE_KEYS }
    : { ...COMMON_SECTION_KEYS, ...(schedulable ? SECTION_SCHEDULE_KEYS : {}), ...(OWN_KEYS[section] ?? {}) };
  made.set(section, keys as SectionKeys);
  return keys as SectionKeys;
}

const OWN_KEYS: Readonly<Record<string, object>> = { backup: BACKUP_KEYS, init: INIT_KEYS, copy: COPY_KEYS };

/** All own keys of any section, for the type of a section's options. */
export type SectionTable =
  & typeof COMMON_SECTION_KEYS
  & typeof SECTION_SCHEDULE_KEYS
  & typeof BACKUP_KEYS
  & typeof RETENTION_KEYS
  & typeof INIT_KEYS
  & typeof COPY_KEYS;
