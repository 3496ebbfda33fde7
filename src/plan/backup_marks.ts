/** What the backup of a profile gives its snapshots: tags, host and paths, by which other commands select them. */
import { formatDecimal } from "../model/go_text.ts";
import { absoluteFrom, isAbsolutePath, joinPath } from "../model/path.ts";
import type { FlagValue, FlagValues } from "../schema/profile.ts";
import { expandVariables } from "../template/expand_variables.ts";
import { mergeFlags } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { findSection } from "./command_section.ts";
import { backupFolder } from "./source_words.ts";
import { isSwitchedOn, NO_ARGUMENTS, type UserArguments, valueOf } from "./user_arguments.ts";

/** One value, so that a snapshot must have all of them; empty without any. */
export function backupTags(planning: Planning): string {
  return [flagsOfBackup(planning).get("tag") ?? []].flat().filter((tag) => typeof tag !== "boolean")
    .map((tag) => typeof tag === "string" ? tag : formatDecimal(tag)).filter((tag) => tag !== "").join(",");
}

/**
 * What a backup says about its host, its own value before the profile's; undefined when that is the name of this machine, and
 * false for no word about it.
 */
export function backupHost(planning: Planning): FlagValue | undefined {
  const host = flagsOfBackup(planning).get("host");
  const says = host !== undefined && host !== true && host !== "" && !(Array.isArray(host) && host.length === 0);
  return says ? host : undefined;
}

/** Whether there is anything to say about paths: a backup is described, or it reads its standard input. */
export function hasPaths(planning: Planning): boolean {
  return planning.profile.sections.has("backup") || readsInput(planning);
}

/**
 * Absolute, as snapshots name them; none when the configuration does not say them.
 * @param onRelative gets the first source that is written relative
 */
export function backupPaths(planning: Planning, onRelative: (source: string) => void): string[] {
  const { profile, facts } = planning;
  if (readsInput(planning)) return [joinPath("/", inputName(planning))];
  const folder = backupFolder(profile, facts.os);
  const configured = profile.sections.get("backup")?.options.source ?? [];
  const sources = configured.length > 0 ? configured : userOfBackup(planning).positional;
  const relative = sources.find((source) => !isAbsolutePath(source, facts.os));
  if (relative !== undefined) onRelative(relative);
  return sources.map((source) => absoluteFrom(folder, source, facts.os));
}

function flagsOfBackup({ profile, common }: Planning): FlagValues {
  return mergeFlags(common, findSection(profile, ["backup"])?.flags);
}

/** The user's arguments, if they are those of a backup. */
function userOfBackup({ command, user }: Planning): UserArguments {
  return command === "backup" ? user : NO_ARGUMENTS;
}

function readsInput(planning: Planning): boolean {
  if (planning.profile.sections.get("backup")?.options["stdin-command"]?.length) return true;
  const flags = flagsOfBackup(planning);
  return ["stdin", "stdin-from-command"].some((name) => isSwitchedOn(name, userOfBackup(planning), flags));
}

/** The file that the input becomes in the snapshot. */
function inputName(planning: Planning): string {
  const configured = [flagsOfBackup(planning).get("stdin-filename") ?? []].flat().at(-1); // restic takes the last
  const text = typeof configured === "boolean" ? "" : String(configured ?? "");
  const name = valueOf(userOfBackup(planning), "stdin-filename") ??
    expandVariables(text, "option", (name) => planning.facts.environment[name]);
  return name === "" ? "stdin" : name;
}
