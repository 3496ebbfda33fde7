/**
 * Regular expressions as RE2 reads them. They are parsed here and run by an own matcher, not by JavaScript's `RegExp`:
 * that differs in a dozen details, and takes exponential time for patterns like `(a+)+$`, RE2's time is linear.
 */
import { type CharacterClass, classOf, escapeClass, parseBrackets } from "./re2_class.ts";

export type Pattern =
  | { readonly kind: "empty" }
  | { readonly kind: "class"; readonly test: CharacterClass }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "group"; readonly index: number; readonly body: Pattern }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Pattern[] }
  | Repeat;

export interface Repeat {
  readonly kind: "repeat";
  readonly body: Pattern;
  readonly least: number;
  /** `undefined`: without end. */
  readonly most: number | undefined;
  readonly greedy: boolean;
}

export type Assertion = "text start" | "text end" | "line start" | "line end" | "word boundary" | "no word boundary";

export interface Expression {
  readonly pattern: Pattern;
  /** Names of the groups by number; `undefined` for those without. Number 0 is the whole match. */
  readonly groups: readonly (string | undefined)[];
}

/** Flags: `i` case is ignored, `m` `^` and `$` are those of lines, `s` `.` takes line feeds, `U` `*` takes little. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

interface Reader {
  readonly text: string;
  at: number;
  flags: Flags;
  depth: number;
  readonly groups: (string | undefined)[];
}

const MAX_DEPTH = 200;
const MAX_REPEAT = 1000;

/** @throws {SyntaxError} with the reason, which quotes the part of the pattern */
export function parseExpression(text: string): Expression {
  const flags = { i: false, m: false, s: false, U: false };
  const reader: Reader = { text, at: 0, flags, depth: 0, groups: [undefined] };
  const pattern = parseChoice(reader);
  if (reader.at < text.length) throw new SyntaxError("unexpected )");
  return { pattern, groups: reader.groups };
}

function parseChoice(reader: Reader): Pattern {
  if (++reader.depth > MAX_DEPTH) throw new SyntaxError("it is nested too deeply");
  const parts = [parseSequence(reader)];
  while (reader.text[reader.at] === "|") {
    reader.at++;
    parts.push(parseSequence(reader));
  }
  reader.depth--;
  return parts.length === 1 ? parts[0]! : { kind: "choice", parts };
}

function parseSequence(reader: Reader): Pattern {
  const parts: Pattern[] = [];
  while (reader.at < reader.text.length && !"|)".includes(reader.text[reader.at]!)) {
    if (reader.text.startsWith("\\Q", reader.at)) {
      parts.push(...parseQuoted(reader));
      const last = parts.pop();
      if (last) parts.push(parseRepeats(reader, last));
      continue;
    }
    const atom = parseAtom(reader) ?? parts.pop(); // what stands behind flags repeats what stands before them
    if (atom) parts.push(parseRepeats(reader, atom));
  }
  return parts.length === 1 ? parts[0]! : parts.length === 0 ? { kind: "empty" } : { kind: "sequence", parts };
}

/** `\Q…\E`, each character of it as it stands. */
function parseQuoted(reader: Reader): Pattern[] {
  const end = reader.text.indexOf("\\E", reader.at + 2);
  const inside = reader.text.slice(reader.at + 2, end < 0 ? undefined : end);
  reader.at = end < 0 ? reader.text.length : end + 2;
  return [...inside].map((character) => literal(reader, character));
}

function literal({ flags }: Reader, character: string): Pattern {
  const wanted = character.codePointAt(0)!;
  const test = flags.i ? classOf([{ from: wanted, to: wanted }], true) : (code: number) => code === wanted;
  return { kind: "class", test };
}

/** @returns `undefined` for what only sets flags */
function parseAtom(reader: Reader): Pattern | undefined {
  REPEAT.lastIndex = reader.at;
  const repeat = REPEAT.exec(reader.text);
  if (repeat) throw new SyntaxError(`missing argument to repetition operator: ${repeat[0]}`);
  const character = String.fromCodePoint(reader.text.codePointAt(reader.at)!);
  switch (character) {
    case "(":
      return parseGroup(reader);
    case "[":
      return { kind: "class", test: parseBrackets(reader, reader.flags.i) };
    case ".":
      reader.at++;
      return { kind: "class", test: reader.flags.s ? () => true : (code) => code !== 0x0a };
    case "^":
      reader.at++;
      return { kind: "assert", what: reader.flags.m ? "line start" : "text start" };
    case "$":
      reader.at++;
      return { kind: "assert", what: reader.flags.m ? "line end" : "text end" };
    case "\\":
      return parseEscape(reader);
    default:
      reader.at += character.length;
      return literal(reader, character);
  }
}

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: "text start",
  z: "text end",
  b: "word boundary",
  B: "no word boundary",
};

function parseEscape(reader: Reader): Pattern {
  const what = ASSERTIONS[reader.text[reader.at + 1] ?? ""];
  if (what) {
    reader.at += 2;
    return { kind: "assert", what };
  }
  return { kind: "class", test: classOf([escapeClass(reader)], reader.flags.i) };
}

const GROUP_NAME = /\(\?P?<([^>]*)>/y;
const GROUP_FLAGS = /\(\?([imsU]*)(?:(-)([imsU]+))?([:)])/y;

function parseGroup(reader: Reader): Pattern | undefined {
  const start = reader.at;
  if (!reader.text.startsWith("(?", start)) {
    reader.at++;
    return parseCapture(reader, undefined);
  }
  GROUP_NAME.lastIndex = start;
  const named = reader.text.startsWith("(?<=", start) || reader.text.startsWith("(?<!", start)
    ? undefined
    : GROUP_NAME.exec(reader.text);
  if (named) {
    const name = named[1]!;
    if (!/^[A-Za-z0-9_]+$/.test(name)) throw new SyntaxError(`invalid named capture: ${named[0]}`);
    reader.at += named[0].length;
    return parseCapture(reader, name);
  }
  GROUP_FLAGS.lastIndex = start;
  const flags = GROUP_FLAGS.exec(reader.text);
  if (!flags) {
    throw new SyntaxError(`invalid or unsupported Perl syntax: ${reader.text.slice(start, start + 4)}`);
  }
  reader.at += flags[0].length;
  return parseFlagged(reader, flags);
}

function parseCapture(reader: Reader, name: string | undefined): Pattern {
  const index = reader.groups.push(name) - 1;
  return { kind: "group", index, body: parseClosed(reader) };
}

/** `(?i)` holds to the end of the group around it, `(?i:…)` inside. */
function parseFlagged(reader: Reader, [, on = "", , off = "", end]: RegExpExecArray): Pattern | undefined {
  const outside = reader.flags;
  const inside: Record<string, boolean> = { ...outside };
  for (const flag of on) inside[flag] = true;
  for (const flag of off) inside[flag] = false;
  const { i, m, s, U } = inside as unknown as Flags;
  reader.flags = { i, m, s, U };
  if (end === ")") return undefined;
  const body = parseClosed(reader);
  reader.flags = outside;
  return body;
}

function parseClosed(reader: Reader): Pattern {
  const outside = reader.flags;
  const body = parseChoice(reader);
  if (reader.text[reader.at] !== ")") throw new SyntaxError(`missing closing ): ${reader.text}`);
  reader.at++;
  reader.flags = outside;
  return body;
}

const REPEAT = /([*+?]|\{(\d+)(,(\d*))?\})(\??)/y;

function parseRepeats(reader: Reader, atom: Pattern): Pattern {
  REPEAT.lastIndex = reader.at;
  const found = REPEAT.exec(reader.text);
  if (!found) return atom;
  const [all, operator, count, comma, limit, lazy] = found;
  reader.at += all.length;
  const [least, most] = count === undefined
    ? { "*": [0, undefined] as const, "+": [1, undefined] as const, "?": [0, 1] as const }[operator as "*" | "+" | "?"]
    : [Number(count), comma === undefined ? Number(count) : limit === "" ? undefined : Number(limit)];
  if (least > MAX_REPEAT || (most ?? 0) > MAX_REPEAT || (most ?? least) < least) {
    throw new SyntaxError(`invalid repeat count: ${operator}`);
  }
  REPEAT.lastIndex = reader.at;
  const again = REPEAT.exec(reader.text);
  if (again) throw new SyntaxError(`invalid nested repetition operator: ${all}${again[0]}`);
  const repeat: Repeat = { kind: "repeat", body: atom, least, most, greedy: (lazy === "") !== reader.flags.U };
  if (!isWithin(repeat, MAX_REPEAT)) throw new SyntaxError(`invalid repeat count: ${operator}`);
  return repeat;
}

/** Whether repeats inside of repeats come to so many copies at most. */
function isWithin(pattern: Pattern, copies: number): boolean {
  switch (pattern.kind) {
    case "sequence":
    case "choice":
      return pattern.parts.every((part) => isWithin(part, copies));
    case "group":
      return isWithin(pattern.body, copies);
    case "repeat": {
      const count = pattern.most ?? pattern.least;
      if (pattern.most === 0) return true;
      return count <= copies && isWithin(pattern.body, Math.floor(copies / Math.max(count, 1)));
    }
    default:
      return true;
  }
}
