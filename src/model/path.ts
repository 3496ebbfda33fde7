/** Paths as text, `/` between folders on every system; nothing here looks at the disk. */

/** True for `/x`, and on Windows for `C:/x`, `C:\x` and `\\server\share` as well. */
export function isAbsolutePath(path: string, os: string): boolean {
  return path.startsWith("/") || (os === "windows" && /^(?:[A-Za-z]:)?[/\\]/.test(path));
}

/** Without `.`, `..` (where that is possible) and double `/`; never empty: the current folder is `.`. */
export function cleanPath(path: string): string {
  const root = path.startsWith("/") ? "/" : "";
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (root === "") kept.push(part);
  }
  return root + kept.join("/") || ".";
}

/** One below the other, cleaned; empty parts do not count. */
export function joinPath(...parts: readonly string[]): string {
  return cleanPath(parts.filter((part) => part !== "").join("/"));
}

/** The path itself if it is absolute, else cleaned and below `folder`. */
export function absoluteFrom(folder: string, path: string, os: string): string {
  return isAbsolutePath(path, os) ? path : joinPath(folder, path);
}

/** The folder of a path; `.` for a bare name. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : cleanPath(path.slice(0, end + 1));
}

/** The last part: `c` of `/a/b/c`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The same file by a name that no program takes for a flag. */
export function notAFlag(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** Whether a path has characters that stand for others. */
export function hasWildcards(path: string): boolean {
  return /[*?[]/.test(path);
}

/** A backslash before what a shell would take for something else; wildcards keep theirs, for patterns know it too. */
const ESCAPE = /\\([\s'"()&;<>|`#!{}])/g;

/** The path that such a shell makes of it; undefined where it has no escapes, and on Windows, where `\` parts folders. */
export function withoutEscapes(path: string, os: string): string | undefined {
  if (os === "windows") return undefined;
  const plain = path.replace(ESCAPE, "$1");
  return plain === path ? undefined : plain;
}
