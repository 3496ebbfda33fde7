/** The counters that restic prints at the end of a backup, from the JSON and from the plain text of all its versions. */
import type { Summary } from "../model/outcome.ts";

export interface SummaryReader {
  /** Lines without this text need not be read. */
  readonly mark: string;
  /** One line without its line feed. */
  read(line: string): void;
  /** Undefined as long as there was nothing of a summary. */
  summary(): Summary | undefined;
}

const NOTHING: Summary = {
  filesNew: 0,
  filesChanged: 0,
  filesUnmodified: 0,
  dirsNew: 0,
  dirsChanged: 0,
  dirsUnmodified: 0,
  filesTotal: 0,
  bytesAdded: 0,
  bytesAddedPacked: 0,
  bytesTotal: 0,
};

export function summaryReader(form: "json" | "plain"): SummaryReader {
  const readLine = form === "json" ? readJson : readPlain;
  let found: Summary | undefined;
  return {
    mark: form === "json" ? SUMMARY : "",
    read(line) {
      const part = readLine(line);
      if (part) found = { ...NOTHING, ...found, ...part };
    },
    summary: () => found,
  };
}

/** Older restic clears the line of its terminal before each message. */
// deno-lint-ignore no-control-regex
const CLEARED = /^\r?\x1b\[2K|^\r/;
/** In the message that counts, and rarely in the thousands about files and progress. */
const SUMMARY = '"summary"';

function readJson(line: string): Partial<Summary> | undefined {
  if (!line.includes(SUMMARY)) return undefined;
  const value = parseObject(line.replace(CLEARED, ""));
  if (value?.message_type !== "summary") return undefined;
  const count = (key: string) => typeof value[key] === "number" ? value[key] : 0;
  return {
    filesNew: count("files_new"),
    filesChanged: count("files_changed"),
    filesUnmodified: count("files_unmodified"),
    dirsNew: count("dirs_new"),
    dirsChanged: count("dirs_changed"),
    dirsUnmodified: count("dirs_unmodified"),
    filesTotal: count("total_files_processed"),
    bytesAdded: count("data_added"),
    bytesAddedPacked: count("data_added_packed"),
    bytesTotal: count("total_bytes_processed"),
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

const COUNTS = String.raw`:\s+(\d+) new,\s+(\d+) changed,\s+(\d+) unmodified`;
const FILES = new RegExp(`^Files${COUNTS}`);
const DIRS = new RegExp(`^Dirs${COUNTS}`);
const SIZE = String.raw`(\d+(?:\.\d+)?) ([KMGTPE]i)?B`;
/** `Added to the repository: 4.879 MiB (490.857 KiB stored)`; `repo` and no size in the repository before restic 0.14. */
const ADDED = new RegExp(
  String.raw`^(?:Added|Would add) to the repo(?:sitory)?:\s+${SIZE}(?:\s+\(${SIZE}\s+stored\))?`,
);
const PROCESSED = new RegExp(String.raw`^processed (\d+) files,\s+${SIZE}`);

function readPlain(line: string): Partial<Summary> | undefined {
  const files = FILES.exec(line);
  if (files) return { filesNew: Number(files[1]), filesChanged: Number(files[2]), filesUnmodified: Number(files[3]) };
  const dirs = DIRS.exec(line);
  if (dirs) return { dirsNew: Number(dirs[1]), dirsChanged: Number(dirs[2]), dirsUnmodified: Number(dirs[3]) };
  const added = ADDED.exec(line);
  if (added) return { bytesAdded: bytes(added[1], added[2]), bytesAddedPacked: bytes(added[3], added[4]) };
  const processed = PROCESSED.exec(line);
  if (processed) return { filesTotal: Number(processed[1]), bytesTotal: bytes(processed[2], processed[3]) };
  return undefined;
}

const UNITS = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** Whole bytes of `1.234`, `Ki`. */
function bytes(number: string | undefined, unit: string | undefined): number {
  return Math.round(Number(number ?? 0) * 1024 ** UNITS.indexOf(unit ?? ""));
}
