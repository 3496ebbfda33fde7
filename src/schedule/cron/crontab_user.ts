/** Whether the lines of a crontab file have a user column: files of the system have one, those of users do not. */
import { absoluteFrom, baseName, cleanPath, folderOf } from "../../model/path.ts";
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";

const SYSTEM_FOLDERS = ["/etc/cron.d", "/usr/local/etc/cron.d"];

/** Whether cron reads a file for the system, be it there or not, whatever its lines look like. */
export function isSystemCrontab(path: string, { files, os, startDir }: World): boolean {
  const absolute = cleanPath(absoluteFrom(startDir, path, os));
  const folders = [folderOf(absolute), realFolder(folderOf(absolute), files)];
  return folders.some((folder) =>
    SYSTEM_FOLDERS.includes(folder) || folder === "/etc" && baseName(absolute) === "crontab"
  );
}

function realFolder(folder: string, files: World["files"]): string {
  return unlessFileError(() => files.realPath(folder), folder);
}

/** What Debian's cron takes for the name of a file with jobs. */
export function isReadInFolder(path: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(baseName(path));
}

const HEADER = /^#\s*\*(?:\s+\*){4}\s+(user\S*\s+)?(?:command|cmd)/i;
const ENTRY = /^\s*(?:@\w+|[^\s#]\S*(?:\s+\S+){4})(?:\t| {2,})\s*(\S+(?:\t| {2,})\s*\S)?/;

/** The header tells, if there is one; else most of the entries. */
export function hasUserColumn(table: string): boolean {
  const lines = table.split("\n");
  const headers = lines.flatMap((line) => matchOf(HEADER, line));
  const entries = lines.flatMap((line) => matchOf(ENTRY, line));
  const withUser = entries.filter(Boolean).length;
  if (headers.length === 0) return withUser * 4 > entries.length * 3;
  return headers.every(Boolean) || headers.some(Boolean) && withUser > 0;
}

/** Whether a line of this kind has the column; nothing for other lines. */
function matchOf(pattern: RegExp, line: string): boolean[] {
  const match = pattern.exec(line);
  return match ? [match[1] !== undefined] : [];
}
