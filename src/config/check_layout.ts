/** The top level of the files: names that are no profiles, and the layout of the other version. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { isTable } from "../model/value.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import { nearestHint } from "./nearest.ts";
import { isDefined, type Layout, type Named, type Names } from "./names.ts";
import { nodeWarning } from "./node.ts";
import { sectionNames } from "../schema/sections.ts";

const TOP_LEVEL = ["version", "global", "groups", "includes"];

export function checkLayout(layout: Layout, report: (problem: Diagnostic) => void): void {
  if (layout.version === 1) checkFirst(layout, report);
  else checkSecond(layout, report);
}

function checkFirst({ profiles }: Layout, report: (problem: Diagnostic) => void): void {
  checkTables(profiles, "profile", [...TOP_LEVEL, "profiles"], report);
  const [below] = profiles.get("profiles")?.parts ?? [];
  if (below !== undefined && holdsProfiles(below.value)) {
    report(nodeWarning(
      below,
      '"profiles" is read as a profile of that name: the file is of version 1',
      'Is version = "2" missing?',
    ));
  }
}

/** A profile has settings; a table of nothing but tables, none of them a section, is the version 2 layout. */
function holdsProfiles(value: unknown): boolean {
  if (!isTable(value as never)) return false;
  const entries = Object.entries(value as object);
  const known = new Set(sectionNames());
  return entries.length > 0 &&
    entries.every(([key, child]) => isTable(child) && !known.has(key.toLowerCase()) && key.toLowerCase() !== "env");
}

/** @param meant names that stand beside these and hold something else */
function checkTables(
  names: Names,
  what: "profile" | "mixin",
  meant: readonly string[],
  report: (problem: Diagnostic) => void,
): void {
  for (const [key, named] of names) {
    const part = named.parts.find(({ value }) => value !== null);
    if (part === undefined || isDefined(named)) continue;
    report(nodeWarning(part, `"${named.name}" is no ${what}: it is no table`, nearestHint(key, meant)));
  }
}

function checkSecond({ profiles, mixins, others }: Layout, report: (problem: Diagnostic) => void): void {
  checkTables(profiles, "profile", [], report);
  checkTables(mixins, "mixin", [], report);
  for (const [key, named] of others) {
    const [part] = named.parts;
    if (part === undefined) continue;
    const near = nearestHint(key, [...TOP_LEVEL, "profiles", "mixins"]);
    if (near !== undefined) report(nodeWarning(part, `Unknown key "${named.name}" at the top level`, near));
    else if (looksLikeProfile(named) && !key.startsWith("x-")) {
      report(nodeWarning(
        part,
        `"${named.name}" is no profile: in version 2 profiles stand below "profiles"`,
        `Write it as profiles.${named.name}`,
      ));
    }
  }
}

function looksLikeProfile({ parts }: Named): boolean {
  const known = new Set([...Object.keys(PROFILE_KEYS), ...sectionNames()]);
  return parts.some(({ value }) => isTable(value) && Object.keys(value).some((key) => known.has(key.toLowerCase())));
}
