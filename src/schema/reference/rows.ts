/** Keys and flags as the rows of Markdown tables. */
import { flagDoc, flagReleases, writtenDefault } from "../key_words.ts";
import { type KeyDefinition, type KeyTable, type KeyType, strongerVariants } from "../key.ts";
import { NESTED_TABLES, nestedTable } from "../nested_tables.ts";
import { findFlag, RELEASES, type ResticFlag } from "../restic_flags.ts";

/** What the value of a key is; `value-types.md` explains the words. */
export const TYPE_NAMES = {
  "text": "text",
  "boolean": "boolean",
  "tri-state": "boolean or absent",
  "integer": "integer",
  "duration": "duration",
  "texts": "list of texts",
  "text-table": "table of texts",
  "tables": "list of tables",
  "schedule": "list of texts, or table",
  "schedule-defaults": "table",
  "use": "list of mixins",
} as const satisfies Readonly<Record<KeyType, string>>;

const HEAD = "| name | type | default | notes |\n|---|---|---|---|\n";

/** A table of all keys; those that are out of date are struck out. */
export function keyRows(keys: KeyTable): string {
  return HEAD +
    Object.entries(keys).sort(byName).map(([name, key]) => keyRow(name, key, strongerVariants(keys, name))).join("");
}

/** A table of restic's flags. @param command of two words where there is such a one */
export function flagRows(names: readonly string[], command: string): string {
  return HEAD + names.map((name) => flagRow(name, findFlag(command, name)!, command)).join("");
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function keyRow(name: string, key: KeyDefinition, stronger: readonly string[]): string {
  const nested = nestedTable(key);
  const type = TYPE_NAMES[key.type] + (nested === undefined ? "" : `: *${NESTED_TABLES[nested].title}*`);
  const value = writtenDefault(key);
  return row(key.deprecated === undefined ? code(name) : `~~${code(name)}~~`, type, value, [
    ...notesOf(key),
    ...stronger.length === 0 ? [] : [`No effect beside ${stronger.map(code).join(", ")}`],
  ]);
}

function notesOf({ doc, words, range, examples, secret, flag, deprecated, version }: KeyDefinition): string[] {
  return [
    doc,
    ...words ? [`One of ${words.map(code).join(", ")}`] : [],
    ...range ? [`From ${range[0]} to ${range[1]}`] : [],
    ...examples ? [`Examples: ${examples.map(code).join(", ")}`] : [],
    ...flag === undefined ? [] : [`restic's \`--${flag}\``],
    ...secret ? ["Passwords in it are never shown"] : [],
    ...version === undefined ? [] : [`Version ${version} of the layout only`],
    ...deprecated === undefined ? [] : [`Deprecated: ${deprecated}`],
  ];
}

function flagRow(name: string, flag: ResticFlag, command: string): string {
  const type = flag.repeatable ? "list of texts" : flag.value === "optional" ? "boolean" : "text";
  const notes = [
    ...[flagDoc(name, command)].filter((doc) => doc !== undefined),
    ...flagReleases(flag, RELEASES[0]!).map((release) => release[0]!.toUpperCase() + release.slice(1)),
  ];
  return row(code(name), type, flag.default || undefined, notes);
}

function row(
  name: string,
  type: string,
  value: string | number | boolean | undefined,
  notes: readonly string[],
): string {
  const cells = [name, type, value === undefined ? "" : code(String(value)), notes.join(". ")];
  return `| ${cells.map(cell).join(" | ")} |\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A bar would end the cell, even in code. */
function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}
