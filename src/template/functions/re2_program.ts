/** What a regular expression is compiled to. */
import type { CharacterClass } from "./re2_class.ts";
import type { Assertion } from "./re2_syntax.ts";

export type Program = readonly Instruction[];

export type Instruction =
  | { readonly op: "take"; readonly test: CharacterClass }
  | { readonly op: "assert"; readonly what: Assertion }
  | { readonly op: "save"; readonly slot: number }
  /** Goes on at both; the first is preferred. */
  | { op: "split"; first: number; second: number }
  | { op: "jump"; to: number }
  | { readonly op: "match" };

/** Told how much has been done, from time to time, so that a limit can be kept. */
export type Work = (steps: number) => void;

const LINE_FEED = 0x0a;

/** Whether an assertion holds between two characters; undefined: there is none. */
export function holds(what: Assertion, before: number | undefined, after: number | undefined): boolean {
  switch (what) {
    case "text start":
      return before === undefined;
    case "text end":
      return after === undefined;
    case "line start":
      return before === undefined || before === LINE_FEED;
    case "line end":
      return after === undefined || after === LINE_FEED;
    case "word boundary":
      return isWord(before) !== isWord(after);
    case "no word boundary":
      return isWord(before) === isWord(after);
    default:
      return what satisfies never;
  }
}

export function isWord(code: number | undefined): boolean {
  if (code === undefined) return false;
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || code === 0x5f ||
    (code >= 0x61 && code <= 0x7a);
}
