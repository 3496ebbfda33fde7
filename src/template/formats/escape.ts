/** Text for other languages: Go's quoting, HTML, JavaScript, and a string that JSON, TOML and YAML read alike. */
import { strayByte } from "../values/bytes.ts";

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and, of the spaces, U+0020 alone. */
export function isPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

const GO_ESCAPES: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/**
 * Go's `strconv.Quote`.
 * @param mark the quotation mark around it: `"`, or `'` for a character
 * @param asciiOnly escape everything else
 */
export function quote(text: string, mark: '"' | "'" = '"', asciiOnly = false): string {
  let quoted = mark as string;
  for (const character of text) quoted += quoteCharacter(character, mark, asciiOnly);
  return quoted + mark;
}

function quoteCharacter(character: string, mark: string, asciiOnly: boolean): string {
  if (character === mark) return `\\${mark}`;
  const short = GO_ESCAPES[character];
  if (short !== undefined) return short;
  const byte = strayByte(character);
  if (byte !== undefined) return `\\x${byte.toString(16)}`;
  const code = character.codePointAt(0)!;
  if ((code < 0x80 || !asciiOnly) && isPrintable(character)) return character;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Whether the text can be between back quotes unchanged. */
export function canBackquote(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return text.isWellFormed() && !/[\x00-\x08\x0a-\x1f`\x7f\ufeff]/.test(text);
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
  "\0": "\ufffd",
};

export function escapeHtml(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[&<>"'\x00]/g, (character) => HTML_ESCAPES[character]!);
}

/** For the inside of a JavaScript string; `\'` is not an escape in JSON and TOML, see `quoteJson`. */
export function escapeJs(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\\'"]|[<>&=\x00-\x1f]|[^\x00-\x7f]/gu, (character) => {
    if (/[\\'"]/.test(character)) return `\\${character}`;
    const code = character.codePointAt(0)!;
    const isStray = strayByte(character) !== undefined; // counted only when the text is done
    if (isStray || (code > 0x7f && isPrintable(character))) return character;
    return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

/** A string in double quotes that JSON, TOML and YAML read as the same text: what one of them refuses raw is escaped. */
export function quoteJson(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
