/** From values of the configuration to words for restic: `--name=value`, `--name`, sorted by name. */
import { formatDecimal } from "../model/go_text.ts";
import type { Argument } from "../model/plan.ts";
import { isDeciding } from "../schema/deciding_flags.ts";
import { PATH_FLAGS } from "../schema/path_flags.ts";
import type { FlagValue, FlagValues } from "../schema/profile.ts";
import { findFlag, MEANINGFUL_WHEN_EMPTY } from "../schema/restic_flags.ts";
import { resticTime } from "./restic_time.ts";

/** Flags whose value is a point in time; restic takes no other form than its own. */
const TIMES = new Set(["time", "new-time", "oldest", "newest"]);

/** A flag of the section replaces the common one as a whole, also by a value that stands for nothing. */
export function mergeFlags(common: FlagValues, section: FlagValues | undefined): Map<string, FlagValue> {
  return new Map([...common, ...(section ?? [])]);
}

/**
 * @param late words that are made when the step starts, by the flag they stand for
 * @param command restic's: its table says whether a 0 differs from leaving the flag out
 * @param expanded flags without variables, beside those that always name files
 */
export function flagArguments(
  flags: FlagValues,
  late: ReadonlyMap<string, Argument>,
  command: string,
  expanded: ReadonlySet<string> = new Set(),
): Argument[] {
  return [...flags.keys(), ...late.keys()].sort().flatMap((name) => {
    const made = late.get(name);
    if (made !== undefined) return [made];
    const words = flagWords(name, flags.get(name) ?? null, command);
    if (isFile(name) || expanded.has(name)) return words;
    return words.map(isDeciding(command, name) ? decidingIfVariable : lateIfVariable);
  });
}

/** The words of one flag; none when its value stands for nothing. */
export function flagWords(name: string, value: FlagValue, command: string): string[] {
  if (typeof value === "object" && value !== null) return value.flatMap((item) => flagWords(name, item, command));
  switch (typeof value) {
    case "boolean":
      return value ? [`--${name}`] : [];
    case "string":
      return value !== "" || MEANINGFUL_WHEN_EMPTY.has(name) ? [`--${name}=${textFor(name, value)}`] : [];
    case "number":
    case "bigint":
      return Number(value) !== 0 || isZeroSaid(name, command) ? [`--${name}=${formatDecimal(value)}`] : [];
    default:
      return [];
  }
}

/** The text as restic wants it. Blocks of YAML (`>`, `|`) and HCL end in a line break that is not meant. */
function textFor(name: string, text: string): string {
  const line = text.replace(/\r?\n$/, "");
  if (name === "option") return asCsv(line);
  return TIMES.has(name) ? resticTime(line) : line;
}

/** restic reads an option as a line of CSV, and refuses a quote in the middle of a text that is not quoted as a whole. */
function asCsv(text: string): string {
  return text.includes('"') && !text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;
}

/** True when 0 is not what restic does anyway: `max-unused` is 5% without the flag. */
function isZeroSaid(name: string, command: string): boolean {
  return !["", "0", "0s", "false"].includes(findFlag(command, name)?.default ?? "");
}

/** Their values are expanded when the configuration is loaded; nothing is expanded in the result. */
function isFile(name: string): boolean {
  return PATH_FLAGS[name.replace(/2$/, "")] !== undefined;
}

export function lateIfVariable(word: string): Argument {
  return word.includes("$") ? { late: "variables", text: word } : word;
}

function decidingIfVariable(word: string): Argument {
  return word.includes("$") ? { late: "variables", text: word, isDeciding: true } : word;
}
