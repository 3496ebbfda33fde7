/** For `validate`: hooks that want to know what time it is, and get the time when the configuration was read. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { HTTP_HOOK_KEYS, SHELL_HOOK_KEYS } from "../schema/hook_keys.ts";
import { positionOf, type ScalarNode, type TableNode } from "../config/nodes/node.ts";
import { scalarsOf } from "../config/nodes/scalars.ts";
import type { ConfigSource } from "../config/nodes/source.ts";

/** @param name of the profile, for messages */
export function checkMoments(profile: TableNode, name: string): Diagnostic[] {
  if (!mentionsMoment(profile.origin.source)) return [];
  return scalarsOf(profile, [name]).flatMap(({ node, path }) => isHook(path) ? momentOfStart(node, path) : []);
}

/** A file is looked through once, not for each of the ten thousand profiles in it. */
const mentions = new WeakMap<ConfigSource, boolean>();

function mentionsMoment(source: ConfigSource): boolean {
  const known = mentions.get(source) ?? /\.Now\b/.test(source.text);
  mentions.set(source, known);
  return known;
}

function isHook(path: readonly string[]): boolean {
  return path.some((key) =>
    Object.hasOwn(SHELL_HOOK_KEYS, key) || Object.hasOwn(HTTP_HOOK_KEYS, key) || key === "stream-error"
  );
}

/** Templates are expanded when the configuration is read. */
function momentOfStart(node: ScalarNode, path: readonly string[]): Diagnostic[] {
  const at = positionOf(node);
  if (
    typeof node.value !== "string" || at === undefined ||
    !hasMoment(node.value, node.origin.source.written(at, MOST_LINES))
  ) {
    return [];
  }
  return [{
    code: "hook-time",
    severity: "info",
    message: `{{ .Now }} in "${path.join(".")}" is when the run begins, not when the hook does`,
    at,
    hint: "Write $NOW for the time of the hook",
  }];
}

/** Of a text in several lines. */
const MOST_LINES = 50;

/** @param written from the key or item on, with what follows: the value is one of the texts in it */
function hasMoment(value: string, written: string): boolean {
  const start = /^(?:[^\s:={]+\s*[:=]\s*)?(?:["'`]{1,3}|[|>][+-]?\d?\s*|<<-?\w+\s*)?/.exec(written)![0].length;
  const parts = written.slice(start).split(/\{\{(.*?)\}\}/s);
  // what precedes an action is in the value, for as long as the value goes on
  for (let index = 0, from = 0; index + 1 < parts.length; index += 2) {
    const before = (parts[index] ?? "").replaceAll(/\s+/g, " ").trimEnd();
    const found = value.replaceAll(/\s+/g, " ").indexOf(before, from);
    if (found < 0) return false;
    if (/\.Now\b/.test(parts[index + 1]!)) return true;
    from = found + before.length;
  }
  return false;
}
