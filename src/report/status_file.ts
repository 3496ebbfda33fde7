/**
 * The status file: one JSON object that monitoring reads at any time, shared by profiles that may run at the same time. So it is
 * replaced as a whole, under a lock, and what other programs have put into it stays.
 */
import { KEPT_OF_TEXTS } from "../model/failure_variables.ts";
import type { Summary } from "../model/outcome.ts";
import type { SectionReport } from "../model/run_report.ts";
import { lastLines } from "../model/last_lines.ts";
import { isTable, type Table, type Value } from "../model/value.ts";
import { putInPlace, replaceFile } from "../platform/replace_file.ts";
import { FileError, type Files } from "../platform/world.ts";
import { rfc3339 } from "../model/local_time.ts";
import type { Monitored } from "./monitored.ts";
import { type FileChange, whileLocked } from "./shared_file.ts";

/** In the order of the file. */
const SECTIONS = ["backup", "retention", "check"] as const;
const EMPTY = '{"profiles":{}}\n';

/**
 * Puts outcomes of steps into a status file, which is made with its folders.
 * @throws {FileError} when it cannot be written
 */
export function writeStatus(path: string, outcomes: readonly Monitored[], files: Files): FileChange {
  return whileLocked(path, EMPTY, files, () => {
    for (const outcome of outcomes) replaceFile(files, path, withEntry(readStatus(path, files), outcome));
  });
}

/** What is not a status, or cannot be read, is kept as `NAME.bad`: it may be another program's, and shows what went wrong. */
function readStatus(path: string, files: Files): Table {
  const bytes = readBytes(path, files);
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") return {};
  try {
    const status: Value = JSON.parse(text);
    if (isTable(status)) return status;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  putInPlace(files, `${path}.bad`, bytes, files.stat(path)); // a copy: the file keeps its lock and readers until it is replaced
  return {};
}

function readBytes(path: string, files: Files): Uint8Array {
  try {
    return files.read(path);
  } catch (error) {
    if (!(error instanceof FileError) || error.reason !== "denied") throw error;
    files.rename(path, `${path}.bad`);
    return new Uint8Array();
  }
}

/** Written key by key, because objects sort names that are numbers in their own way. */
function withEntry(status: Table, outcome: Monitored): string {
  const { job, section } = outcome;
  const profiles = tableOf(status["profiles"]);
  const profile = tableOf(profiles[job.profile]);
  const entry = { ...entryOf(outcome), ...unknownOf(profile[section]) };
  const changed = inOrder({ ...profile, [section]: entry });
  const names = [...new Set([...Object.keys(profiles), job.profile])].sort();
  const entries = names.map((name) => [name, name === job.profile ? changed : encode(profiles[name])] as const);
  const others = Object.entries(status).filter(([key]) => key !== "profiles").map(([key, value]) =>
    [key, encode(value)] as const
  );
  return `${object([["profiles", object(entries)], ...others])}\n`;
}

function inOrder(profile: Table): string {
  const rank = (key: string) => [...SECTIONS, key].indexOf(key);
  const entries = Object.entries(profile).sort(([a], [b]) => rank(a) - rank(b));
  return object(entries.map(([key, value]) => [key, encode(value)]));
}

function entryOf({ section, at, failure, error, outcome }: SectionReport) {
  return {
    success: failure === undefined,
    time: rfc3339(at, true),
    error,
    stderr: lastLines(outcome.stderr, KEPT_OF_TEXTS),
    duration: Math.ceil(outcome.durationMs / 1_000),
    ...(section === "backup" ? countersOf(failure ? undefined : outcome.summary) : {}),
  };
}

function countersOf(summary: Summary | undefined) {
  return {
    files_new: summary?.filesNew ?? 0,
    files_changed: summary?.filesChanged ?? 0,
    files_unmodified: summary?.filesUnmodified ?? 0,
    dirs_new: summary?.dirsNew ?? 0,
    dirs_changed: summary?.dirsChanged ?? 0,
    dirs_unmodified: summary?.dirsUnmodified ?? 0,
    files_total: summary?.filesTotal ?? 0,
    bytes_added: summary?.bytesAdded ?? 0,
    bytes_added_packed: summary?.bytesAddedPacked ?? 0,
    bytes_total: summary?.bytesTotal ?? 0,
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  "success",
  "time",
  "error",
  "stderr",
  "duration",
  ...Object.keys(countersOf(undefined)),
]);

/** Fields of an entry that this program does not write. */
function unknownOf(entry: Value | undefined): Table {
  return Object.fromEntries(Object.entries(tableOf(entry)).filter(([key]) => !KNOWN.has(key)));
}

function tableOf(value: Value | undefined): Table {
  return isTable(value) ? value : {};
}

function object(entries: readonly (readonly [key: string, json: string])[]): string {
  return `{${entries.map(([key, json]) => `${encode(key)}:${json}`).join(",")}}`;
}

/** As Go writes JSON: safe inside of HTML. */
function encode(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
