/**
 * Files with patterns or paths for restic, one a line: restic replaces no `~` in them, while the configuration has it replaced in
 * the same patterns. Whoever moves a list into a file loses it without a word.
 */
import { decodeText } from "../model/decode.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { absoluteFrom } from "../model/path.ts";
import { FileError, type World } from "./world.ts";

interface Reading {
  /** Spaces around a line and lines with `#` are no part of it. */
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

/** In bytes: longer lists come from programs, which know no `~`. */
const LONGEST_READ = 2 ** 22;

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
      severity: "warning",
      message: `restic takes "${tilde}" for the name of a file here, not for a home folder`,
      at: reading.separator === "\n" ? { path, line: index + 1, column } : { path, line: 1, column: 1 },
      hint: `Write ${meant} in its place`,
    }];
  });
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

/** Undefined for what cannot be read, is no plain file or too long: restic tells of the first. */
function readList(path: string, { files }: World): string | undefined {
  try {
    const info = files.stat(path);
    return info?.kind === "file" && info.size <= LONGEST_READ ? decodeText(files.read(path)) : undefined;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
