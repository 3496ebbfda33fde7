/** Flags that the restic in use does not have, or has under another name by now. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { KeyTable } from "../schema/key.ts";
import { isDeciding } from "../schema/deciding_flags.ts";
import type { FlagValues, Profile, Section } from "../schema/profile.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import {
  acceptsFlag,
  commandDeprecatedAfter,
  commandOfSection,
  commandsOfSection,
  deprecatedAfter,
  findFlag,
  isFlagOfAnyCommand,
  resticCommands,
  type ResticRelease,
} from "../schema/restic_flags.ts";
import { sectionKeys } from "../schema/section_keys.ts";
import { isSectionName, sectionNames } from "../schema/section_names.ts";

/** What took the place of deprecated names, as far as one did. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  "hostname": '"host"',
  "key-hint2": '"from-key-hint"',
  "last": '"latest: 1"',
  "password-command2": '"from-password-command"',
  "password-file2": '"from-password-file"',
  "rebuild-index": '"repair-index"',
  "repo2": '"from-repository"',
  "repository-file2": '"from-repository-file"',
  "snapshot-template": '"time-template"',
};

export interface ResticInUse extends ResticRelease {
  /** Whether flags that it does not have are left out. */
  readonly filter: boolean;
}

/** What restic does about a flag; undefined: it takes it. */
type Verdict = { readonly text: string; readonly hint?: string } | undefined;

/** Verdicts are remembered: profiles of one file are much alike. */
export function releaseCheck(restic: ResticInUse): (profile: Profile) => Diagnostic[] {
  const known = new Map<string, Verdict>();
  const verdictOn = (section: string | undefined, flag: string) => {
    const key = `${section} ${flag}`;
    if (!known.has(key)) known.set(key, judge(section, flag, restic));
    return known.get(key);
  };
  const check = (profile: Profile, section: Section | undefined) => {
    const path = section ? [section.name] : [];
    return flagsIn(section ?? profile, section ? sectionKeys(section.name) : PROFILE_KEYS).flatMap(([key, flag]) => {
      const verdict = verdictOn(section?.name, flag);
      return verdict === undefined ? [] : [told(profile, [...path, key], verdict)];
    });
  };
  return (profile) => {
    const sections = [...profile.sections.values()].filter(({ name }) => isSectionName(name));
    return [
      ...check(profile, undefined),
      ...sections.flatMap((section) => [...oldSection(profile, section, restic), ...check(profile, section)]),
    ];
  };
}

/** Keys that are passed on, with the flag they are passed on as. */
function flagsIn(
  { options, flags }: { readonly options: object; readonly flags: FlagValues },
  keys: KeyTable,
): [key: string, flag: string][] {
  const typed = Object.entries(options).flatMap(([key, value]): [string, string][] => {
    const flag = keys[key]?.flag;
    const isSet = value !== false && value !== 0 && !(Array.isArray(value) && value.length === 0);
    return flag !== undefined && isSet && !isRenamed(flag) ? [[key, flag]] : [];
  });
  return [...typed, ...[...flags.keys()].map((key): [string, string] => [key, key])];
}

/** Older releases get these under the names that they have for them. */
function isRenamed(flag: string): boolean {
  return flag.startsWith("from-");
}

/** @param section undefined: the profile itself. What no restic ever had is reported as an unknown key. */
function judge(section: string | undefined, flag: string, restic: ResticInUse): Verdict {
  if (!isFlagOfAnyCommand(flag)) return undefined;
  const commands = section === undefined ? resticCommands() : commandsOfSection(section);
  const accepting = commands.filter((each) => acceptsFlag(each, flag, restic));
  // the command does not run then, which is reported where that is decided
  if (restic.filter && section !== undefined && isDeciding(commandOfSection(section), flag) && accepting.length === 0) {
    return undefined;
  }
  if (accepting.length === 0) {
    const name = restic.version === undefined ? "restic" : `restic ${restic.version.join(".")}`;
    const consequence = restic.filter ? "it is left out" : "it will be refused";
    const command = section === undefined ? "any command" : commandOfSection(section);
    const system = commands.map((each) => findFlag(each, flag)?.os).find((os) => os !== undefined && os !== restic.os);
    if (system !== undefined) {
      return { text: `: ${name} has this flag on ${SYSTEMS[system] ?? system} only, ${consequence}` };
    }
    return {
      text: `: ${name} has no such flag for ${command}, ${consequence}`,
      ...section === undefined ? {} : otherHome(section, flag, restic),
    };
  }
  const lasts = accepting.map((each) => deprecatedAfter(each, flag, restic));
  const [last] = lasts;
  return last === undefined || lasts.includes(undefined) ? undefined : deprecated(flag, last);
}

const SYSTEMS: Readonly<Record<string, string>> = { windows: "Windows", linux: "Linux", darwin: "macOS" };

/** A flag that few other commands have was likely meant for one of them. */
function otherHome(section: string, flag: string, restic: ResticInUse): { hint?: string } {
  const homes = sectionNames().filter((name) => acceptsFlag(commandOfSection(name), flag, restic));
  if (homes.length === 0 || homes.length > 3 || homes.includes(section)) return {};
  return { hint: `It is for ${homes.map((name) => `"${name}"`).join(" or ")}` };
}

function oldSection(profile: Profile, { name }: Section, restic: ResticInUse): Diagnostic[] {
  const last = commandDeprecatedAfter(commandOfSection(name), restic);
  return last === undefined ? [] : [told(profile, [name], deprecated(name, last))];
}

function deprecated(name: string, last: string): NonNullable<Verdict> {
  const better = SUCCESSORS[name];
  return {
    text: ` is deprecated: no longer documented after restic ${last}`,
    ...(better === undefined ? {} : { hint: `Better: ${better}` }),
  };
}

function told(profile: Profile, path: readonly string[], { text, hint }: NonNullable<Verdict>): Diagnostic {
  return {
    code: "restic-release",
    severity: "warning",
    message: `"${[profile.name, ...path].join(".")}"${text}`,
    at: profile.at(path),
    hint,
  };
}
