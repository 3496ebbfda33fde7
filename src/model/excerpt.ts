/** The line that a problem is in, with a caret below the place, as compilers show it. */
import type { Diagnostic, Position } from "./diagnostic.ts";

/** Characters on either side of the caret: generated files may be one line of megabytes. */
const EXCERPT_SIDE = 100;

/** Two lines: the text around the column, which counts from 1, and the caret. Tabs stay, so that the caret is right. */
export function excerptOf(line: string, column: number): string {
  const caret = column - 1;
  const before = caret > EXCERPT_SIDE ? `…${line.slice(caret - EXCERPT_SIDE, caret)}` : line.slice(0, caret);
  const after = line.length > caret + EXCERPT_SIDE ? `${line.slice(caret, caret + EXCERPT_SIDE)}…` : line.slice(caret);
  return `${before}${after}\n${before.replace(/[^\t]/g, " ")}^`.toWellFormed();
}

/** What is around a place, without secrets; undefined if that cannot be shown. */
export type ExcerptReader = (at: Position) => string | undefined;

/**
 * Beside the positions and not in them: most problems are never shown with their line, and a position that is written as
 * data takes no text of the file along.
 */
const readers = new WeakMap<Position, ExcerptReader>();

/** Lets `withExcerpt` find the line of a place. @returns the same position */
export function excerptFrom(read: ExcerptReader, at: Position): Position {
  readers.set(at, read);
  return at;
}

/** The problem with its line, if it has a place in a text that is known. */
export function withExcerpt(problem: Diagnostic): Diagnostic {
  const { at, excerpt } = problem;
  if (at === undefined || excerpt !== undefined) return problem;
  return { ...problem, excerpt: readers.get(at)?.(at) };
}
