/** The reference of the configuration, made from the key tables and the table of restic's flags. */
import { GLOBAL_KEYS } from "../global_keys.ts";
import { GROUP_KEYS } from "../group_keys.ts";
import type { KeyTable } from "../key.ts";
import { NESTED_TABLES, type NestedTable } from "../nested_tables.ts";
import { PROFILE_KEYS } from "../profile_keys.ts";
import { commandOfSection, flagNamesOf, isGlobalFlag } from "../restic_flags.ts";
import type { ResticVersion } from "../restic_version.ts";
import { SCHEDULABLE, sectionKeys } from "../section_keys.ts";
import { sectionNames } from "../section_names.ts";
import { flagRows, keyRows } from "./rows.ts";
import { JSON_SCHEMA, START, VALUE_TYPES } from "./texts.ts";

export interface Page {
  /** Relative, with slashes. */
  readonly path: string;
  readonly title: string;
  /** Markdown without the title, ends with a line break. */
  readonly body: string;
}

/** In the order of reading. @param release whose flags are listed; undefined: those of all releases */
export function referencePages(release: ResticVersion | undefined): Page[] {
  return [
    { path: "_index.md", title: "Configuration reference", body: START },
    { path: "global.md", title: "Global section", body: keyRows(GLOBAL_KEYS) },
    profilePage(release),
    ...sectionNames().map((name) => sectionPage(name, release)),
    { path: "groups.md", title: "Groups", body: groupsBody() },
    { path: "nested/_index.md", title: "Nested tables", body: "Tables that are values of keys above.\n" },
    ...Object.entries<NestedTable>(NESTED_TABLES).map(([name, table]) => nestedPage(name, table)),
    { path: "value-types.md", title: "Types of values", body: VALUE_TYPES },
    { path: "json-schema.md", title: "JSON Schema", body: JSON_SCHEMA },
  ];
}

function profilePage(release: ResticVersion | undefined): Page {
  const flags = flagNamesOf("", release).filter((name) => !Object.hasOwn(PROFILE_KEYS, name));
  const body = `${keyRows(PROFILE_KEYS)}
Besides, a profile has sections, one for each command of restic, and flags of restic, which are given to all commands
that have them. These are the flags that every command has; a section may have them, too:

${flagRows(flags, "")}`;
  return { path: "profile/_index.md", title: "Profiles", body };
}

function sectionPage(section: string, release: ResticVersion | undefined): Page {
  const keys: KeyTable = sectionKeys(section);
  const command = commandOfSection(section);
  const flags = flagNamesOf(command, release).filter((name) => !isGlobalFlag(name) && !Object.hasOwn(keys, name));
  const kind = section === "retention" ? "`restic forget`, before or after a backup" : `\`restic ${command}\``;
  const more = flags.length === 0 ? "" : `\nFlags of restic:\n\n${flagRows(flags, command)}`;
  return {
    path: `profile/${section}.md`,
    title: `Section ${section}`,
    body: `For ${kind}.\n\n${keyRows(keys)}${more}`,
  };
}

function groupsBody(): string {
  return `In version 1 of the layout a group is a list of profiles. In version 2 it is a table:

${keyRows(GROUP_KEYS)}
The keys below \`schedules\` are ${SCHEDULABLE.map((name) => `\`${name}\``).join(", ")}, each with a *Schedule*.
`;
}

function nestedPage(name: string, { title, doc, keys }: NestedTable): Page {
  return { path: `nested/${name}.md`, title, body: `${doc}.\n\n${keyRows(keys)}` };
}

/** The pages as one document. */
export function referenceDocument(pages: readonly Page[]): string {
  return pages.map(({ title, body }, index) => `${index === 0 ? "#" : "##"} ${title}\n\n${body}`).join("\n");
}

/** A page as a file of a site. @param weight its place among the others @param date YYYY-MM-DD */
export function sitePage({ title, body }: Page, weight: number, date: string): string {
  return `---\ntitle: ${JSON.stringify(title)}\ndate: ${date}\nweight: ${weight}\n---\n\n${body}`;
}
