/** `tag`, `host` and `path`: which snapshots a command means. `true` stands for what `backup` has. */
import { formatDecimal } from "../model/decimal.ts";
import type { Position } from "../model/diagnostic.ts";
import { absoluteFrom, isAbsolutePath } from "../model/path.ts";
import type { FlagValue, FlagValues } from "../schema/profile.ts";
import { acceptsFlag } from "../schema/restic_flags.ts";
import type { Planning } from "./planning.ts";
import { findSection, placeOfFlag, type SectionPlan } from "./sections.ts";
import { backupFolder } from "./sources.ts";

/** For every command but a retention: the words behind `true`; in version 2 a backup has a host unless it is switched off. */
export function selectSnapshots(flags: FlagValues, command: string, planning: Planning): FlagValues {
  const selected = new Map(flags);
  if (command === "backup" && planning.profile.version === 2 && !selected.has("host")) selected.set("host", true);
  noteRelativePaths(selected, command, planning.section?.names ?? [], planning);
  return resolveTrue(selected, flags, planning.facts.hostname, planning);
}

/**
 * For the retention of a backup: what it does not select itself is taken from `backup`.
 * @param own the flags of section `retention`; @param merged the same over the common flags
 */
export function selectForRetention(own: FlagValues, merged: FlagValues, planning: Planning): FlagValues {
  const backup = findSection(planning.profile, ["backup"]);
  const selected = new Map(merged);
  if (backup) {
    if (!own.has("path")) selected.set("path", true);
    if (planning.profile.version === 2) {
      if (!own.has("tag") && backup.flags.has("tag")) selected.set("tag", true);
      if (!own.has("host")) selected.set("host", backupHost(backup, planning) ?? true);
    }
  }
  const host = backupHost(backup, planning);
  noteRelativePaths(selected, "forget", ["retention"], planning);
  return resolveTrue(selected, merged, isName(host) ? host : planning.facts.hostname, planning);
}

/** Version 2 forgets after a backup when something is to be kept and nobody said when; not without a section that says of what. */
export function retentionSwitches(planning: Planning): { before: boolean; after: boolean } {
  const retention = findSection(planning.profile, ["retention"]);
  const { "before-backup": before, "after-backup": after } = retention?.options ?? {};
  const keeps = [...retention?.flags.keys() ?? []].some((name) => name.startsWith("keep-"));
  const byDefault = planning.profile.version === 2 && planning.profile.sections.has("backup") && keeps &&
    before === undefined;
  return { before: before ?? false, after: after ?? byDefault };
}

/** Sources of `backup` as snapshots name them. */
function backupPaths(planning: Planning): string[] {
  const { profile, facts } = planning;
  const folder = backupFolder(profile, facts.os);
  const sources = findSection(profile, ["backup"])?.options.source ?? [];
  const relative = sources.find((source) => !isAbsolutePath(source, facts.os));
  if (relative !== undefined) noteRelative(relative, profile.at(["backup", "source"]), planning);
  return sources.map((source) => absoluteFrom(folder, source, facts.os));
}

/** Says so when a `path` that restic gets was written relative. */
function noteRelativePaths(flags: FlagValues, command: string, sections: readonly string[], planning: Planning): void {
  const { profile, facts, release } = planning;
  const path = [flags.get("path") ?? []].flat().find((path) => profile.madeAbsolute.has(String(path)));
  if (path === undefined || (facts.filter && !acceptsFlag(command, "path", release))) return;
  noteRelative(String(path), placeOfFlag(profile, sections, "path"), planning);
}

/** Whoever reads an absolute base knows where things are. */
function noteRelative(path: string, at: Position | undefined, planning: Planning): void {
  const { profile, facts } = planning;
  const bases = [profile.options["base-dir"], findSection(profile, ["backup"])?.options["source-base"]];
  if (bases.some((base) => base !== undefined && isAbsolutePath(base, facts.os))) return;
  planning.note({
    severity: "info",
    message: `Snapshots are selected by absolute paths: "${path}" starts at ${profile.workingDir}`,
    at,
    hint: "Set an absolute base-dir or source-base, so that the folder it is run from does not matter",
  });
}

/** @param written what is not a default: only there a `true` that stands for nothing is a mistake */
function resolveTrue(
  flags: Map<string, FlagValue>,
  written: FlagValues,
  host: FlagValue,
  planning: Planning,
): FlagValues {
  const meanings: Readonly<Record<string, () => FlagValue>> = {
    tag: () => backupTags(planning) || [],
    host: () => host,
    path: () => backupPaths(planning),
  };
  for (const [name, meaning] of Object.entries(meanings)) {
    if (flags.get(name) !== true) continue;
    const value = meaning();
    flags.set(name, value);
    if (Array.isArray(value) && value.length === 0 && written.get(name) === true) noteMeaningless(name, planning);
  }
  return flags;
}

/** One value, so that a snapshot must have all of them; empty without any. */
function backupTags({ profile }: Planning): string {
  const tags = [findSection(profile, ["backup"])?.flags.get("tag") ?? []].flat();
  return tags.filter((tag) => typeof tag !== "boolean").map((tag) => typeof tag === "string" ? tag : formatDecimal(tag))
    .filter((tag) => tag !== "").join(",");
}

/** What a backup says about its host: its own value, else the profile's. */
function backupHost(backup: SectionPlan | undefined, planning: Planning): FlagValue | undefined {
  return backup?.flags.get("host") ?? planning.common.get("host");
}

function isName(host: FlagValue | undefined): host is FlagValue {
  return host !== undefined && typeof host !== "boolean";
}

function noteMeaningless(name: string, { profile, section, note }: Planning): void {
  note({
    severity: "warning",
    message: `"${name} = true" stands for nothing: backup has none`,
    at: placeOfFlag(profile, section?.names ?? [], name),
  });
}
