/**
 * File name patterns as Go's `filepath.Glob` reads them: `*`, `?`, `[a-z]`, `[^x]`, `\\x`; no braces. A `**` that is a name of its
 * own stands for folders of any depth, none included; as the last name it is `*`.
 */
import { absoluteFrom, baseName, folderOf, hasWildcards, joinPath } from "../model/path.ts";
import { unlessFileError } from "./unless_file_error.ts";
import type { FolderEntry, World } from "./world.ts";

/** A `**` that looks into more folders is a mistake, as in `/**`. */
const MOST_FOLDERS = 100_000;

/** Something matches that has no name as text. */
export class NameError extends Error {
  override name = "NameError";
  constructor(readonly folder: string) {
    super(`A name in "${folder}" is not UTF-8`);
  }
}

/** What a path with wildcards names: something of that very name, whatever characters it has, else what it matches. */
export function namesOf(world: World, path: string, folder: string): string[] {
  return isThere(world, absoluteFrom(folder, path, world.os)) ? [path] : glob(world, path, folder);
}

/**
 * The paths that match, sorted by character code; a folder that cannot be read holds nothing.
 * @param folder where a relative pattern starts; the paths found stay relative to it
 * @throws {SyntaxError} for a pattern that is not closed, or looks into too many folders
 * @throws {NameError}
 */
export function glob(world: World, pattern: string, folder: string): string[] {
  let left = MOST_FOLDERS;
  const inside = (path: string) => entriesOf(world, at(path));
  function at(path: string): string {
    return absoluteFrom(folder, path === "" ? "." : path, world.os);
  }
  function named(path: string, { name, isText }: FolderEntry): string {
    if (!isText) throw new NameError(at(path));
    return path === "" ? name : joinPath(path, name);
  }
  function matches(path: string, accepts: (entry: FolderEntry) => boolean): string[] {
    if (!hasWildcards(path)) return isThere(world, at(path)) ? [path] : [];
    const matcher = nameMatcher(baseName(path));
    return folders(path).flatMap((parent) =>
      inside(parent).filter((entry) => matcher.test(entry.name) && accepts(entry)).map((entry) => named(parent, entry))
    );
  }
  /** Those that the last name of a path is looked for in; the empty one is `folder`. */
  function folders(path: string): string[] {
    if (!path.includes("/")) return [""];
    const above = folderOf(path);
    if (baseName(above) !== "**") return matches(above, ({ kind }) => kind !== "file");
    return [...new Set(folders(above).flatMap(withFoldersBelow))];
  }
  /** Links are not followed: they may lead back. */
  function withFoldersBelow(path: string): string[] {
    if (left-- <= 0) throw new SyntaxError(`Cannot use pattern "${pattern}": it looks into too many folders`);
    const below = inside(path).filter(({ kind }) => kind === "directory");
    return [path, ...below.flatMap((entry) => withFoldersBelow(named(path, entry)))];
  }
  const found = matches(pattern.replace(/(.)\/+$/, "$1"), () => true);
  return pattern.includes("**") ? found.sort() : found;
}

/** What this user may not look at is not there. */
export function isThere(world: World, path: string): boolean {
  return unlessFileError(() => world.files.lstat(path) !== undefined, false);
}

/** Sorted; empty for anything but a readable folder. */
function entriesOf({ files }: World, folder: string): FolderEntry[] {
  const entries = unlessFileError(() => files.stat(folder)?.kind === "directory" ? files.entries(folder) : [], []);
  return entries.sort((one, other) => one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
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
