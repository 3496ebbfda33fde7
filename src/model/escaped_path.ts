/** Paths that were escaped for the shell through which the original starts restic: `App\ Support`. */

/** A backslash before what a shell would take for something else; wildcards keep theirs, for patterns know it too. */
const ESCAPE = /\\([\s'"()&;<>|`#!{}])/g;

/** The path that such a shell makes of it; undefined where it has no escapes, and on Windows, where `\` parts folders. */
export function withoutEscapes(path: string, os: string): string | undefined {
  if (os === "windows") return undefined;
  const plain = path.replace(ESCAPE, "$1");
  return plain === path ? undefined : plain;
}
