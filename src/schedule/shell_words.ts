/** Words for the shell of cron, which ends a command at `%`. */

const PLAIN = /^[A-Za-z0-9\-_=./:,@+%~^\u0080-\uffff]+$/;

/** In double quotes where that is needed; `%` with the backslash that cron takes away. */
export function cronWord(word: string): string {
  const quoted = PLAIN.test(word) && !word.startsWith("~") ? word : `"${word.replace(/["\\$`]/g, "\\$&")}"`;
  return quoted.replaceAll("%", "\\%");
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
