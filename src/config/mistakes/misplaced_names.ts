/** The top level of the files: names that are not profiles, and the layout of the other version. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { isTable } from "../../model/value.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { nearestHint } from "../../model/nearest.ts";
import { type FileLayout, hasAlias, isDefined, type Named, type NameTable } from "../structure/layout.ts";
import { nodeWarning } from "../nodes/node.ts";
import { isSectionName, sectionNames } from "../../schema/section_names.ts";
import { GLOBAL_KEYS } from "../../schema/global_keys.ts";
import { isHolderName, isOfProfile } from "./likely_places.ts";

const TOP_LEVEL = ["version", "global", "groups", "includes"];

export function checkLayout(layout: FileLayout, report: (problem: Diagnostic) => void): void {
  if (layout.version === 1) checkFirst(layout, report);
  else checkSecond(layout, report);
}

function checkFirst({ profiles }: FileLayout, report: (problem: Diagnostic) => void): void {
  checkTables(profiles, "profile", [...TOP_LEVEL, "profiles"], report);
  const [defaults] = profiles.get("schedule-defaults")?.parts ?? [];
  if (defaults !== undefined && isTable(defaults.value)) {
    report(nodeWarning(
      defaults,
      "misplaced-key",
      '"schedule-defaults" is read as a profile of that name',
      'It belongs in "global": write it below that',
    ));
  }
  const [below] = profiles.get("profiles")?.parts ?? [];
  if (below !== undefined && holdsProfiles(below.value)) {
    report(nodeWarning(
      below,
      "layout-version",
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

/** @param meant names beside these that hold something else */
function checkTables(
  names: NameTable,
  what: "profile" | "mixin",
  meant: readonly string[],
  report: (problem: Diagnostic) => void,
): void {
  for (const [key, named] of names) {
    const part = named.parts.find(({ value }) => value !== null);
    if (part === undefined || isDefined(named)) continue;
    report(
      nodeWarning(
        part,
        "wrong-type",
        `"${named.name}" is not a ${what}: expected a table`,
        homeOf(key) ?? nearestHint(key, meant),
      ),
    );
  }
}

function checkSecond({ profiles, mixins, others }: FileLayout, report: (problem: Diagnostic) => void): void {
  checkTables(profiles, "profile", [], report);
  checkTables(mixins, "mixin", [], report);
  for (const [key, named] of others) {
    const [part] = named.parts;
    if (part === undefined) continue;
    const near = nearestHint(key, [...TOP_LEVEL, "profiles", "mixins"]);
    const home = isHolderName(key) ? undefined : homeOf(key);
    const isSection = isDefined(named) && isSectionName(key);
    if (home !== undefined && !isSection) {
      report(nodeWarning(part, "misplaced-key", `"${named.name}" has no effect at the top level`, home));
    } else if (near !== undefined) {
      report(nodeWarning(part, "unknown-key", `Unknown key "${named.name}" at the top level`, near));
    } else if (looksLikeProfile(named) && !isHolderName(key) && !hasAlias(named)) {
      report(nodeWarning(
        part,
        "misplaced-key",
        `"${named.name}" is ignored: in version 2, profiles belong under "profiles"`,
        `Write it as profiles.${named.name}`,
      ));
    }
  }
}

/** In TOML what is written above `[global]` is at the top level. */
function homeOf(key: string): string | undefined {
  if (Object.hasOwn(GLOBAL_KEYS, key)) return 'It belongs in "global": write it below that';
  return isOfProfile(key) ? "It belongs in a profile: write it below one" : undefined;
}

function looksLikeProfile({ parts }: Named): boolean {
  const known = new Set([...Object.keys(PROFILE_KEYS), ...sectionNames()]);
  return parts.some(({ value }) => isTable(value) && Object.keys(value).some((key) => known.has(key.toLowerCase())));
}
