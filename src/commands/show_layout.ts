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

function layoutBlock({ title, rows, tables }: Block): string {
  const parts = [
    lines(rows, 4),
    ...tables.map(({ name, items }) => {
      const below = items.map((item) => lines(item, 8)).join(`${" ".repeat(8)}-\n`);
      return `    ${printable(name)}:\n${below}`;
    }),
  ];
  return `${printable(title)}:\n${parts.filter((part) => part !== "").join("\n")}`;
}

function lines(rows: readonly Shown[], indent: number): string {
  const named = rows.map(({ key, values }) => ({ key: printable(key), values }));
  const width = Math.max(0, ...named.map(({ key }) => key.length)) + 1;
  return named.flatMap(({ key, values }) =>
    values.map(({ text, origin }, index) => {
      const label = (index === 0 ? `${key}:` : "").padEnd(width);
      const where = origin === undefined ? "" : `  (${origin})`;
      return `${" ".repeat(indent)}${label}  ${printable(text)}${where}`.trimEnd() + "\n";
    })
  ).join("");
}

const NAMED: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r", "\n": "\\n" };

/** A file must not move the cursor or colour the terminal of whoever looks at it. */
function printable(text: string): string {
  return text.replace(CONTROL, (character) => NAMED[character] ?? escaped(character));
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
