/** What templates and stream errors know of regular expressions, so that they need not load the engine. */

/** Pays for steps of a search. @throws when there have been too many */
export type Work = (steps: number) => void;

/** A compiled pattern. */
export interface RegularExpression {
  readonly source: string;
  /** What it costs to make: instructions of its program, and characters. */
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

/** @throws {SyntaxError} `Cannot read pattern "…": REASON` */
export type CompileRegExp = (source: string) => RegularExpression;
