/**
 * What every release of restic since 0.9.0 takes on its command line. The table `restic_flags.json` comes from restic's own
 * manual pages (`scripts/refresh_restic_flags.ts`); here are the questions that the rest of the program asks it.
 */
import table from "./restic_flags.json" with { type: "json" };
import { compareVersions, parseVersion, type ResticVersion } from "./restic_version.ts";

export interface ResticFlag {
  /** First release that has it. */
  readonly since: string;
  /** Last release whose manual shows it; restic hides deprecated flags, and takes them on. */
  readonly last?: string;
  /** First release that refuses it. */
  readonly gone?: string;
  /** The only system that has it. */
  readonly os?: string;
  /** `optional`: alone (`--name`) or with `=`; a following word is not its value. */
  readonly value: "required" | "optional";
  /** One letter. */
  readonly short?: string;
  readonly repeatable?: boolean;
  /** As the manual prints it; absent for repeatable flags. */
  readonly default?: string;
}

/** The restic that a command line is for. */
export interface ResticRelease {
  /** Undefined: not known, the newest of the table counts. */
  readonly version: ResticVersion | undefined;
  /** As `World.os` names it. */
  readonly os: string;
}

interface ResticCommand {
  readonly since: string;
  readonly last?: string;
  readonly flags: Readonly<Record<string, ResticFlag>>;
}

const COMMANDS = table.commands as Readonly<Record<string, ResticCommand>>;
const GLOBAL_FLAGS = COMMANDS["(global)"]!.flags;

const OLDEST: ResticVersion = parseVersion(table.versions[0]!)!;

/** Newest release in the table; it stands for a restic whose version is not known. */
export const NEWEST: ResticVersion = parseVersion(table.versions.at(-1)!)!;

/** All commands of any release, those of two words with a blank; sorted. */
export function resticCommands(): string[] {
  return Object.keys(COMMANDS).filter((name) => name !== "(global)");
}

/** The command, of two words where there is such a one, that a section of a profile configures: `repair-snapshots`, `retention`. */
export function commandOfSection(section: string): string {
  if (section === "retention") return "forget";
  const words = section.replace("-", " ");
  return words !== section && COMMANDS[words] ? words : section;
}

/**
 * The commands that a section's flags may be meant for: `repair` is also for `repair index`, and `copy` for the `init` of its
 * destination.
 */
export function commandsOfSection(section: string): string[] {
  const command = commandOfSection(section);
  const longer = Object.keys(COMMANDS).filter((name) => name.startsWith(`${command} `));
  return [command, ...longer, ...(section === "copy" ? ["init"] : [])];
}

/** `repair snapshots` for `repair` with `snapshots` as the first word after it, if that is a command of two words; else `command`. */
export function fullCommand(command: string, nextWord: string | undefined): string {
  const two = `${command} ${nextWord}`;
  return nextWord !== undefined && COMMANDS[two] ? two : command;
}

/**
 * True for `key list` and `key remove`: the second word has no flags of its own, and every restic takes it as an argument of
 * the first, behind the flags. Other second words must precede theirs.
 */
export function isArgumentOfCommand(command: string): boolean {
  const first = command.split(" ")[0]!;
  const takesArguments = first !== command && Object.keys(COMMANDS[first]?.flags ?? {}).length > 0;
  return takesArguments && Object.keys(COMMANDS[command]?.flags ?? {}).length === 0;
}

/** Keys of the configuration that restic has under another name. */
const RESTIC_NAMES: Readonly<Record<string, string>> = { "repository": "repo", "from-repository": "from-repo" };

/** What restic calls the flag that a key stands for. */
export function flagOfKey(key: string): string {
  return Object.hasOwn(RESTIC_NAMES, key) ? RESTIC_NAMES[key]! : key;
}

/** The keys that stand for a flag: its own name, and what else it is called in a configuration. */
export function keysOfFlag(name: string): string[] {
  return [name, ...Object.keys(RESTIC_NAMES).filter((key) => RESTIC_NAMES[key] === name)];
}

/** The flag in any release, the command's own or a global one; undefined if there never was such a flag. */
export function findFlag(command: string, name: string): ResticFlag | undefined {
  return flagsOf(command).map((flags) => own(flags, name)).find((flag) => flag !== undefined);
}

/**
 * Whether that restic accepts the flag for that command. A command that is unknown, or not there yet, has the global flags alone.
 */
export function acceptsFlag(command: string, name: string, release: ResticRelease): boolean {
  const version = release.version ?? NEWEST;
  // before restic had `key add`, `add` was an argument of `key`
  const entry = [command, command.split(" ")[0]!].map((word) => COMMANDS[word]).find((found) =>
    found !== undefined && reached(found.since, version)
  );
  return [own(entry?.flags, name), own(GLOBAL_FLAGS, name)].some((found) =>
    found !== undefined && reached(found.since, version) &&
    !(found.gone !== undefined && reached(found.gone, version)) &&
    (found.os === undefined || found.os === release.os)
  );
}

/**
 * The last release whose manual has the flag for that command, if a newer one accepts it still: a deprecated name.
 * @returns undefined for a flag that is as good as ever, or not accepted
 */
export function deprecatedAfter(command: string, name: string, release: ResticRelease): string | undefined {
  const last = findFlag(command, name)?.last;
  if (last === undefined || !acceptsFlag(command, name, release)) return undefined;
  return compareVersions(release.version ?? NEWEST, parseVersion(last)!) > 0 ? last : undefined;
}

/** The same for a command as a whole. */
export function commandDeprecatedAfter(command: string, { version = NEWEST }: ResticRelease): string | undefined {
  const last = COMMANDS[command]?.last;
  return last !== undefined && compareVersions(version, parseVersion(last)!) > 0 ? last : undefined;
}

/** The long name behind a letter, for that restic. */
export function longName(command: string, letter: string, release: ResticRelease): string | undefined {
  return flagNames(command).find((name) =>
    findFlag(command, name)?.short === letter && acceptsFlag(command, name, release)
  );
}

/** Flags to which restic gives a meaning when their value is empty; an empty value of any other says nothing. */
export const MEANINGFUL_WHEN_EMPTY: ReadonlySet<string> = new Set(["tag", "keep-tag", "group-by"]);

/** Whether any release knows the flag for the command; commands of two words count for their first word too. */
export function isKnownFlag(command: string, name: string): boolean {
  return flagsOf(command).some((flags) => own(flags, name) !== undefined);
}

/** Names of all flags of the command in any release, global ones included, sorted. */
export function flagNames(command: string): string[] {
  return [...new Set(flagsOf(command).flatMap((flags) => Object.keys(flags)))].sort();
}

/** Whether any command of any release has the flag. */
export function isFlagOfAnyCommand(name: string): boolean {
  allFlags ??= new Set(Object.values(COMMANDS).flatMap(({ flags }) => Object.keys(flags)));
  return allFlags.has(name);
}

/** Asked for each key of each profile. */
let allFlags: ReadonlySet<string> | undefined;

/** Releases of restic in the table, the oldest first. */
export const RELEASES: readonly string[] = table.versions;

/** Whether every command has the flag. */
export function isGlobalFlag(name: string): boolean {
  return own(GLOBAL_FLAGS, name) !== undefined;
}

/** Names of all flags of that command that the release has on some system; of any release if none is given. Sorted. */
export function flagNamesOf(command: string, version: ResticVersion | undefined): string[] {
  const names = flagNames(command);
  if (version === undefined) return names;
  return names.filter((name) => acceptsFlag(command, name, { version, os: findFlag(command, name)?.os ?? "" }));
}

type FlagTable = Readonly<Record<string, ResticFlag>>;

/** By command. */
const tablesOfFlags = new Map<string, readonly FlagTable[]>();

function flagsOf(command: string): readonly FlagTable[] {
  const known = tablesOfFlags.get(command);
  if (known !== undefined) return known;
  const commands = Object.keys(COMMANDS).filter((name) => name === command || name.startsWith(`${command} `));
  const tables = [...commands.map((name) => COMMANDS[name]!.flags), GLOBAL_FLAGS];
  tablesOfFlags.set(command, tables);
  return tables;
}

function own(flags: Readonly<Record<string, ResticFlag>> | undefined, name: string): ResticFlag | undefined {
  return flags && Object.hasOwn(flags, name) ? flags[name] : undefined;
}

/** What the oldest release of the table has counts for those before it too: the table does not go further back. */
function reached(since: string, version: ResticVersion): boolean {
  const first = parseVersion(since)!;
  return compareVersions(version, first) >= 0 || compareVersions(first, OLDEST) === 0;
}
