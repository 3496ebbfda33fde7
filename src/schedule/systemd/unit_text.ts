/** Words and values in unit files, as systemd.syntax(7) and systemd.exec(5) want them. */

/** For any setting in which `%` begins a specifier. */
export function escapeSpecifiers(text: string): string {
  return text.replaceAll("%", "%%");
}

/** A command line of `ExecStart=`: the program must not have variables, its arguments may. */
export function formatExecStart([program = "", ...args]: readonly string[]): string {
  return [quoteWord(program), ...args.map((arg) => quoteWord(arg.replaceAll("$", "$$$$")))].join(" ");
}

function quoteWord(word: string): string {
  const escaped = escapeQuoted(word);
  return word === "" || /[\s'"]/.test(word) || word === ";" ? `"${escaped}"` : escaped;
}

/** What is between double quotes, as in `Environment="NAME=VALUE"`. */
export function escapeQuoted(text: string): string {
  return escapeSpecifiers(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll(
    "\r",
    "\\r",
  );
}

const WORD = /\s*((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\])+)/gs;
const PIECE = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|((?:\\.|[^\s"'\\])+)/gs;
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", s: " " };

/** The words of a command line in a unit file. */
export function parseExecStart(text: string): string[] {
  const line = text.replace(/^[@:+!-]+/, "");
  return [...line.matchAll(WORD)].map(([, word = ""]) =>
    word.replace(
      PIECE,
      (_, double?: string, single?: string, bare?: string) => unescape(double ?? single ?? bare ?? ""),
    )
  );
}

function unescape(text: string): string {
  return text.replace(/\\(x[0-9A-Fa-f]{2}|.)|%%|\$\$/gs, (all, escape?: string) => {
    if (escape === undefined) return all[0]!;
    if (escape.length === 3) return String.fromCharCode(parseInt(escape.slice(1), 16));
    return CONTROLS[escape] ?? escape;
  });
}

/** All values of a setting, in their order; lines that end in `\` go on. */
export function settingsOf(unit: string, name: string): string[] {
  return unit.replace(/\\\r?\n/g, " ").split(/\r?\n/).flatMap((line) => {
    const [, key, value = ""] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return key === name ? [value] : [];
  });
}
