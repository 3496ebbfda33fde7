/** Two columns of text: names, and what they mean. */

/** Each row indented by two blanks, the second column aligned behind the longest name; one line each, no line feed at the end. */
export function columns(rows: readonly (readonly [name: string, meaning: string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`.trimEnd()).join("\n");
}
