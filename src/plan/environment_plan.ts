/** Where the environment of a profile's children comes from. */
import { absoluteFrom } from "../model/path.ts";
import type { EnvironmentPlan } from "../model/plan.ts";
import type { FlagValue, FlagValues, Profile } from "../schema/profile.ts";
import { isDestination } from "./copy.ts";
import { flagWords, mergeFlags } from "./flag_words.ts";
import { commonFlags, findSection } from "./command_section.ts";

/** The flags that restic refuses beside variables, which it takes for another word about the same. */
const REFUSED_BESIDE: Readonly<Record<string, readonly string[]>> = {
  "repo": ["REPOSITORY_FILE"],
  "repository-file": ["REPOSITORY"],
  "password-file": ["PASSWORD_COMMAND"],
  "password-command": ["PASSWORD_FILE"],
  "insecure-no-password": ["PASSWORD", "PASSWORD_FILE", "PASSWORD_COMMAND"],
};

/** restic refuses a repository, or its password, that is named in two ways: what the configuration says takes the place of the caller's. */
function replacedVariables(profile: Profile, command: string): string[] {
  const common = commonFlags(profile, { quiet: false, verbose: false, trace: false });
  const section = findSection(profile, [command])?.flags;
  const merged = mergeFlags(common, section);
  const isSecond = command === "copy" && isDestination(section);
  const source = isSecond ? new Map([...section ?? [], ...asSource(common)]) : merged;
  return [
    ...new Set([
      ...refused(isSecond ? section! : merged, "", "RESTIC_"),
      ...command === "copy" ? refused(source, "from-", "RESTIC_FROM_") : [],
      ...besideVariables(profile.options.env),
    ]),
  ];
}

function asSource(common: FlagValues): [string, FlagValue][] {
  return [...common].filter(([name, value]) => flagWords(name, value, "").length > 0)
    .map(([name, value]) => [`from-${name}`, value]);
}

/** The same for variables that the profile sets. */
function besideVariables(env: Profile["options"]["env"]): string[] {
  return [...env ?? []].flatMap(([name, value]) => {
    const [, prefix, word = ""] = /^(RESTIC_(?:FROM_)?)(.*)$/.exec(name) ?? [];
    const flag = word === "REPOSITORY" ? "repo" : word.toLowerCase().replaceAll("_", "-");
    const variables = Object.hasOwn(REFUSED_BESIDE, flag) && value.reveal() !== "" ? REFUSED_BESIDE[flag]! : [];
    return variables.map((variable) => `${prefix}${variable}`);
  });
}

function refused(flags: FlagValues, flagPrefix: string, variablePrefix: string): string[] {
  return Object.entries(REFUSED_BESIDE).flatMap(([flag, variables]) => {
    const name = `${flagPrefix}${flag}`;
    if (flagWords(name, flags.get(name) ?? null, "").length === 0) return [];
    return variables.map((variable) => `${variablePrefix}${variable}`);
  });
}

/** The same with what the caller says of a repository: that decides whether an address with a password goes into a file. */
export function planCallersEnvironment(profile: Profile, command: string, os: string): EnvironmentPlan {
  return { ...planEnvironment(profile, command, os), without: [] };
}

/** @param command the one on the tool's command line: also during the check or the retention of a backup */
export function planEnvironment(profile: Profile, command: string, os: string): EnvironmentPlan {
  const files = (profile.options["env-file"] ?? []).map((path) => absoluteFrom(profile.workingDir, path, os));
  return {
    files: profile.dotenv === undefined ? files : [...files, profile.dotenv],
    variables: [...profile.options.env ?? []],
    without: replacedVariables(profile, command),
    fixed: [["PROFILE_NAME", profile.name], ["PROFILE_COMMAND", command]],
  };
}
