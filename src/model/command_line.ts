/** A command as people read it and can paste it into a shell. */

const PLAIN = /^[\p{L}\p{N}\-_=./:,@%+×]+$/u;

/** The words separated by blanks, each quoted for `sh` where that is needed; nothing is masked here. */
export function formatCommandLine(words: readonly string[]): string {
  return words.map((word) => PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}
