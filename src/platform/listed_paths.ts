/**
 * Files with patterns or paths for restic, one a line, and what is likely wrong in them. restic does not replace `~` there, while
 * the configuration does in the same patterns; and it skips a source that does not exist without naming file and line.
 */
import { decodeText } from "../model/decode.ts";
import type { Diagnostic, Position } from "../model/diagnostic.ts";
import { absoluteFrom, hasWildcards } from "../model/path.ts";
import { unlessFileError } from "./unless_file_error.ts";
import type { World } from "./world.ts";

interface Reading {
  /** Spaces around a line and lines with `#` do not belong to it. */
  readonly isTrimmed: boolean;
  /** `!` in front takes back what other lines exclude. */
  readonly mayNegate: boolean;
  /** `$NAME` is replaced. */
  readonly hasVariables: boolean;
  readonly separator: string;
}

const PATTERNS: Reading = { isTrimmed: true, mayNegate: true, hasVariables: true, separator: "\n" };

/** How restic reads the files of these flags. */
const READINGS: Readonly<Record<string, Reading>> = {
  "exclude-file": PATTERNS,
  "iexclude-file": PATTERNS,
  "include-file": PATTERNS,
  "iinclude-file": PATTERNS,
  "files-from": { ...PATTERNS, mayNegate: false, hasVariables: false },
  "files-from-verbatim": { isTrimmed: false, mayNegate: false, hasVariables: false, separator: "\n" },
  "files-from-raw": { isTrimmed: false, mayNegate: false, hasVariables: false, separator: "\0" },
};

/** In bytes: longer lists come from programs, which write complete paths of existing files. */
const LONGEST_READ = 2 ** 22;

/** Entries of one list that are looked for on the disk; each look is a system call. */
const MOST_LOOKED_FOR = 10_000;

/** Missing entries of one list that get a warning of their own. */
const MOST_NAMED = 20;

/** A file by the flag of restic that names it. */
export interface ListFile {
  readonly flag: string;
  readonly path: string;
}

/** Those that words for restic name, in either form of a flag. */
export function listFiles(words: readonly string[]): ListFile[] {
  return words.flatMap((word, index): ListFile[] => {
    const [, flag = "", joined] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const path = joined ?? words[index + 1];
    return Object.hasOwn(READINGS, flag) && path !== undefined ? [{ flag, path }] : [];
  });
}

/** @param folder that a relative path starts in; absolute */
export function homesInList({ flag, path }: ListFile, folder: string, world: World): Diagnostic[] {
  const reading = Object.hasOwn(READINGS, flag) ? READINGS[flag] : undefined;
  const text = reading && readList(absoluteFrom(folder, path, world.os), world);
  if (reading === undefined || text === undefined || !text.includes("~")) return [];
  return text.split(reading.separator).flatMap((line, index): Diagnostic[] => {
    const found = homeIn(line, reading, world);
    if (found === undefined) return [];
    const { tilde, home, column } = found;
    const meant = reading.hasVariables && tilde === "~" ? "$HOME" : home;
    return [{
      code: "home-folder",
      severity: "warning",
      message: `restic takes "${tilde}" for the name of a file here, not for a home folder`,
      at: placeOf(reading, path, index, column),
      hint: `Write ${meant} in its place`,
    }];
  });
}

/** Warnings for the entries of a list of sources that do not exist. @param folder that relative paths start in; absolute */
export function missingInList({ flag, path }: ListFile, folder: string, world: World): Diagnostic[] {
  const reading = Object.hasOwn(READINGS, flag) && flag.startsWith("files-from") ? READINGS[flag] : undefined;
  const text = reading && readList(absoluteFrom(folder, path, world.os), world);
  if (reading === undefined || text === undefined) return [];
  const missing: Diagnostic[] = [];
  let more = 0;
  for (const [index, line] of text.split(reading.separator, MOST_LOOKED_FOR).entries()) {
    const entry = sourceIn(line, reading);
    if (entry === undefined || !isMissing(absoluteFrom(folder, entry, world.os), world)) continue;
    if (missing.length === MOST_NAMED) more++;
    else missing.push(warning(`Source "${entry}" does not exist: it is not saved`, placeOf(reading, path, index, 1)));
  }
  return more === 0
    ? missing
    : [...missing, warning(`${more} more sources of the list do not exist`, { path, line: 1, column: 1 })];
}

function warning(message: string, at: Position): Diagnostic {
  return { code: "backup-source", severity: "warning", message, at };
}

/** Undefined for what names no source, and for patterns: they may match nothing. */
function sourceIn(line: string, { isTrimmed, separator }: Reading): string | undefined {
  if (!isTrimmed) return (separator === "\n" ? line.replace(/\r$/, "") : line) || undefined;
  const entry = line.trim();
  return entry === "" || entry.startsWith("#") || hasWildcards(entry) || entry.includes("\\") ? undefined : entry;
}

/** Lists with NUL between their entries have no lines. */
function placeOf({ separator }: Reading, path: string, index: number, column: number): Position {
  return separator === "\n" ? { path, line: index + 1, column } : { path, line: 1, column: 1 };
}

/** False for a path that this user may not access: restic reports it. */
export function isMissing(path: string, { files }: World): boolean {
  return unlessFileError(() => files.lstat(path) === undefined, false);
}

interface Home {
  /** `~` or `~user` */
  readonly tilde: string;
  readonly home: string;
  /** Of the `~`, from 1. */
  readonly column: number;
}

/** By the rule of the configuration: the name of a user that there is, or none. `~$*` and `~lock` are patterns like others. */
function homeIn(line: string, { isTrimmed, mayNegate }: Reading, world: World): Home | undefined {
  const start = isTrimmed ? /^\s*/.exec(line)![0].length : 0;
  const negated = mayNegate && line[start] === "!" ? 1 : 0;
  const rest = isTrimmed ? line.slice(start + negated).trimEnd() : line.replace(/\r$/, "");
  const [tilde, user] = /^~([^/\\]*)(?=[/\\]|$)/.exec(rest) ?? [];
  if (tilde === undefined || (user !== "" && tilde === rest)) return undefined;
  const home = user === "" ? world.homeDir() ?? "$HOME" : world.homeDir(user);
  const column = [...line.slice(0, start + negated)].length + 1;
  return home === undefined ? undefined : { tilde, home, column };
}

/** Undefined for what cannot be read (restic reports it), is not a plain file, or too long. */
function readList(path: string, { files }: World): string | undefined {
  return unlessFileError(() => {
    const info = files.stat(path);
    return info?.kind === "file" && info.size <= LONGEST_READ ? decodeText(files.read(path)) : undefined;
  }, undefined);
}
