/** Mistakes in YAML, in words that say what to do; those of the library speak of the grammar. */

import { SyntaxFault } from "./format.ts";
import { placeAt } from "./key_place.ts";
import { MAX_DEPTH } from "./scanner.ts";

export const UNKNOWN_ESCAPE = "unknown escape sequence";
const BAD_MAPPING_LINE = "bad indentation of a mapping entry";
const KEY_WITHOUT_COLON = "can not read a block mapping entry; a multiline key may not be an implicit key";

const SENTENCES: ReadonlyMap<string, string> = new Map([
  [UNKNOWN_ESCAPE, `YAML has no such escape: write "\\\\" for a backslash, or use single quotes`],
  [KEY_WITHOUT_COLON, 'A ":" is missing after this key'],
  ["expected ':' after a mapping key", 'A ":" is missing after this key'],
  ["tab characters must not be used in indentation", "Tabs cannot indent YAML: use spaces"],
  ["bad indentation of a sequence entry", "This line is indented neither like the one above nor like an outer level"],
  ["deficient indentation", "A quote or bracket above is not closed, or this line is not indented enough"],
  ["end of the stream or a document separator is expected", "This belongs to nothing above: check the indentation"],
  ["unexpected end of the stream within a double quoted scalar", "A double quote is not closed"],
  ["unexpected end of the stream within a single quoted scalar", "A single quote is not closed"],
  ["unexpected end of the stream within a flow collection", 'A "[" or "{" is not closed'],
  ["missed comma between flow collection entries", 'A "," or a closing bracket is missing'],
  ["expected the node content, but found ','", 'A value is missing before ","'],
  ["the stream contains non-printable characters", "YAML allows no control characters here"],
  ["expected valid JSON character", "YAML allows no control characters here"],
  ["null byte is not allowed in input", "YAML allows no NUL character"],
  ["unacceptable YAML version of the document", "Only YAML 1.1 and 1.2 can be read"],
  ["name of an alias node must contain at least one character", 'A value cannot start with "*": put it in quotes'],
  ["name of an anchor node must contain at least one character", 'A value cannot start with "&": put it in quotes'],
  [`nesting exceeded maxDepth (${MAX_DEPTH})`, `Tables and lists may be nested ${MAX_DEPTH} deep at most`],
]);

/** The fault for what the library says, `reason`, of an offset. */
export function yamlFault(text: string, reason: string, offset: number): SyntaxFault {
  const message = reason === BAD_MAPPING_LINE
    ? aboutRestOfLine(text, offset)
    : SENTENCES.get(reason) ?? aboutTag(reason);
  // That a key lacks its colon is noticed only at the next one.
  const at = reason === KEY_WITHOUT_COLON ? text.slice(0, offset).trimEnd().length : offset;
  return new SyntaxFault(message ?? reason.charAt(0).toUpperCase() + reason.slice(1), placeAt(text, at));
}

/** What is taken for a tag may well be a password, so that it is not shown. */
function aboutTag(reason: string): string | undefined {
  return /^(tag|undeclared tag) /.test(reason)
    ? 'This is not a tag: put a text that starts with "!" in quotes'
    : undefined;
}

/** The library blames the indentation for anything that it cannot take after a value, or as one. */
function aboutRestOfLine(text: string, offset: number): string {
  const before = /[^\r\n]*$/.exec(text.slice(0, offset))?.[0] ?? "";
  const found = text.charAt(offset);
  if (before.trim() === "") return "This line is indented neither like the one above nor like an outer level";
  if (/[@`%]/.test(found)) return `A value cannot start with "${found}": put it in quotes`;
  if (found === ":") return `": " cannot be in a value without quotes (or this line is indented too far)`;
  if (found === "-") return "A list cannot start on the line of its key";
  return "Cannot read the rest of this line: put the whole value in quotes";
}
