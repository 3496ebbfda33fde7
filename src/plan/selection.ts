/** `tag`, `host` and `path`: which snapshots a command means. `true` stands for what `backup` has. */
import type { Position } from "../model/diagnostic.ts";
import { isAbsolutePath } from "../model/path.ts";
import { saysNothing } from "../schema/deciding_flags.ts";
import type { FlagValue, FlagValues } from "../schema/profile.ts";
import { acceptsFlag } from "../schema/restic_flags.ts";
import { backupHost, backupPaths, backupTags, hasPaths } from "./backup_marks.ts";
import type { Planning } from "./planning.ts";
import { findSection, placeOfFlag } from "./command_section.ts";
import { hasUserFlag, type UserArguments } from "./user_arguments.ts";

/**
 * For every command but a retention: the words behind `true`; in version 2, or with RESTIC_HOST, a backup has a host unless it is
 * switched off. A `true` that stands for nothing stays, unless the profile itself says more: only `false` and `""` mean all snapshots.
 */
export function selectSnapshots(flags: FlagValues, command: string, planning: Planning): FlagValues {
  const selected = new Map(flags);
  if (command === "backup" && hasHost(planning) && !selected.has("host")) selected.set("host", true);
  noteRelativePaths(selected, command, planning.section?.names ?? [], planning);
  return resolveTrue(selected, hostOf(planning), planning);
}

/**
 * For the retention of a backup: what it does not select itself is taken from `backup`.
 * @param own the flags of section `retention`; @param merged the same over the common flags
 */
export function selectForRetention(own: FlagValues, merged: FlagValues, planning: Planning): FlagValues {
  const selected = new Map(merged);
  const host = backupHost(planning);
  if (hasPaths(planning) && !own.has("path")) selected.set("path", true);
  if (planning.profile.version === 2) {
    if (!own.has("tag") && backupTags(planning) !== "") selected.set("tag", true);
  }
  if (!own.has("host") && (planning.profile.version === 2 || hasHost(planning) && !merged.has("host"))) {
    selected.set("host", host ?? true);
  }
  noteRelativePaths(selected, "forget", ["retention"], planning);
  return resolveTrue(selected, host || hostOf(planning), planning);
}

/** Version 1 has no host by itself, but restic takes RESTIC_HOST for one, from 0.17 on. */
function hasHost({ profile, facts }: Planning): boolean {
  return profile.version === 2 || Boolean(facts.environment.RESTIC_HOST);
}

/** What restic would call this machine. */
function hostOf({ facts }: Planning): string {
  return facts.environment.RESTIC_HOST || facts.hostname;
}

/**
 * restic takes several tags or hosts as alternatives. One that the user types would select more snapshots beside those of the
 * configuration, so it takes their place.
 */
export function withoutTyped(flags: FlagValues, names: readonly string[], user: UserArguments): FlagValues {
  return new Map([...flags].filter(([name]) => !names.includes(name) || !hasUserFlag(user, name)));
}

/** Says so when a `path` that restic gets was written relative. */
function noteRelativePaths(flags: FlagValues, command: string, sections: readonly string[], planning: Planning): void {
  const { profile, facts, release } = planning;
  const path = [flags.get("path") ?? []].flat().find((path) => profile.madeAbsolute.has(String(path)));
  if (path === undefined || (facts.filter && !acceptsFlag(command, "path", release))) return;
  noteRelative(String(path), placeOfFlag(profile, sections, "path"), planning);
}

/** Says nothing beside an absolute base, which shows where things are. */
function noteRelative(path: string, at: Position | undefined, planning: Planning): void {
  const { profile, facts } = planning;
  const bases = [profile.options["base-dir"], findSection(profile, ["backup"])?.options["source-base"]];
  if (bases.some((base) => base !== undefined && isAbsolutePath(base, facts.os))) return;
  planning.note({
    code: "snapshot-path",
    severity: "info",
    message: `"${path}" is relative and resolved in ${profile.workingDir}: snapshots are selected by absolute paths`,
    at,
    hint: "Set base-dir or source-base to an absolute path",
  });
}

/** @param host what `host = true` stands for */
function resolveTrue(flags: Map<string, FlagValue>, host: FlagValue, planning: Planning): FlagValues {
  const { profile, common } = planning;
  const meanings: Readonly<Record<string, () => FlagValue>> = {
    tag: () => backupTags(planning),
    host: () => host,
    path: () => backupPaths(planning, (source) => noteRelative(source, profile.at(["backup", "source"]), planning)),
  };
  for (const [name, meaning] of Object.entries(meanings)) {
    if (flags.get(name) !== true) continue;
    const isOfBackup = findSection(profile, ["backup"])?.flags.has(name);
    const value = [meaning(), isOfBackup ? true : common.get(name) ?? true].find((each) => !saysNothing(each));
    flags.set(name, value ?? true);
  }
  return flags;
}
