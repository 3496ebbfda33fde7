/** Lines of a configuration file as people may see them: no secret, and no value that may well be one. */
import type { Position } from "../../model/diagnostic.ts";
import { excerptOf, type ExcerptReader } from "../../model/excerpt.ts";
import { isSecretName } from "../../model/mask.ts";
import { HIDDEN } from "../../model/secret.ts";
import { HEADER_VALUE, maskText } from "./mask_text.ts";

/** Addresses of receivers carry tokens. */
const ADDRESS_KEYS: ReadonlySet<string> = new Set(["url", "prometheus-push"]);
/** What an `env` in the middle of a line sets; the names that users choose say little about the values. */
const ENVIRONMENT = /(?<![\w-])(env["']?[ \t]*[:=]?[ \t]*\{)[^}\n]*|(?<![\w-])(env\.[\w"'-]+[ \t]*=[ \t]*)[^,}\n]*/gi;
const LINE_END = /\r\n|\n|\r/;
/** In characters. The lines of larger files are not shown: masking takes all of the text before. */
const LARGEST_SHOWN = 4 * 2 ** 20;

/** Masks the text once, when the first place in it is shown: there may be ten thousand of them. */
export function maskedExcerpts(text: string): ExcerptReader {
  let lines: readonly Line[] | undefined;
  return ({ line, column }) => {
    if (text.length > LARGEST_SHOWN) return undefined;
    const found = (lines ??= maskedLines(text))[line - 1];
    return found && excerptOf(found.masked, columnIn(found, column));
  };
}

/** For a text with one problem, of any size. */
export function maskedExcerpt(text: string, { line, column }: Position): string {
  const upToLine = text.split(LINE_END, line);
  const found = maskedLines(upToLine.join("\n"))[line - 1] ?? lineOf("", "");
  return excerptOf(found.masked, columnIn(found, column));
}

interface Line {
  readonly masked: string;
  /** How many characters the masked line and the written one have in common, before and behind what is hidden. */
  readonly start: number;
  readonly end: number;
  /** Of the written line. */
  readonly length: number;
}

function maskedLines(text: string): Line[] {
  const written = text.split(LINE_END);
  const masked = maskText(hideEnvironment(written.join("\n")), isHidden).split("\n");
  return written.map((line, index) => lineOf(line, masked[index] ?? HIDDEN));
}

function isHidden(name: string): boolean {
  return isSecretName(name) || name === HEADER_VALUE || ADDRESS_KEYS.has(name.toLowerCase());
}

function hideEnvironment(text: string): string {
  return text.replace(ENVIRONMENT, (_, table?: string, key?: string) => `${table ?? key}${HIDDEN}`);
}

function lineOf(written: string, masked: string): Line {
  if (written === masked) return { masked, start: masked.length, end: 0, length: written.length };
  const shorter = Math.min(written.length, masked.length);
  let start = 0;
  while (start < shorter && written[start] === masked[start]) start++;
  let end = 0;
  while (end < shorter - start && written.at(-1 - end) === masked.at(-1 - end)) end++;
  return { masked, start, end, length: written.length };
}

/** The caret moves with what is hidden before it; a place within points to the beginning of what is hidden. */
function columnIn({ masked, start, end, length }: Line, column: number): number {
  const before = column - 1;
  if (before <= start) return column;
  return before >= length - end ? masked.length - (length - before) + 1 : start + 1;
}
