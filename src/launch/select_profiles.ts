/** From the name on the command line to the profiles that run. */
import type { Configuration } from "../config/configuration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";

/** A plan, whatever it runs. */
export type Selection = Omit<Plan, "command">;

/** An error where the name is used, so that it is seen in every log; it changes nothing. */
export function nameOfBoth(name: string): string {
  return `"${name}" names both a profile and a group: using the profile`;
}

/**
 * @returns undefined when neither a profile nor a group has that name
 * @throws {ConfigError} for a group of the wrong shape
 */
export function selectProfiles(configuration: Configuration, name: string): Selection | undefined {
  const { global, hasProfile, groupNames } = configuration;
  const isGroup = groupNames().includes(name.toLowerCase());
  if (hasProfile(name)) {
    const notes: Diagnostic[] = isGroup
      ? [{ code: "ambiguous-name", severity: "error", message: nameOfBoth(name) }]
      : [];
    return { members: [name], group: undefined, continueOnError: false, notes };
  }
  const loaded = isGroup ? configuration.loadedGroup(name) : undefined;
  if (loaded === undefined) return undefined;
  const { group, diagnostics } = loaded;
  return {
    members: group.profiles,
    group: name,
    continueOnError: group.continueOnError ?? global["group-continue-on-error"],
    notes: diagnostics,
  };
}
