/** `replaceR`, `regex` and `splitR`. */
import { append, type Sink, spend, spendMatching, STEP } from "../values/budget.ts";
import type { CallContext } from "./template_function.ts";
import type { Match, RegularExpression } from "./re2.ts";

/** In `by`, `$1` and `${name}` are groups (an unknown one is empty), `$$` is a dollar, a lone `$` stays. */
export function replaceMatches({ budget }: CallContext, pattern: RegularExpression, by: string, text: string): string {
  const sink: Sink = { text: "", budget };
  const parts = replacementParts(by, pattern.groups);
  let end = 0;
  for (const match of pattern.matches(text, (steps) => spendMatching(budget, steps))) {
    append(sink, text.slice(end, match[0]));
    for (const part of parts) append(sink, typeof part === "string" ? part : groupText(text, match, part));
    end = match[1]!;
  }
  append(sink, text.slice(end));
  return sink.text;
}

/** What the first of the groups that took part has found. */
function groupText(text: string, match: Match, groups: readonly number[]): string {
  const group = groups.find((index) => match[index * 2] !== undefined);
  return group === undefined ? "" : text.slice(match[group * 2], match[group * 2 + 1]);
}

const REFERENCE = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

function groupsOf(name: string, groups: RegularExpression["groups"]): readonly number[] {
  const isNumber = /^(?:0|[1-9][0-9]*)$/.test(name);
  return groups.flatMap((group, index) => (isNumber ? index === Number(name) : group === name) ? [index] : []);
}

/** Text, and the groups of a reference: a name may stand for several. */
function replacementParts(by: string, groups: RegularExpression["groups"]): (string | readonly number[])[] {
  const parts: (string | readonly number[])[] = [];
  let end = 0;
  for (const reference of by.matchAll(REFERENCE)) {
    const [all, plain, braced] = reference;
    parts.push(by.slice(end, reference.index));
    end = reference.index + all.length;
    const name = plain ?? braced;
    if (name === undefined) parts.push("$");
    else parts.push(groupsOf(name, groups));
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
