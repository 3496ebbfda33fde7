/** Where the environment of a profile's children comes from. */
import { absoluteFrom } from "../model/path.ts";
import type { EnvironmentPlan } from "../model/plan.ts";
import type { Profile } from "../schema/profile.ts";

/** @param command the one on the tool's command line: also during the check or the retention of a backup */
export function planEnvironment(profile: Profile, command: string, os: string): EnvironmentPlan {
  const files = (profile.options["env-file"] ?? []).map((path) => absoluteFrom(profile.workingDir, path, os));
  return {
    files: profile.dotenv === undefined ? files : [...files, profile.dotenv],
    variables: [...profile.options.env ?? []],
    fixed: [["PROFILE_NAME", profile.name], ["PROFILE_COMMAND", command]],
  };
}
