/**
 * Environment files. The syntax is what users of the original wrote: `NAME=value` or `NAME: value`, `export` before it,
 * single quotes for literal text, double quotes for text with escapes over several lines, `$NAME` of the same file.
 *
 * The values are passwords more often than not, so which `$` is text is a matter of the repository that can be opened: the
 * names that are replaced have capitals, digits and `_` alone, a `}` behind them is part of the name with or without its `{`,
 * and a backslash before any `$` goes and leaves the `$`.
 */

/** A line of another form; `line` counts from 1. */
export class DotenvError extends Error {
  override name = "DotenvError";
  constructor(message: string, readonly line: number) {
    super(message);
  }
}

export interface Dotenv {
  /** In the order of the file; of a name that stands twice the last value. */
  readonly variables: ReadonlyMap<string, string>;
  /** Assignments of which a part is empty, because nothing before them in the file sets what they name. */
  readonly incomplete: readonly Assignment[];
  /** Assignments of what no process can get: a NUL ends a value for every system. */
  readonly cut: readonly Assignment[];
}

interface Assignment {
  readonly name: string;
  /** Counts from 1. */
  readonly line: number;
}

const SPACE = /\s*/y;
const COMMENT = /#[^\n]*/y;
const NAME = /(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*/y;
const SINGLE = /'([^']*)'/y;
const DOUBLE = /"((?:[^"\\]|\\[\s\S])*)"/y;
const BARE = /[^\r\n]*/y;
const REST = /[ \t]*(?:#[^\r\n]*)?(?=\r|\n|$)/y;
const DOLLAR = /(\\?)\$(?:\{?([A-Z0-9_]+)\}?)?/g;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r" };

/**
 * @param text the file, decoded
 * @throws {DotenvError}
 */
export function parseDotenv(text: string): Dotenv {
  const variables = new Map<string, string>();
  const incomplete: Assignment[] = [];
  const cut: Assignment[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  };
  for (take(SPACE); at < text.length; take(SPACE)) {
    if (take(COMMENT)) continue;
    const line = lineAt(text, at);
    const name = take(NAME)?.[1];
    if (name === undefined) throw new DotenvError("Cannot read this line: write it as NAME=value", line);
    let isComplete = true;
    const valueOf = (wanted: string) => {
      isComplete &&= variables.has(wanted);
      return variables.get(wanted) ?? "";
    };
    const value = readValue(take, (value) => expand(value, valueOf), () => lineAt(text, at));
    variables.set(name, value);
    if (value.includes("\0")) cut.push({ name, line });
    if (!isComplete) incomplete.push({ name, line });
  }
  return { variables, incomplete, cut };
}

function readValue(
  take: (pattern: RegExp) => RegExpExecArray | null,
  expand: (value: string) => string,
  line: () => number,
): string {
  const start = line();
  const single = take(SINGLE)?.[1];
  const double = single === undefined ? take(DOUBLE)?.[1] : undefined;
  const quoted = single ?? (double === undefined ? undefined : expand(unescape(double)));
  if (quoted !== undefined) {
    if (!take(REST)) throw new DotenvError("Cannot read this line: there is text after the closing quote", line());
    return quoted;
  }
  const bare = take(BARE)?.[0] ?? "";
  if (/^["']/.test(bare)) throw new DotenvError("Cannot read this value: the closing quote is missing", start);
  return expand(bare.replace(/(?:^|[ \t])#.*$/, "").trim());
}

/** What a value brings in is not searched again. */
function expand(value: string, valueOf: (name: string) => string): string {
  return value.replace(DOLLAR, (written: string, backslash: string, name?: string) => {
    if (backslash !== "") return written.slice(1);
    return name === undefined ? written : valueOf(name);
  });
}

/** All escapes but that of `$`, which is known without quotes too. */
function unescape(text: string): string {
  return text.replace(/\\([^$])/g, (_, character: string) => ESCAPES[character] ?? character);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
