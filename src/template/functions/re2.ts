/**
 * RE2 for templates and for the patterns of stream errors: leftmost match, first alternative, in time that grows with
 * the length of the text only. A pattern becomes a small program whose states all advance together through the text.
 */
import { automaton } from "./re2_automaton.ts";
import { holds, type Instruction, type Program, type Work } from "./re2_program.ts";
import { parseExpression, type Pattern, type Repeat } from "./re2_syntax.ts";

/** A compiled pattern. */
export interface RegularExpression {
  readonly source: string;
  /** Instructions of the program, which is what it costs to make. */
  readonly size: number;
  /** Names of the groups by number, 0 is the whole match. */
  readonly groups: readonly (string | undefined)[];
  /** Whether it is found anywhere in the text. */
  test(text: string, work?: Work): boolean;
  /** All matches from the left; an empty one directly behind another match does not count. */
  matches(text: string, work?: Work): Iterable<Match>;
}

/** Start and end of the match and of each group, in UTF-16 units; `undefined` for a group that took no part. */
export type Match = readonly (number | undefined)[];

/** Instructions, and characters of a pattern, at most: every one costs time with every character of a text. */
const MAX_PROGRAM = 20_000;

/**
 * Look-around and back references are refused, like everything that RE2 does not know.
 * @throws {SyntaxError} `Cannot read pattern "…": REASON`
 */
export function compileRegExp(source: string): RegularExpression {
  try {
    if (source.length > MAX_PROGRAM) throw new SyntaxError("expression too large");
    if (!source.isWellFormed()) throw new SyntaxError("invalid UTF-8");
    const { pattern, groups } = parseExpression(source);
    const program: Instruction[] = [];
    emit(program, { kind: "group", index: 0, body: pattern });
    program.push({ op: "match" });
    let find: ReturnType<typeof automaton> | undefined;
    return {
      source,
      size: program.length,
      groups,
      test: (text, work = ignore) => (find ??= automaton(program))(text, work),
      matches: (text, work = ignore) => allMatches(program, text, work),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`Cannot read pattern ${JSON.stringify(source)}: ${error.message}`);
  }
}

function ignore(): void {}

function emit(program: Instruction[], pattern: Pattern): void {
  if (program.length > MAX_PROGRAM) throw new SyntaxError("expression too large");
  switch (pattern.kind) {
    case "empty":
      return;
    case "class":
      program.push({ op: "take", test: pattern.test });
      return;
    case "assert":
      program.push({ op: "assert", what: pattern.what });
      return;
    case "group":
      program.push({ op: "save", slot: pattern.index * 2 });
      emit(program, pattern.body);
      program.push({ op: "save", slot: pattern.index * 2 + 1 });
      return;
    case "sequence":
      for (const part of pattern.parts) emit(program, part);
      return;
    case "choice":
      emitChoice(program, pattern.parts);
      return;
    case "repeat":
      emitRepeat(program, pattern);
      return;
    default:
      pattern satisfies never;
  }
}

function emitChoice(program: Instruction[], parts: readonly Pattern[]): void {
  const ends: { op: "jump"; to: number }[] = [];
  parts.forEach((part, index) => {
    if (index === parts.length - 1) return emit(program, part);
    const split = { op: "split" as const, first: program.length + 1, second: 0 };
    program.push(split);
    emit(program, part);
    const end = { op: "jump" as const, to: 0 };
    ends.push(end);
    program.push(end);
    split.second = program.length;
  });
  for (const end of ends) end.to = program.length;
}

/** The copies that are wanted, then those that may be; `x*` is `(x+)?`, which is how RE2 treats an empty `x`. */
function emitRepeat(program: Instruction[], { body, least, most, greedy }: Repeat): void {
  const fixed = most === undefined ? least - 1 : least;
  for (let count = 0; count < fixed; count++) emit(program, body);
  const skips: { op: "split"; first: number; second: number }[] = [];
  const skip = () => {
    const split = { op: "split" as const, first: 0, second: 0 };
    skips.push(split);
    program.push(split);
    setSplit(split, greedy, program.length, 0);
  };
  if (most === undefined) {
    if (least === 0) skip();
    const start = program.length;
    emit(program, body);
    const loop = { op: "split" as const, first: 0, second: 0 };
    program.push(loop);
    setSplit(loop, greedy, start, program.length);
  } else {
    for (let count = least; count < most; count++) {
      skip();
      emit(program, body);
    }
  }
  for (const split of skips) setSplit(split, greedy, greedy ? split.first : split.second, program.length);
}

function setSplit(split: { first: number; second: number }, greedy: boolean, into: number, past: number): void {
  split.first = greedy ? into : past;
  split.second = greedy ? past : into;
}

/** States at one place of the text, the preferred ones first. */
interface Threads {
  readonly list: number[];
  readonly captures: (readonly (number | undefined)[])[];
  /** By instruction: the place at which it was entered last. */
  readonly seen: Int32Array;
}

/** The first match at or after `from`. */
function findMatch(program: Program, text: string, from: number, work: Work): Match | undefined {
  work(program.length);
  let current = emptyThreads(program);
  let following = emptyThreads(program);
  let best: Match | undefined;
  for (let at = from; at <= text.length;) {
    let steps = current.list.length + 1;
    if (best === undefined) steps += addThread(program, current, 0, [], text, at);
    else if (current.list.length === 0) return best;
    const code = text.codePointAt(at);
    const after = at + (code !== undefined && code > 0xffff ? 2 : 1);
    for (let index = 0; index < current.list.length; index++) {
      const instruction = program[current.list[index]!]!;
      if (instruction.op === "match") {
        best = current.captures[index]!;
        break; // what follows is less preferred
      }
      if (instruction.op === "take" && code !== undefined && instruction.test(code)) {
        steps += addThread(program, following, current.list[index]! + 1, current.captures[index]!, text, after);
      }
    }
    work(steps);
    [current, following] = [following, current];
    following.list.length = 0;
    following.captures.length = 0;
    at = after;
  }
  return best;
}

function emptyThreads(program: Program): Threads {
  return { list: [], captures: [], seen: new Int32Array(program.length).fill(-1) };
}

/**
 * Follows everything that takes no character; an own stack, because programs may be long.
 * @returns how many instructions were looked at
 */
function addThread(program: Program, threads: Threads, start: number, saved: Match, text: string, at: number): number {
  const todo: { index: number; saved: Match }[] = [{ index: start, saved }];
  let steps = 0;
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { index, saved } = next;
    steps++;
    if (threads.seen[index] === at) continue;
    threads.seen[index] = at;
    const instruction = program[index]!;
    switch (instruction.op) {
      case "jump":
        todo.push({ index: instruction.to, saved });
        break;
      case "split":
        todo.push({ index: instruction.second, saved }, { index: instruction.first, saved });
        break;
      case "assert":
        if (holds(instruction.what, codeAt(text, at - 1), codeAt(text, at))) todo.push({ index: index + 1, saved });
        break;
      case "save":
        todo.push({ index: index + 1, saved: withSlot(saved, instruction.slot, at) });
        break;
      case "take":
      case "match":
        threads.list.push(index);
        threads.captures.push(saved);
        break;
      default:
        instruction satisfies never;
    }
  }
  return steps;
}

function codeAt(text: string, at: number): number | undefined {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : undefined;
}

function withSlot(saved: Match, slot: number, at: number): Match {
  const captures = saved.slice();
  captures[slot] = at;
  return captures;
}

function* allMatches(program: Program, text: string, work: Work): Generator<Match> {
  let end = -1;
  for (let at = 0; at <= text.length;) {
    const match = findMatch(program, text, at, work);
    if (!match) return;
    const [from, to] = match as [number, number];
    if (to > from || from !== end) yield match;
    end = to;
    at = to > from ? to : to + ((text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1);
  }
}
