/** How `show` prints: blocks of aligned keys and values, nested tables below their dotted names. */

export type ShownJson = string | number | boolean | readonly ShownJson[] | { readonly [key: string]: ShownJson };

export interface ShownValue {
  readonly text: string;
  /** For programs: of its own type. */
  readonly json: ShownJson;
  readonly origin?: string | undefined;
}

export interface Shown {
  /** One line each; a list has several. */
  readonly values: readonly ShownValue[];
  readonly key: string;
  /** Also with one value. */
  readonly isList: boolean;
}

/** Objects of a list are divided by a line. */
export interface ShownTable {
  /** Dotted, from the block on: `backup.send-after`. */
  readonly name: string;
  readonly items: readonly (readonly Shown[])[];
  /** Also with one item. */
  readonly isList: boolean;
}

export interface Block {
  readonly title: string;
  readonly rows: readonly Shown[];
  readonly tables: readonly ShownTable[];
}

/** @param mask hides what is secret wherever it stands */
export type BlockLayout = (blocks: readonly Block[], mask: (text: string) => string) => string;

export const layoutBlocks: BlockLayout = (blocks, mask) => mask(blocks.map(layoutBlock).join("\n"));

/**
 * For programs: by title an object of keys and values. Numbers and booleans are what they are, durations texts as they are shown; lists
 * are lists however many values they have. Tables are below their dotted names. Where values come from is in `origins`, if it is wanted.
 */
export const blocksAsJson: BlockLayout = (blocks, mask) => {
  const all = blocks.map(({ title, rows, tables }) => {
    const below = tables.map(({ name, items, isList }) => [name, listOrSole(items.map(rowsAsObject), isList)]);
    return [title, { ...rowsAsObject(rows), ...Object.fromEntries(below) }];
  });
  // a number that is a secret elsewhere would not be one any more when its digits are hidden
  const hidden = (_: string, value: unknown) => {
    if (typeof value !== "string" && typeof value !== "number") return value;
    const shown = mask(String(value));
    return shown === String(value) ? value : shown;
  };
  return `${JSON.stringify(Object.fromEntries(all), hidden, 2)}\n`;
};

function rowsAsObject(rows: readonly Shown[]): Record<string, unknown> {
  const origins = rows.filter(({ values }) => values.some(({ origin }) => origin !== undefined))
    .map(({ key, values, isList }) => [key, listOrSole(values.map(({ origin }) => origin), isList)]);
  return {
    ...Object.fromEntries(
      rows.map(({ key, values, isList }) => [key, listOrSole(values.map(({ json }) => json), isList)]),
    ),
    ...origins.length > 0 ? { origins: Object.fromEntries(origins) } : {},
  };
}

function listOrSole<T>(items: readonly T[], isList: boolean): T | readonly T[] {
  return isList || items.length !== 1 ? items : items[0]!;
}

function layoutBlock({ title, rows, tables }: Block): string {
  const parts = [
    lines(rows, 4),
    ...tables.map(({ name, items }) => {
      const below = items.map((item) => lines(item, 8)).join(`${" ".repeat(8)}-\n`);
      return `    ${escapedControls(name)}:\n${below}`;
    }),
  ];
  return `${escapedControls(title)}:\n${parts.filter((part) => part !== "").join("\n")}`;
}

function lines(rows: readonly Shown[], indent: number): string {
  const named = rows.map(({ key, values }) => ({ key: escapedControls(key), values }));
  const width = Math.max(0, ...named.map(({ key }) => key.length)) + 1;
  return named.flatMap(({ key, values }) =>
    values.map(({ text, origin }, index) => {
      const label = (index === 0 ? `${key}:` : "").padEnd(width);
      const where = origin === undefined ? "" : `  (${origin})`;
      return `${" ".repeat(indent)}${label}  ${escapedControls(text)}${where}`.trimEnd() + "\n";
    })
  ).join("");
}

const NAMED: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r", "\n": "\\n" };

/** A file must not move the cursor or colour the terminal on which it is shown. */
function escapedControls(text: string): string {
  return text.replace(CONTROL, (character) => NAMED[character] ?? escaped(character));
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
