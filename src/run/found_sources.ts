/** Sources of a backup: which of them exist when a step starts. */
import type { Diagnostic, Position } from "../model/diagnostic.ts";
import { absoluteFrom, hasWildcards, notAFlag, withoutEscapes } from "../model/path.ts";
import type { LateSource, NamedSource, ResticStep } from "../model/plan.ts";
import { NameError, namesOf } from "../platform/glob.ts";
import { homesInList, isMissing, listFiles, missingInList } from "../platform/listed_paths.ts";
import type { World } from "../platform/world.ts";
import { diagnoseOnce, type RunContext } from "./run_context.ts";

export interface FoundSource {
  readonly names: readonly string[];
  readonly problem: Diagnostic | undefined;
}

/** What a source stands for now. A pattern that cannot be read stands for itself; names that cannot be passed on are an error. */
export function findSource({ pattern, folder, flag, at }: LateSource, world: World): FoundSource {
  const warning = (message: string): Diagnostic => ({ code: "backup-source", severity: "warning", message, at });
  try {
    const names = namesOf(world, pattern, folder);
    if (names.length > 0) return { names, problem: undefined };
    const plain = withoutEscapes(pattern, world.os);
    const meant = plain === undefined ? [] : namesOf(world, plain, folder);
    if (meant.length > 0) {
      return { names: meant, problem: warning(`Source "${pattern}" does not exist: "${plain}" is used`) };
    }
    if (!hasWildcards(pattern)) {
      return { names: [pattern], problem: flag === undefined ? warning(missing(pattern)) : undefined };
    }
    return { names, problem: warning(`Source "${pattern}" matches nothing`) };
  } catch (error) {
    if (error instanceof NameError) return { names: [], problem: unnamed(error, pattern, at) };
    if (!(error instanceof SyntaxError)) throw error;
    return { names: [pattern], problem: warning(error.message) };
  }
}

function unnamed({ message, folder }: NameError, pattern: string, at: Position | undefined): Diagnostic {
  return {
    code: "backup-source",
    severity: "error",
    message: `Cannot use source "${pattern}": ${message}`,
    at,
    hint: `Write "${folder}" itself, or list what is in it in a file for files-from-raw`,
  };
}

/** The words for `backup`, or for a command that selects its snapshots by `--path`. */
export function sourceWords(names: readonly string[], { flag, folder }: LateSource, { os }: World): string[] {
  if (flag === undefined) return names.map(notAFlag);
  return names.map((name) => `--${flag}=${absoluteFrom(folder, name, os)}`);
}

/**
 * What the backup of this run has saved is what its retention selects, whatever has come and gone since.
 * @throws {Error} for names that cannot be passed on, and when a selection would lack a path: fewer paths select more snapshots
 */
export function bindSource(source: LateSource, context: RunContext): string[] {
  const { world, state } = context;
  const key = `${source.folder}\0${source.pattern}`;
  const saved = source.flag === undefined ? undefined : state.savedSources.get(key);
  if (saved?.length === 0) throw noPath(source);
  if (saved !== undefined) return sourceWords(saved, source, world);
  const { names, problem } = findSource(source, world);
  if (problem?.severity === "error") throw new Error(`${problem.message}. ${problem.hint}`);
  if (source.flag === undefined) state.savedSources.set(key, names);
  else if (names.length === 0) throw noPath(source);
  if (problem !== undefined) diagnoseOnce(context, problem);
  return sourceWords(names, source, world);
}

/** restic's own line names no place in the configuration, and is easily missed. */
export function warnOfMissing(sources: readonly NamedSource[], context: RunContext): void {
  for (const { name, path, at } of sources) {
    if (!isMissing(path, context.world)) continue;
    diagnoseOnce(context, { code: "backup-source", severity: "warning", message: missing(name), at });
  }
}

/** In the files of `exclude-file`, `files-from` and the like, which a hook may have made. @param words for restic */
export function warnOfLists(words: readonly string[], { command, workingDir }: ResticStep, context: RunContext): void {
  const { world } = context;
  for (const list of listFiles(words)) {
    const homes = homesInList(list, workingDir, world);
    const missing = command === "backup" ? missingInList(list, workingDir, world) : [];
    const others = missing.filter(({ at }) => !homes.some((home) => home.at?.line === at?.line));
    for (const problem of [...homes, ...others]) diagnoseOnce(context, problem);
  }
}

function missing(name: string): string {
  return `Source "${name}" does not exist: it is not saved`;
}

/** A selection without one of its paths takes more snapshots. */
export function noPath({ pattern }: LateSource): Error {
  return new Error(`Cannot select snapshots by path: source "${pattern}" matches nothing`);
}
