/** Whether the lines of a crontab file have a user column: files of the system have one, those of users have none. */

const HEADER = /^#\s*\*(?:\s+\*){4}\s+(user\S*\s+)?(?:command|cmd)/i;
const ENTRY = /^\s*(?:@\w+|[^\s#]\S*(?:\s+\S+){4})(?:\t| {2,})\s*(\S+(?:\t| {2,})\s*\S)?/;

/** The header tells, if there is one; else most of the entries. */
export function hasUserColumn(table: string): boolean {
  const lines = table.split("\n");
  const headers = lines.flatMap((line) => matchOf(HEADER, line));
  const entries = lines.flatMap((line) => matchOf(ENTRY, line));
  const withUser = entries.filter(Boolean).length;
  if (headers.length === 0) return withUser * 4 > entries.length * 3;
  return headers.every(Boolean) || headers.some(Boolean) && withUser > 0;
}

/** Whether a line of this kind has the column; nothing for other lines. */
function matchOf(pattern: RegExp, line: string): boolean[] {
  const match = pattern.exec(line);
  return match ? [match[1] !== undefined] : [];
}
