/** Archives in the format of txtar: a comment, then files, each below a line `-- NAME --`. */

export interface Archive {
  readonly comment: string;
  /** Texts by name, in the order of the file. */
  readonly files: ReadonlyMap<string, string>;
}

export function parseArchive(text: string): Archive {
  const [comment = "", ...parts] = text.split(/^-- (.+) --\r?(?:\n|(?![^]))/m);
  const names = parts.filter((_, index) => index % 2 === 0);
  return { comment, files: new Map(names.map((name, index) => [name.trim(), parts[2 * index + 1]!])) };
}

export function formatArchive({ comment, files }: Archive): string {
  const whole = (text: string) => text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return comment + [...files].map(([name, text]) => `-- ${name} --\n${whole(text)}`).join("");
}
