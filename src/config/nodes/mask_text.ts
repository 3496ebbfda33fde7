/**
 * Text of configuration files for people: passwords of URLs, variables that look like secrets and values of headers are hidden.
 * The text may be no valid configuration, and its language is not asked for: in doubt more is hidden. Lines stay lines.
 */
import { isSecretName, maskUrl, maskUrls } from "../../model/mask.ts";
import { HIDDEN } from "../../model/secret.ts";

/** `NAME =`, `"NAME":`, in a line or among others. */
const KEY = /(?<![\w-])["']?([A-Za-z_][\w-]*)["']?[ \t]*[:=][ \t]*/g;
/** What may be one URL, its password with blanks too: a text in quotes, the rest of a line of YAML. */
const WHOLE_VALUE = /(?<=(["']))[^"'\n]*(?=\1)|(?<=:[ \t]+)[a-z][a-z0-9+.:-]*:\/\/[^\n]*/gi;
/** The key of a header's value; which header it is may stand lines away. */
export const HEADER_VALUE = "value";
/** A value in quotes that ends in its line, with the escapes of each language. */
const QUOTED = /^(?:"(?!"")(?:\\.|[^"\\])*"|'(?!'')(?:''|[^'])*')/;
/** A plain value among others, in braces. */
const PLAIN_IN_BRACES = /^[^,}\]]+/;
/** A line that begins another key, list item or section, and so ends a value that goes on. */
const NEXT_KEY = /^\s*(?:-\s|[[{}\]]|["']?[\w.-]+["']?\s*(?:[:=](?:\s|$)|=|\{))/;

/** Of a line after one with a secret: whether the value goes on there. */
type GoesOn = (line: string) => "on" | "last" | "over";

/** @param isHidden whether the value behind that name, as written, is hidden as a whole */
export function maskText(text: string, isHidden: (name: string) => boolean = isSecret): string {
  let goesOn: GoesOn | undefined;
  return maskUrls(text.replace(WHOLE_VALUE, maskUrl)).split("\n").map((line) => {
    const state = goesOn?.(line) ?? "over";
    if (state !== "on") goesOn = undefined;
    if (state !== "over") return hiddenLine(line);
    const masked = maskLine(line, isHidden);
    goesOn = masked.goesOn;
    return masked.text;
  }).join("\n");
}

function hiddenLine(line: string): string {
  return line.trim() === "" ? line : line.slice(0, indentOf(line)) + HIDDEN;
}

function isSecret(name: string): boolean {
  return isSecretName(name) || name === HEADER_VALUE;
}

function maskLine(
  line: string,
  isHidden: (name: string) => boolean,
): { readonly text: string; readonly goesOn?: GoesOn } {
  let text = "";
  let done = 0;
  for (const found of line.matchAll(KEY)) {
    const [head, name = ""] = found;
    const start = found.index + head.length;
    if (found.index < done || !isHidden(name)) continue;
    const value = line.slice(start).trimEnd();
    const whole = QUOTED.exec(value)?.[0] ??
      (line.slice(0, start).includes("{") ? PLAIN_IN_BRACES.exec(value)?.[0] : undefined);
    text += line.slice(done, start) + (value === "" ? "" : HIDDEN);
    if (whole === undefined) return { text, goesOn: restOf(value, indentOf(line)) };
    done = start + whole.trimEnd().length;
  }
  return { text: text + line.slice(done) };
}

/** @param value the first line of one that may have more */
function restOf(value: string, indent: number): GoesOn {
  const [, here] = /^<<-?\s*(\w+)/.exec(value) ?? [];
  if (here !== undefined) return (line) => line.trim() === here ? "last" : "on";
  const [, long] = /^("""|''')/.exec(value) ?? [];
  if (long !== undefined) return value.indexOf(long, 3) > 0 ? over : (line) => line.includes(long) ? "last" : "on";
  const [, quote] = /^(["'])/.exec(value) ?? [];
  if (quote !== undefined) return (line) => NEXT_KEY.test(line) ? "over" : line.includes(quote) ? "last" : "on";
  const isBlock = /^[|>][-+\d]*(?:\s|$)/.test(value);
  return (line) => {
    if (line.trim() !== "" && indentOf(line) <= indent) return "over";
    return isBlock || !NEXT_KEY.test(line) ? "on" : "over";
  };
}

const over: GoesOn = () => "over";

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
