/** "Did you mean": the known word nearest to one that is not known. */
import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";

const closest = closestString as (word: string, words: readonly string[]) => string;
const distance = levenshteinDistance as (one: string, other: string) => number;

/** The nearest of the known words, if so few letters differ that it may have been meant: one in three, at most three. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(word, known);
  const differing = distance(word.toLowerCase(), near.toLowerCase());
  return differing <= Math.min(3, Math.ceil(word.length / 3)) ? near : undefined;
}

export function nearestHint(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
