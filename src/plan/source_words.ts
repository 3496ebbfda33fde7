/** What a backup saves, as words for restic: those with wildcards are made when the step starts. */
import { absoluteFrom, hasWildcards, withoutEscapes } from "../model/path.ts";
import type { Argument, LateSource, NamedSource } from "../model/plan.ts";
import type { Profile, SectionOptions } from "../schema/profile.ts";
import type { Planning } from "./planning.ts";

/** With `source-relative` restic runs where the sources start, so that snapshots hold relative paths. */
export function backupFolder({ workingDir, sections }: Profile, os: string): string {
  const options = sections.get("backup")?.options;
  return options?.["source-relative"] ? absoluteFrom(workingDir, options["source-base"] ?? "", os) : workingDir;
}

/** With wildcards, or with escapes that may or may not be part of its name: the files decide. */
function isLate(source: string, os: string): boolean {
  return hasWildcards(source) || withoutEscapes(source, os) !== undefined;
}

/** The words for `backup`. */
export function sourceWords(sources: readonly string[], { profile, facts }: Planning): Argument[] {
  return sources.map((source, index) =>
    isLate(source, facts.os) ? lateSource(source, index, profile, facts.os) : source
  );
}

/** Those that stand for themselves. */
export function namedSources(sources: readonly string[], { profile, facts: { os } }: Planning): NamedSource[] {
  const folder = backupFolder(profile, os);
  return sources.flatMap((name, index) => {
    const at = profile.at(["backup", "source", index]);
    return isLate(name, os) ? [] : [{ name, path: absoluteFrom(folder, name, os), at }];
  });
}

/** A `--path` that names a source with wildcards selects what that source stands for: the names that `backup` saves. */
export function withLatePaths(words: readonly Argument[], { profile, facts: { os } }: Planning): Argument[] {
  const sources = new Map(
    lateSources(profile, os).map((source) => [
      `--path=${absoluteFrom(source.folder, source.pattern, os)}`,
      { ...source, flag: "path" } as const,
    ]),
  );
  return words.map((word) => typeof word === "string" ? sources.get(word) ?? word : word);
}

export function lateSources(profile: Profile, os: string): LateSource[] {
  const options: SectionOptions = profile.sections.get("backup")?.options ?? {};
  if (options["stdin-from-command"]) return [];
  return (options.source ?? []).flatMap((source, index) =>
    isLate(source, os) ? [lateSource(source, index, profile, os)] : []
  );
}

/** @param index among the sources; those before it are hardly ever left out */
function lateSource(pattern: string, index: number, profile: Profile, os: string): LateSource {
  const folder = backupFolder(profile, os);
  return { late: "source", pattern, folder, flag: undefined, at: profile.at(["backup", "source", index]) };
}
