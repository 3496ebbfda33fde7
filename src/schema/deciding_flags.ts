/**
 * Flags that decide which snapshots a command changes, and which ones it keeps. Without one of them restic takes more than its
 * owner wrote, so they are never left out.
 */
import type { FlagValue } from "./profile.ts";
import { isAtLeast, type ResticVersion } from "./restic_version.ts";

/** Commands that remove, replace or copy the snapshots they select. */
const CHANGING: ReadonlySet<string> = new Set(["forget", "rewrite", "tag", "copy", "repair snapshots"]);
const SELECTING: ReadonlySet<string> = new Set(["tag", "host", "path"]);
/** What of each snapshot is left, or that nothing is changed at all. */
const CONTENT = [
  ...["exclude", "exclude-file", "iexclude", "iexclude-file"],
  ...["include", "include-file", "iinclude", "iinclude-file", "dry-run"],
];
/** By command: what else says how far it goes. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "backup": ["stdin-from-command"], // without it the words of the command are names of files
  "forget": ["group-by", "dry-run"],
  "prune": ["dry-run"],
  "rewrite": CONTENT,
  "repair snapshots": ["dry-run"],
};

export function isSelection(name: string): boolean {
  return SELECTING.has(name);
}

/** Whether the flag matters for snapshots that are named by their IDs, too. */
export function changesContent(name: string): boolean {
  return CONTENT.includes(name);
}

/** True for all rules of a retention, those of restics to come among them. */
export function isKeepRule(name: string): boolean {
  return name.startsWith("keep-");
}

/** @param name of a flag, or what a user wrote for one: `tags`, `keep_daily` */
export function isDeciding(command: string, name: string): boolean {
  const plain = name.replaceAll("_", "-");
  if (isKeepRule(plain)) return command === "forget";
  return (MORE[command] ?? []).includes(plain) || CHANGING.has(command) && isSelection(plain.replace(/s$/, ""));
}

/** Whether restic refuses negative numbers of snapshots to keep; older ones keep none. */
export function refusesNegativeRules(version: ResticVersion): boolean {
  return isAtLeast(version, "0.16.0");
}

/** Whether restic fails without any rule; older ones forget nothing then. */
export function refusesEmptyPolicy(version: ResticVersion): boolean {
  return isAtLeast(version, "0.17.0");
}

/** True for what adds no word to a command line: `false`, `""`, 0, an empty list. */
export function saysNothing(value: FlagValue): boolean {
  if (Array.isArray(value)) return value.every(saysNothing);
  return value === null || value === false || value === "" || value === 0 || value === 0n;
}

/** True for a `keep-…` that keeps nothing: also `"0"` and `"0d"`. */
export function isNoRule(value: FlagValue): boolean {
  return saysNothing(value) || typeof value === "string" && /^\s*(?:0+[a-z]?)+\s*$/i.test(value);
}

/** True for a value that holds a number, or a part of a duration, below 0. */
export function isNegative(value: FlagValue): boolean {
  return [value].flat().some((each) => /^\s*-|[a-z]-/i.test(String(each)));
}
