/** "Did you mean": the known word nearest to one that is not known. */
import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";

const closest = closestString as (word: string, words: readonly string[]) => string;
const distance = levenshteinDistance as (one: string, other: string) => number;

/** The nearest of the known words, if so few letters differ that it may have been meant: one in three, at most three. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const swapped = known.find((each) => isSwapped(word.toLowerCase(), each.toLowerCase()));
  if (swapped !== undefined) return swapped;
  const near = closest(word, known);
  const differing = distance(word.toLowerCase(), near.toLowerCase());
  return differing <= Math.min(3, Math.ceil(word.length / 3)) ? near : undefined;
}

/** Two neighbouring letters changed places: one slip of the fingers, of two letters that differ. */
function isSwapped(word: string, known: string): boolean {
  if (word.length !== known.length) return false;
  const at = [...word].findIndex((_, index) => word[index] !== known[index]);
  return at >= 0 && word[at] === known[at + 1] && word[at + 1] === known[at] &&
    word.slice(at + 2) === known.slice(at + 2);
}

export function nearestHint(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
