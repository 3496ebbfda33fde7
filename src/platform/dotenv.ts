/**
 * Environment files. The syntax is what users of the original wrote: `NAME=value` or `NAME: value`, `export` before it,
 * single quotes for literal text, double quotes for text with escapes over several lines, `$NAME` of the same file.
 */

/** A line that is none of these; `line` counts from 1. */
export class DotenvError extends Error {
  override name = "DotenvError";
  constructor(message: string, readonly line: number) {
    super(message);
  }
}

const SPACE = /\s*/y;
const COMMENT = /#[^\n]*/y;
const NAME = /(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*/y;
const SINGLE = /'([^']*)'/y;
const DOUBLE = /"((?:[^"\\]|\\[\s\S])*)"/y;
const BARE = /[^\r\n]*/y;
const REST = /[ \t]*(?:#[^\r\n]*)?(?=\r|\n|$)/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r" };

/**
 * @param text the file, decoded
 * @returns the variables in the order of the file; of a name that stands twice the last value
 * @throws {DotenvError}
 */
export function parseDotenv(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  };
  const expand = (value: string) =>
    value.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (_, braced, bare) => variables.get(braced ?? bare) ?? "");
  for (take(SPACE); at < text.length; take(SPACE)) {
    if (take(COMMENT)) continue;
    const name = take(NAME)?.[1];
    if (name === undefined) throw new DotenvError("Cannot read this line: write it as NAME=value", lineAt(text, at));
    variables.set(name, readValue(take, expand, () => lineAt(text, at)));
  }
  return variables;
}

function readValue(
  take: (pattern: RegExp) => RegExpExecArray | null,
  expand: (value: string) => string,
  line: () => number,
): string {
  const start = line();
  const single = take(SINGLE)?.[1];
  const double = single === undefined ? take(DOUBLE)?.[1] : undefined;
  const quoted = single ?? (double === undefined ? undefined : unescape(double, expand));
  if (quoted !== undefined) {
    if (!take(REST)) throw new DotenvError("Cannot read this line: there is text after the closing quote", line());
    return quoted;
  }
  const bare = take(BARE)?.[0] ?? "";
  if (/^["']/.test(bare)) throw new DotenvError("Cannot read this value: the closing quote is missing", start);
  return expand(bare.replace(/(?:^|[ \t])#.*$/, "").trim());
}

/** Escapes first, piece by piece, so that what they give is not taken for a variable. */
function unescape(text: string, expand: (value: string) => string): string {
  return text.split(/(\\[\s\S])/).map((piece, index) => {
    return index % 2 === 0 ? expand(piece) : ESCAPES[piece[1]!] ?? piece[1]!;
  }).join("");
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
