/**
 * Idioms that no message, comment or help text of this project uses, with what to write instead; `STYLE` in the README says why.
 * They read as a translation: the subject comes last, or a pronoun takes the place of the one who acts.
 */

export interface Idiom {
  readonly pattern: RegExp;
  readonly instead: string;
}

export const IDIOMS: readonly Idiom[] = [
  { pattern: /(?<!\bthere )\b(?:is|are) no (?!longer|more|less|fewer|different|better)/i, instead: '"is not a …"' },
  { pattern: /\b(?:is|are) none\b/i, instead: '"is not one", "does not exist"' },
  { pattern: /\b(?:has|have|knows?) none\b/i, instead: '"has no …" with its noun' },
  { pattern: /\bnone of (?:its|his|theirs|ours|\w+'s)\b/i, instead: '"not one of …", "belongs to another …"' },
  { pattern: /\b(?:nobody|somebody|anybody)\b/i, instead: "the name of the one who acts, or the passive" },
  { pattern: /\bwhoever\b/i, instead: '"the caller", "those who"' },
  { pattern: /\bshall\b/i, instead: '"must", or the plain present' },
  { pattern: /(?<!^|[.:;?!"(]\s*)\b(?:is|are) there\b/i, instead: '"exists", "is present"' },
  { pattern: /\b(?:is|are|was) told\b/i, instead: '"is reported", or who reports it' },
  {
    pattern: /\bstands? (?:in|before|behind|below|above|there|at|on|between|beside|here)\b/i,
    instead: '"is", "precedes", "follows"',
  },
  { pattern: /\bso long\b(?! as)/i, instead: "a duration" },
  { pattern: /\bwill do\b/i, instead: '"is required", "is enough"' },
  { pattern: /\bknows? no\b/i, instead: '"does not know"' },
];

/** The idioms that a text uses, in the order of the table: the matched words and what to write instead. */
export function idiomsIn(text: string): readonly { readonly found: string; readonly instead: string }[] {
  // A comment's idiom may go over the end of a line, with the star of the next one between its words.
  const line = text.replace(/\s*\n\s*\*?\s*/g, " ");
  return IDIOMS.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(line)?.[0].trim();
    return found === undefined ? [] : [{ found, instead }];
  });
}
