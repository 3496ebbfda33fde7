/** Flags that the restic in use does not have. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Profile } from "../schema/profile.ts";
import {
  acceptsFlag,
  commandOfSection,
  isFlagOfAnyCommand,
  resticCommands,
  type ResticRelease,
} from "../schema/restic_flags.ts";
import { isSectionName } from "../schema/sections.ts";

/** Names that stand for a flag of another name. */
const ALIASES: ReadonlySet<string> = new Set(["repository", "from-repository"]);

/** Answers are remembered: profiles of one file are much alike. */
export function releaseCheck(release: ResticRelease): (profile: Profile) => Diagnostic[] {
  const known = new Map<string, string | undefined>();
  const reasonOf = (command: string | undefined, flag: string) => {
    const key = `${command} ${flag}`;
    if (!known.has(key)) known.set(key, isAccepted(command, flag, release) ? undefined : lackOf(command, release));
    return known.get(key);
  };
  const check = (profile: Profile, path: readonly string[], command: string | undefined, flags: Iterable<string>) =>
    [...flags].flatMap((flag) => {
      const reason = reasonOf(command, flag);
      return reason === undefined ? [] : [notPassed(profile, [...path, flag], reason)];
    });
  return (profile) => [
    ...check(profile, [], undefined, profile.flags.keys()),
    ...[...profile.sections.values()].filter(({ name }) => isSectionName(name)).flatMap(({ name, flags }) =>
      check(profile, [name], commandOfSection(name), flags.keys())
    ),
  ];
}

function lackOf(command: string | undefined, { version }: ResticRelease): string {
  const restic = version === undefined ? "restic" : `restic ${version.join(".")}`;
  return `${restic} has no such flag for ${command ?? "any command"}`;
}

/** @param command undefined: any. What no restic ever had is told as an unknown key. */
function isAccepted(command: string | undefined, flag: string, release: ResticRelease): boolean {
  if (ALIASES.has(flag) || !isFlagOfAnyCommand(flag)) return true;
  if (command !== undefined) return acceptsFlag(command, flag, release);
  return resticCommands().some((each) => acceptsFlag(each, flag, release));
}

function notPassed(profile: Profile, path: readonly string[], reason: string): Diagnostic {
  return {
    severity: "warning",
    message: `Flag "${[profile.name, ...path].join(".")}" is not passed on: ${reason}`,
    at: profile.at(path),
  };
}
