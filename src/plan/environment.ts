/** Where the environment of a profile's children comes from. */
import { absoluteFrom } from "../model/path.ts";
import type { EnvironmentPlan } from "../model/plan.ts";
import type { Profile } from "../schema/profile.ts";

/** restic refuses a repository that is named in two ways: what the configuration says takes the place of the caller's. */
function replacedVariables({ options }: Profile, command: string): string[] {
  const kinds = command === "copy" ? ["RESTIC_", "RESTIC_FROM_"] : ["RESTIC_"];
  return kinds.flatMap((kind) => [
    ...options.repository && options.repository.reveal() !== "" ? [`${kind}REPOSITORY_FILE`] : [],
    ...options["repository-file"] ? [`${kind}REPOSITORY`] : [],
  ]);
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
