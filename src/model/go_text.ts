/** Booleans and numbers as texts, in the forms of Go's standard library, which restic and the original use. */

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((word) => [word, false] as const),
]);

/** Booleans as text: the grammar is Go's `strconv.ParseBool`, as for restic's own flags. @returns undefined for any other word */
export function parseBoolean(text: string): boolean | undefined {
  return WORDS.get(text);
}

/** Numbers as command lines and environments want them: the shortest decimal that reads back the same, never with an exponent. */
export function formatDecimal(value: number | bigint): string {
  const text = String(value);
  const [, sign = "", whole = "", fraction = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  const rest = digits.slice(point);
  return `${sign}${digits.slice(0, point).padEnd(point, "0")}${rest && `.${rest}`}`;
}
