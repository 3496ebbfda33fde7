/** Splits a template into text and the tokens of its actions. Space counts inside actions: it separates arguments. */

export type TokenKind =
  | "text"
  | "{{"
  | "}}"
  | "space"
  | "identifier"
  | "keyword"
  | "field"
  | "variable"
  | "dot"
  | "string"
  | "character"
  | "number"
  | "("
  | ")"
  | "|"
  | ":="
  | "="
  | "other"
  | "end"
  | "error";

export interface Token {
  readonly kind: TokenKind;
  /** As it is written; the message of an error. */
  readonly text: string;
  readonly at: number;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  "block",
  "break",
  "continue",
  "define",
  "else",
  "end",
  "if",
  "nil",
  "range",
  "template",
  "with",
]);
const SPACES = " \t\r\n";
/** What may follow a name, a field or a variable. */
const TERMINATOR = /[ \t\r\n.,|:)(]|\}\}|$/y;

/** Reads all of it; after a mistake the last token is of the kind `error`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trims = false; // the action before ended with a trim marker
  while (true) {
    const open = source.indexOf("{{", at);
    const marked = open >= 0 && hasLeftMarker(source, open + 2);
    const text = textToken(source, at, open < 0 ? source.length : open, trims, marked);
    if (text.text !== "") tokens.push(text);
    if (open < 0) return [...tokens, { kind: "end", text: "", at: source.length }];
    const inside = open + 2 + (marked ? 2 : 0);
    const action = source.startsWith("/*", inside) ? lexComment(source, open, inside) : lexAction(source, open, inside);
    for (const token of action.tokens) tokens.push(token);
    if (tokens.at(-1)?.kind === "error") return tokens;
    at = action.end;
    trims = action.trims;
  }
}

interface Lexed {
  readonly tokens: readonly Token[];
  /** Behind the closing delimiter. */
  readonly end: number;
  readonly trims: boolean;
}

/** `{{-` and white space. */
function hasLeftMarker(source: string, at: number): boolean {
  return source[at] === "-" && at + 1 < source.length && SPACES.includes(source[at + 1]!);
}

function textToken(source: string, from: number, to: number, trimsStart: boolean, trimsEnd: boolean): Token {
  let start = from;
  let end = to;
  while (trimsStart && start < end && SPACES.includes(source[start]!)) start++;
  while (trimsEnd && end > start && SPACES.includes(source[end - 1]!)) end--;
  return { kind: "text", text: source.slice(start, end), at: start };
}

/** Length and kind of the closing delimiter at a place, if there is one. */
function closing(source: string, at: number): { length: number; trims: boolean } | undefined {
  if (source.startsWith("}}", at)) return { length: 2, trims: false };
  const isMarked = at < source.length && SPACES.includes(source[at]!) && source.startsWith("-}}", at + 1);
  return isMarked ? { length: 4, trims: true } : undefined;
}

function failed(text: string, at: number): Lexed {
  return { tokens: [{ kind: "error", text, at }], end: at, trims: false };
}

function lexComment(source: string, open: number, at: number): Lexed {
  const star = source.indexOf("*/", at + 2);
  if (star < 0) return failed("Cannot read the comment: it is unclosed", open);
  const close = closing(source, star + 2);
  if (!close) return failed('Cannot read the comment: "*/" must stand directly before "}}"', star);
  return { tokens: [], end: star + 2 + close.length, trims: close.trims };
}

function lexAction(source: string, open: number, inside: number): Lexed {
  const tokens: Token[] = [{ kind: "{{", text: "{{", at: open }];
  let depth = 0;
  let at = inside;
  while (true) {
    const close = closing(source, at);
    if (close) {
      if (depth > 0) tokens.push({ kind: "error", text: 'Cannot read the action: missing right paren ")"', at });
      else tokens.push({ kind: "}}", text: "}}", at });
      return { tokens, end: at + close.length, trims: close.trims };
    }
    const token = at < source.length
      ? lexToken(source, at)
      : { kind: "error" as const, text: 'Cannot read the action: it is unclosed, "}}" is missing', at: open };
    if (token.kind === "(") depth++;
    if (token.kind === ")" && --depth < 0) {
      tokens.push({ kind: "error", text: 'Cannot read the action: unexpected right paren ")"', at });
    } else tokens.push(token);
    if (tokens.at(-1)?.kind === "error") return { tokens, end: at, trims: false };
    at += token.text.length;
  }
}

function lexToken(source: string, at: number): Token {
  const first = source[at]!;
  if (SPACES.includes(first)) return lexSpace(source, at);
  if (first === '"' || first === "`" || first === "'") return lexQuoted(source, at);
  if (first === "$") return lexName(source, at, "variable", /\$[\p{L}\p{Nd}_]*/uy);
  if (first === "." && !/[0-9]/.test(source[at + 1] ?? "")) {
    const field = lexName(source, at, "field", /\.[\p{L}\p{Nd}_]*/uy);
    return field.text === "." ? { ...field, kind: "dot" } : field;
  }
  if (/[-+.0-9]/.test(first)) return lexNumber(source, at);
  if (source.startsWith(":=", at)) return { kind: ":=", text: ":=", at };
  if (first === ":") return { kind: "error", text: 'Cannot read the action: expected ":=" after ":"', at };
  if (first === "=" || first === "|" || first === "(" || first === ")") return { kind: first, text: first, at };
  const word = lexName(source, at, "identifier", /[\p{L}\p{Nd}_]+/uy);
  if (word.text !== "") return KEYWORDS.has(word.text) ? { ...word, kind: "keyword" } : word;
  if (/[\x21-\x7e]/.test(first)) return { kind: "other", text: first, at };
  const character = String.fromCodePoint(source.codePointAt(at)!);
  return { kind: "error", text: `Cannot read the action: unrecognized character ${JSON.stringify(character)}`, at };
}

/** All white space that does not belong to a closing delimiter with trim marker. */
function lexSpace(source: string, at: number): Token {
  let end = at + 1;
  while (end < source.length && SPACES.includes(source[end]!) && !closing(source, end)) end++;
  return { kind: "space", text: source.slice(at, end), at };
}

/** Read by hand: `RegExp` exhausts the stack with alternatives in a string of megabytes. */
function lexQuoted(source: string, at: number): Token {
  const mark = source[at]!;
  const kind = mark === "'" ? "character" : "string";
  for (let end = at + 1; end < source.length; end++) {
    const unit = source[end];
    if (unit === mark) return { kind, text: source.slice(at, end + 1), at };
    if (mark === "`") continue;
    if (unit === "\\") end++;
    if (source[end] === "\n") break;
  }
  const what = kind === "string" ? "string" : "character constant";
  return { kind: "error", text: `Cannot read the ${what}: it is unterminated`, at };
}

/** A name and what must follow it; empty text if there is no name. */
function lexName(source: string, at: number, kind: TokenKind, pattern: RegExp): Token {
  pattern.lastIndex = at;
  const text = pattern.exec(source)?.[0] ?? "";
  TERMINATOR.lastIndex = at + text.length;
  if (text === "" || text === "." || TERMINATOR.test(source)) return { kind, text, at };
  const next = String.fromCodePoint(source.codePointAt(at + text.length)!);
  return {
    kind: "error",
    text: `Cannot read "${text}": unexpected character ${JSON.stringify(next)} behind it`,
    at: at + text.length,
  };
}

function lexNumber(source: string, at: number): Token {
  const pattern =
    /[-+]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]+)?|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9_]+)?)/y;
  pattern.lastIndex = at;
  const text = pattern.exec(source)?.[0] ?? source[at]!;
  const behind = /[-+\p{L}\p{Nd}_]/uy; // "1x" and "3-" are not numbers
  behind.lastIndex = at + text.length;
  const next = /[0-9.]/.test(text) ? behind.exec(source)?.[0] ?? "" : "";
  if (next === "" && /[0-9]/.test(text)) return { kind: "number", text, at };
  return { kind: "error", text: `Cannot read number "${text}${next}": bad syntax`, at };
}
