/** `replaceR`, `regex` and `splitR`. */
import { append, type Sink, spend, spendMatching, STEP } from "../values/budget.ts";
import type { CallContext } from "./template_function.ts";
import type { RegularExpression } from "./regular_expression.ts";

/** In `by`, `$1` and `${name}` are groups (an unknown one is empty), `$$` is a dollar, a lone `$` stays. */
export function replaceMatches({ budget }: CallContext, pattern: RegularExpression, by: string, text: string): string {
  const sink: Sink = { text: "", budget };
  const parts = replacementParts(by, pattern.groups);
  let end = 0;
  for (const match of pattern.matches(text, (steps) => spendMatching(budget, steps))) {
    append(sink, text.slice(end, match[0]));
    for (const part of parts) {
      append(sink, typeof part === "string" ? part : text.slice(match[part * 2] ?? 0, match[part * 2 + 1] ?? 0));
    }
    end = match[1]!;
  }
  append(sink, text.slice(end));
  return sink.text;
}

const REFERENCE = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

function groupOf(name: string, groups: RegularExpression["groups"]): number | undefined {
  const index = /^(?:0|[1-9][0-9]*)$/.test(name) ? Number(name) : groups.indexOf(name);
  return index >= 0 && index < groups.length ? index : undefined;
}

/** Text, and numbers of groups. */
function replacementParts(by: string, groups: RegularExpression["groups"]): (string | number)[] {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const reference of by.matchAll(REFERENCE)) {
    const [all, plain, braced] = reference;
    parts.push(by.slice(end, reference.index));
    end = reference.index + all.length;
    const name = plain ?? braced;
    parts.push(name === undefined ? "$" : groupOf(name, groups) ?? "");
  }
  return [...parts, by.slice(end)];
}

/** What is between the matches; an empty match at either end separates nothing. */
export function splitAtMatches({ budget }: CallContext, pattern: RegularExpression, text: string): string[] {
  const parts: string[] = [];
  let begin = 0;
  for (const match of pattern.matches(text, (steps) => spendMatching(budget, steps))) {
    const [from, to] = match as [number, number];
    if (from === to && (from === 0 || from === text.length)) continue;
    spend(budget, STEP);
    parts.push(text.slice(begin, from));
    begin = to;
  }
  parts.push(text.slice(begin));
  return parts;
}
