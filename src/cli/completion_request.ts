/** How a shell's completion script asks: `complete KIND:vN __POS:CURSOR WORDS…`. */

export interface CompletionRequest {
  /** Flags and commands are followed by a TAB and their description. */
  readonly withDocs: boolean;
  /** The word that hands over to restic is followed by the words for it, each after a TAB. */
  readonly withResticWords: boolean;
  /** Those after the program's name, up to the word to complete. */
  readonly words: readonly string[];
}

/** A script that speaks a later version than this has been written for another program. */
const LATEST_VERSION = 9;

/** @param args those of `complete`. @returns undefined for a requester that cannot be understood: it gets no answer */
export function completionRequest([requester = "", ...rest]: readonly string[]): CompletionRequest | undefined {
  const [, kind, digits] = /^(\w+):v(\d+)$/.exec(requester) ?? [];
  const version = Number(digits);
  if (kind === undefined || version > LATEST_VERSION) return undefined;
  const [, position] = /^__POS:(.*)$/.exec(rest[0] ?? "") ?? [];
  return {
    withDocs: kind === "fish" || (kind === "zsh" && version >= 2),
    withResticWords: version >= 2,
    words: position === undefined ? rest : upTo(Number(position), rest.slice(1)),
  };
}

/** The words up to the cursor, which may be behind the last one. @param position from 1; a wrong one is ignored */
function upTo(position: number, words: readonly string[]): readonly string[] {
  if (!Number.isInteger(position) || position < 1) return words;
  return position > words.length ? [...words, ""] : words.slice(0, position);
}
