/** How `show` prints: blocks of aligned keys and values, nested tables below their dotted names. */

export interface Shown {
  /** One line each; a list has several. */
  readonly values: readonly { readonly text: string; readonly origin?: string | undefined }[];
  readonly key: string;
}

/** Objects of a list are divided by a line. */
export interface ShownTable {
  /** Dotted, from the block on: `backup.send-after`. */
  readonly name: string;
  readonly items: readonly (readonly Shown[])[];
}

export interface Block {
  readonly title: string;
  readonly rows: readonly Shown[];
  readonly tables: readonly ShownTable[];
}

export function layoutBlocks(blocks: readonly Block[]): string {
  return blocks.map(layoutBlock).join("\n");
}

/**
 * For programs: by title an object of keys and values, all of them texts as they are shown, several values as a list; tables
 * below their dotted names, several of them as a list. Where values come from is in `origins`, if it is wanted.
 */
export function blocksAsJson(blocks: readonly Block[]): string {
  const all = blocks.map(({ title, rows, tables }) => {
    const below = tables.map(({ name, items }) => [name, soleOrAll(items.map(rowsAsObject))]);
    return [title, { ...rowsAsObject(rows), ...Object.fromEntries(below) }];
  });
  return `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`;
}

function rowsAsObject(rows: readonly Shown[]): Record<string, unknown> {
  const origins = rows.filter(({ values }) => values.some(({ origin }) => origin !== undefined))
    .map(({ key, values }) => [key, soleOrAll(values.map(({ origin }) => origin))]);
  return {
    ...Object.fromEntries(rows.map(({ key, values }) => [key, soleOrAll(values.map(({ text }) => text))])),
    ...origins.length > 0 ? { origins: Object.fromEntries(origins) } : {},
  };
}

function soleOrAll<T>(items: readonly T[]): T | readonly T[] {
  return items.length === 1 ? items[0]! : items;
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

/** A file must not move the cursor or colour the terminal of whoever looks at it. */
function escapedControls(text: string): string {
  return text.replace(CONTROL, (character) => NAMED[character] ?? escaped(character));
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
