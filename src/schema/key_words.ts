/** What the tables say about a key or a flag, in words: for the descriptions of the JSON Schema and the notes of the reference. */
import docs from "./restic_flag_docs.json" with { type: "json" };
import { formatDuration } from "../model/duration.ts";
import type { KeyDefinition } from "./key.ts";
import { commandOfSection, findFlag, isGlobalFlag, resticCommands, type ResticFlag } from "./restic_flags.ts";

const DOCS: Readonly<Record<string, Readonly<Record<string, string>>>> = docs;

/** The default as it would be written; undefined without one. */
export function writtenDefault(
  { type, usual, default: value = usual }: KeyDefinition,
): string | number | boolean | undefined {
  return type === "duration" && typeof value === "number" ? formatDuration(value) : value;
}

/** What restic's manual says of the flag; undefined where it says nothing. @param section of a profile; undefined: of any */
export function flagDoc(name: string, section?: string): string | undefined {
  const commands = section === undefined ? resticCommands() : [commandOfSection(section)];
  const found = [...commands, "(global)"].map((command) => DOCS[command]?.[name]).find((doc) => doc !== undefined);
  return found && found[0]!.toUpperCase() + found.slice(1);
}

/** The flag in any release, of the section's command or (undefined) of the first command that has it. */
export function flagOf(name: string, section?: string): ResticFlag | undefined {
  if (section !== undefined) return findFlag(commandOfSection(section), name);
  const command = resticCommands().find((command) => findFlag(command, name) !== undefined);
  return command === undefined ? undefined : findFlag(command, name);
}

/** Commands that have the flag, sorted; empty for a flag of all. */
export function commandsWithFlag(name: string): string[] {
  return isGlobalFlag(name) ? [] : resticCommands().filter((command) => findFlag(command, name) !== undefined);
}

/** Which restic has the flag: `since restic 0.14.0`, `Windows only`. */
export function flagReleases({ since, last, gone, os }: ResticFlag, oldest: string): string[] {
  return [
    ...since === oldest ? [] : [`since restic ${since}`],
    ...last === undefined ? [] : [`out of restic's manual after ${last}`],
    ...gone === undefined ? [] : [`refused since restic ${gone}`],
    ...os === undefined ? [] : [`${os === "windows" ? "Windows" : os} only`],
  ];
}
