/**
 * Words for the shell of cron, which ends a command at `%`. Some crons take the backslash of `\%` away, others leave it to
 * the shell, which does so outside of quotes alone: there every one of them makes a `%` of it. Debian's makes one backslash
 * of two as well, so one must not precede another.
 */

const PLAIN = /^[A-Za-z0-9\-_=./:,@+%~^\u0080-\uffff]+$/;

/** In double quotes where that is needed, but for each `%` and each backslash. */
export function cronWord(word: string): string {
  if (word === "") return '""';
  const isPlain = PLAIN.test(word) && !word.startsWith("~");
  return word.split(/([%\\])/).map((part) => {
    if (part === "%") return "\\%";
    if (part === "\\") return "'\\'";
    return isPlain || part === "" ? part : `"${part.replace(/["$`]/g, "\\$&")}"`;
  }).join("");
}

const WORD = /\s*((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+)/gs;
const PIECE = /"((?:\\.|[^"\\])*)"|'([^']*)'|((?:\\.|[^\s"'\\])+)/gs;

/** The words of a simple command as the shell would read them, after cron. */
export function cronWords(text: string): string[] {
  return [...text.replaceAll("\\%", "%").matchAll(WORD)].map(([, word = ""]) =>
    word.replace(PIECE, (_, double?: string, single?: string, bare?: string) => {
      if (single !== undefined) return single;
      return double !== undefined ? double.replace(/\\(["\\$`])/g, "$1") : (bare ?? "").replace(/\\(.)/gs, "$1");
    })
  );
}
