/**
 * Whether a regular expression is found in a text, without where: restic may write a line for each of a million files.
 * The states in which a program can be at one place are one state of an automaton, made when it is first reached. From
 * then on a character costs one look into a table.
 */
import { holds, isWord, type Program, type Work } from "./re2_program.ts";

/** The places in the program before assertions are looked at, and of what kind the character before was. */
interface State {
  readonly places: readonly number[];
  readonly before: number | undefined;
  /** By character; {@linkcode END} for the end of the text. */
  readonly next: Map<number, State | typeof FOUND>;
  /** The same for ASCII. */
  readonly ascii: (State | typeof FOUND | undefined)[];
}

const FOUND = "found";
const END = -1;
/** Steps that are remembered; after that the automaton begins anew. */
const MAX_STEPS = 20_000;
/** One of each kind that assertions tell apart; undefined: none. */
const [LINE_FEED, WORD, OTHER] = [0x0a, 0x61, 0x20];

/** @returns whether the program's pattern is found anywhere in a text */
export function automaton(program: Program): (text: string, work: Work) => boolean {
  const looksBack = program.some(({ op }) => op === "assert");
  const kindOf = (code: number) => !looksBack ? OTHER : code === LINE_FEED ? code : isWord(code) ? WORD : OTHER;
  const first = stateOf([0], looksBack ? undefined : OTHER);
  let states = new Map<string, State>();
  let steps = 0;

  function remember(state: State, code: number, found: boolean, places: readonly number[]): State | typeof FOUND {
    if (++steps > MAX_STEPS) {
      states = new Map();
      steps = 0;
      first.next.clear();
      first.ascii.length = 0;
    }
    const before = kindOf(code);
    const key = `${before} ${places.join(" ")}`;
    const next = found ? FOUND : states.get(key) ?? stateOf(places, before);
    if (next !== FOUND) states.set(key, next);
    if (code >= 0 && code < 128) state.ascii[code] = next;
    else state.next.set(code, next);
    return next;
  }
  return (text, work) => {
    let state: State = first;
    work(text.length);
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.codePointAt(at)! : END;
      let next = state.ascii[code] ?? state.next.get(code);
      if (next === undefined) {
        work(program.length);
        const { found, places } = step(program, state, code);
        next = remember(state, code, found, places);
      }
      if (next === FOUND) return true;
      state = next;
      if (code > 0xffff) at++;
    }
    return false;
  };
}

function stateOf(places: readonly number[], before: number | undefined): State {
  return { places, before, next: new Map(), ascii: [] };
}

/** Where the program can be after a character; a match may begin there as well. */
function step(
  program: Program,
  { places, before }: State,
  code: number,
): { readonly found: boolean; readonly places: readonly number[] } {
  const after = code === END ? undefined : code;
  const taken = new Set([0]);
  const seen = new Set<number>();
  const todo = [...places];
  for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const instruction = program[index]!;
    switch (instruction.op) {
      case "jump":
        todo.push(instruction.to);
        break;
      case "split":
        todo.push(instruction.second, instruction.first);
        break;
      case "assert":
        if (holds(instruction.what, before, after)) todo.push(index + 1);
        break;
      case "save":
        todo.push(index + 1);
        break;
      case "take":
        if (after !== undefined && instruction.test(after)) taken.add(index + 1);
        break;
      case "match":
        return { found: true, places: [] };
      default:
        instruction satisfies never;
    }
  }
  return { found: false, places: [...taken].sort((a, b) => a - b) };
}
