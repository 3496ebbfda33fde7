/** Keys that have no meaning where they are written: where they belong, or which key was likely meant. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { GLOBAL_KEYS } from "../../schema/global_keys.ts";
import type { KeyTable } from "../../schema/key.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { commandOfSection, flagNames, flagOfKey, isFlagOfAnyCommand } from "../../schema/restic_flags.ts";
import { COMMON_SECTION_KEYS, SCHEDULABLE, SECTION_SCHEDULE_KEYS, sectionKeys } from "../../schema/section_keys.ts";
import { isSectionName, sectionNames } from "../../schema/section_names.ts";
import { likelyKey } from "../../schema/likely_key.ts";
import { type Node, nodeWarning } from "../nodes/node.ts";

/** Tables and lists that only hold YAML anchors, marked as in compose files. */
export function isHolder(key: string, { kind }: Pick<Node, "kind">): boolean {
  return kind !== "scalar" && isHolderName(key);
}

export function isHolderName(name: string): boolean {
  return /^(?:x-|\.)/.test(name);
}

/** In a table that has nothing to do with others. */
export function unknownKey(key: string, node: Node, place: string, known: readonly string[]): Diagnostic {
  return unknown(key, node, place, likelyKey(key, known));
}

export function strangerInProfile(key: string, node: Node, profile: string): Diagnostic {
  const homes = homesOf(key);
  if (homes.length > 0) {
    const shown = homes.length > 6 ? [...homes.slice(0, 5), "…"] : homes;
    return nodeWarning(
      node,
      "misplaced-key",
      `"${key}" has no effect in profile "${profile}": it belongs in a section (${shown.join(", ")})`,
      `Write it below "${homes.includes("backup") ? "backup" : homes[0]}"`,
    );
  }
  if (has(GLOBAL_KEYS, key)) return belongsInGlobal(key, node, `profile "${profile}"`);
  const known = node.kind === "table" ? sectionNames() : [...Object.keys(PROFILE_KEYS), ...flagNames("backup")];
  const more = node.kind === "table" ? [] : otherKeys();
  const near = likelyKey(key, [...known, ...Object.keys(COMMON_SECTION_KEYS), ...more]);
  return unknown(key, node, profile, near, near === undefined ? undefined : sectionOf(near));
}

/** Where a key of sections alone is written first; undefined for one that a profile may have. */
function sectionOf(key: string): string | undefined {
  if (isOfProfile(key) || isSectionName(key)) return undefined;
  const homes = homesOf(key);
  return homes.includes("backup") ? "backup" : homes[0];
}

let others: readonly string[] | undefined;

/** Keys of one place alone that people look for in a profile, and flags that a section could have been meant for. Made once. */
function otherKeys(): readonly string[] {
  const flags = () => sectionNames().flatMap((section) => flagNames(commandOfSection(section)));
  return others ??= [...new Set([...sectionOnlyKeys(), ...Object.keys(GLOBAL_KEYS), ...flags()])];
}

export function strangerInSection(key: string, node: Node, section: string, place: string): Diagnostic {
  const known = [...Object.keys(sectionKeys(section)), ...flagNames(commandOfSection(section))];
  // `priority` in a section that is scheduled
  if (known.includes(`schedule-${key}`)) return unknown(key, node, place, `schedule-${key}`);
  const message = `"${key}" has no effect in section "${section}"`;
  if (has(PROFILE_KEYS, key) && !has(COMMON_SECTION_KEYS, key)) {
    return nodeWarning(node, "misplaced-key", message, "Write it in the profile itself");
  }
  if (isSectionName(key) && node.kind === "table") {
    return nodeWarning(
      node,
      "misplaced-key",
      `${message}: it is a section itself`,
      "Write it in the profile, beside the other sections",
    );
  }
  const homes = homesOf(key);
  if (homes.length > 0) {
    return nodeWarning(node, "misplaced-key", message, homeHint(key, homes));
  }
  if (has(GLOBAL_KEYS, key)) return belongsInGlobal(key, node, `section "${section}"`);
  const near = likelyKey(key, known) ?? likelyKey(key, [...Object.keys(PROFILE_KEYS), ...otherKeys()]);
  return unknown(key, node, place, near);
}

export function strangerInGlobal(key: string, node: Node): Diagnostic {
  const message = `"${key}" has no effect in "global"`;
  if (isSectionName(key) && node.kind === "table") {
    return nodeWarning(
      node,
      "misplaced-key",
      `${message}: it belongs in a profile`,
      `Write it below a profile that others inherit`,
    );
  }
  if (isOfProfile(key)) {
    return nodeWarning(
      node,
      "misplaced-key",
      `${message}: it belongs in a profile`,
      `Write it in a profile that others inherit`,
    );
  }
  if (has(SECTION_SCHEDULE_KEYS, key) && key !== "schedule") {
    return nodeWarning(
      node,
      "misplaced-key",
      message,
      `Write "${key.slice("schedule-".length)}" below "schedule-defaults"`,
    );
  }
  const homes = homesOf(key);
  if (homes.length > 0) {
    const section = homes.includes("backup") ? "backup" : homes[0];
    return nodeWarning(
      node,
      "misplaced-key",
      `${message}: it belongs in a profile`,
      `Write it below "${section}" of a profile`,
    );
  }
  if (["version", "includes", "groups", "profiles", "mixins"].includes(key)) {
    return nodeWarning(node, "misplaced-key", `${message}: it belongs at the top level of the file`);
  }
  const near = likelyKey(key, Object.keys(GLOBAL_KEYS)) ?? likelyKey(key, Object.keys(PROFILE_KEYS));
  return unknown(key, node, "global", near);
}

/** Whether it is a setting of profiles, or a flag of restic. */
export function isOfProfile(key: string): boolean {
  return has(PROFILE_KEYS, key) || isFlagOfAnyCommand(flagOfKey(key));
}

function has(table: KeyTable, key: string): boolean {
  return Object.hasOwn(table, key);
}

/** Sections that have the key. */
function homesOf(key: string): string[] {
  return sectionNames().filter((section) => has(sectionKeys(section), key));
}

function sectionOnlyKeys(): string[] {
  return [...new Set(sectionNames().flatMap((section) => Object.keys(sectionKeys(section))))];
}

function homeHint(key: string, homes: readonly string[]): string {
  if (has(SECTION_SCHEDULE_KEYS, key)) return `Only ${SCHEDULABLE.join(", ")} can be scheduled`;
  const [first] = homes.includes("backup") ? ["backup"] : homes;
  return `It belongs in "${first}": write it there`;
}

function belongsInGlobal(key: string, node: Node, place: string): Diagnostic {
  return nodeWarning(
    node,
    "misplaced-key",
    `"${key}" has no effect in ${place}: it belongs in "global"`,
    'Write it below "global"',
  );
}

/** @param section that the likely key belongs in, if not here */
function unknown(
  key: string,
  node: Node,
  place: string,
  near: string | undefined,
  section?: string,
): Diagnostic {
  const home = section === undefined ? "" : ` It belongs in a section, such as "${section}"`;
  const hint = near === undefined ? undefined : near.includes(" ") ? near : hintFor(near, place) + home;
  return nodeWarning(node, "unknown-key", `Unknown key "${key}" in "${place}"`, hint);
}

function hintFor(near: string, place: string): string {
  const isGlobal = has(GLOBAL_KEYS, near) && !isOfProfile(near);
  return `Did you mean "${near}"?${isGlobal && place !== "global" ? ' It belongs in "global"' : ""}`;
}
