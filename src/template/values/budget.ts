/**
 * Limits against templates that would never end or fill the memory. Every step of an execution and every character
 * that it makes is paid from one budget, so that nothing a template does can take more than seconds.
 */
import { CallError } from "./template_error.ts";
import { type GoValue, isCompound } from "./go_value.ts";

/** What one execution may spend if its caller does not say: some millions of actions, or a hundred million characters. */
const UNITS = 100_000_000;
/** Price of one action, argument or turn of a loop, in units; a character costs one. */
export const STEP = 10;
/** Price of adding a piece to a text, on top of its characters: tiny ones cost memory too. */
const PIECE = 20;
/** Price of one step in matching a regular expression. */
const MATCH_STEP = 3;
/** Price of an entry of a map that is put in order. */
export const SORT_STEP = 20;
/** Price of one instruction of a compiled pattern. */
export const PATTERN_STEP = 500;
/** The longest text that a template may make, in UTF-16 units. */
const MAX_TEXT = 32 * 1024 * 1024;
/** How deep lists and maps may be nested when they are printed. */
export const MAX_VALUE_DEPTH = 500;

export interface Budget {
  left: number;
}

/** @param units what the execution may spend */
export function createBudget(units = UNITS): Budget {
  return { left: units };
}

/** @throws {CallError} when nothing is left */
export function spend(budget: Budget, units: number): void {
  budget.left -= units;
  if (budget.left < 0) throw new CallError("the template takes too many steps or too much text");
}

/** Price of a function's look at an argument, in units. */
export function weightOf(value: GoValue): number {
  if (typeof value === "string") return value.length / 4;
  if (!isCompound(value)) return 0;
  return value.kind === "list" ? value.items.length : value.kind === "map" ? value.entries.size : 0;
}

/** Pays for a text before it is made. @throws {CallError} when it is too long */
export function spendText(budget: Budget, length: number): void {
  if (length > MAX_TEXT) throw new CallError(`the text would have more than ${MAX_TEXT} characters`);
  spend(budget, length);
}

/** Pays for the work of a regular expression. */
export function spendMatching(budget: Budget, steps: number): void {
  spend(budget, steps * MATCH_STEP);
}

/** A text that grows piece by piece, each one paid for. */
export interface Sink {
  text: string;
  readonly budget: Budget;
}

export function append(sink: Sink, piece: string): void {
  spend(sink.budget, PIECE + piece.length);
  if (sink.text.length + piece.length > MAX_TEXT) spendText(sink.budget, MAX_TEXT + 1);
  sink.text += piece;
}
