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
      return `    ${name}:\n${below}`;
    }),
  ];
  return `${title}:\n${parts.filter((part) => part !== "").join("\n")}`;
}

function lines(rows: readonly Shown[], indent: number): string {
  const width = Math.max(0, ...rows.map(({ key }) => key.length)) + 1;
  return rows.flatMap(({ key, values }) =>
    values.map(({ text, origin }, index) => {
      const label = (index === 0 ? `${key}:` : "").padEnd(width);
      const where = origin === undefined ? "" : `  (${origin})`;
      return `${" ".repeat(indent)}${label}  ${printable(text)}${where}`.trimEnd() + "\n";
    })
  ).join("");
}

const CONTROLS: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r", "\n": "\\n" };

function printable(text: string): string {
  return text.replace(/[\t\r\n]/g, (character) => CONTROLS[character]!);
}
