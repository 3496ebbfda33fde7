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
import { isSectionName } from "./sections.ts";

/** Names that stand for a flag of another name. */
const ALIASES: ReadonlySet<string> = new Set(["repository", "from-repository"]);

/** Answers are remembered: profiles of one file are much alike. */
export function releaseCheck(release: ResticRelease): (profile: Profile) => Diagnostic[] {
  const known = new Map<string, boolean>();
  const accepts = (command: string | undefined, flag: string) => {
    const key = `${command} ${flag}`;
    const answer = known.get(key) ?? isAccepted(command, flag, release);
    known.set(key, answer);
    return answer;
  };
  const version = release.version === undefined ? "restic" : `restic ${release.version.join(".")}`;
  return (profile) => [
    ...[...profile.flags.keys()].filter((flag) => !accepts(undefined, flag)).map((flag) =>
      lacking(profile, [flag], `${version} has no such flag for any command`)
    ),
    ...[...profile.sections.values()].filter(({ name }) => isSectionName(name)).flatMap(({ name, flags }) => {
      const command = commandOfSection(name);
      return [...flags.keys()].filter((flag) => !accepts(command, flag)).map((flag) =>
        lacking(profile, [name, flag], `${version} has no such flag for ${command}`)
      );
    }),
  ];
}

/** @param command undefined: any. What no restic ever had is told as an unknown key. */
function isAccepted(command: string | undefined, flag: string, release: ResticRelease): boolean {
  if (ALIASES.has(flag) || !isFlagOfAnyCommand(flag)) return true;
  if (command !== undefined) return acceptsFlag(command, flag, release);
  return resticCommands().some((each) => acceptsFlag(each, flag, release));
}

function lacking(profile: Profile, path: readonly string[], reason: string): Diagnostic {
  return {
    severity: "warning",
    message: `Flag "${[profile.name, ...path].join(".")}" is not passed on: ${reason}`,
    at: profile.at(path),
  };
}
