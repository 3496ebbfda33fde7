const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((word) => [word, false] as const),
]);

/** Booleans as text: the grammar is Go's `strconv.ParseBool`, as for restic's own flags. @returns undefined for any other word */
export function parseBoolean(text: string): boolean | undefined {
  return WORDS.get(text);
}
