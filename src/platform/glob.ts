/** File name patterns as Go's `filepath.Glob` reads them: `*`, `?`, `[a-z]`, `[^x]`, `\x`; no braces, `**` is `*`. */
import { absoluteFrom, baseName, folderOf, hasWildcards, isAbsolutePath, joinPath } from "../model/path.ts";
import { FileError, type World } from "./world.ts";

/** What a path with wildcards names: something of that very name, whatever characters it has, else what it matches. */
export function namesOf(world: World, path: string, folder: string): string[] {
  return isThere(world, absoluteFrom(folder, path, world.os)) ? [path] : glob(world, path, folder);
}

/**
 * The paths that match, sorted by character code; a folder that cannot be read holds nothing.
 * @param folder where a relative pattern starts; the paths found stay relative to it
 * @throws {SyntaxError} for a pattern that is not closed
 */
export function glob(world: World, pattern: string, folder: string): string[] {
  const path = pattern.replace(/(.)\/+$/, "$1");
  const at = (name: string) => isAbsolutePath(name, world.os) ? name : joinPath(folder, name);
  if (!hasWildcards(path)) return isThere(world, at(path)) ? [path] : [];
  const above = folderOf(path);
  const matches = nameMatcher(baseName(path));
  const bare = !path.includes("/");
  return (bare ? [""] : glob(world, above, folder)).flatMap((parent) =>
    names(world, at(parent)).filter((name) => matches.test(name)).map((name) => bare ? name : joinPath(parent, name))
  );
}

/** What this user may not look at is not there. */
export function isThere(world: World, path: string): boolean {
  try {
    return world.files.lstat(path) !== undefined;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

function names(world: World, folder: string): string[] {
  try {
    return world.files.stat(folder)?.kind === "directory" ? world.files.list(folder).sort() : [];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

/** A pattern for whole names. @throws {SyntaxError} */
export function nameMatcher(pattern: string): RegExp {
  const part = /\*|\?|\[(\^?)((?:\\.|[^\\\]])+)\]|\\(.)|([^*?[\\])/gsuy;
  let source = "";
  let end = 0;
  for (const match of pattern.matchAll(part)) {
    const [all, not, set, quoted, plain] = match;
    if (all === "*") source += "[^/]*";
    else if (all === "?") source += "[^/]";
    else if (set !== undefined) source += `[${not}${characterSet(set)}]`;
    else source += escaped(quoted ?? plain ?? "");
    end = match.index + all.length;
  }
  if (end < pattern.length) throw new SyntaxError(`Cannot read pattern "${pattern}": it is not closed`);
  return new RegExp(`^${source}$`, "su");
}

function characterSet(set: string): string {
  return set.replace(/\\(.)|[[\]^\\]/gsu, (all, quoted?: string) => {
    const character = quoted ?? all;
    return /[[\]^\\-]/.test(character) ? `\\${character}` : character;
  });
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}
