/** From the name on the command line to the profiles that run. */
import type { Configuration } from "../config/configuration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

export interface Selection {
  /** As the user, or the group's list, wrote them. */
  readonly names: readonly string[];
  /** Undefined for a single profile. */
  readonly group: string | undefined;
  /** A failed profile does not end the group. */
  readonly continueOnError: boolean;
  readonly problems: readonly Diagnostic[];
}

/** An error where the name is used, so that it is seen in every log; it changes nothing. */
export function nameOfBoth(name: string): string {
  return `There are a profile and a group named "${name}": the profile is used`;
}

/**
 * @returns undefined when neither a profile nor a group has that name
 * @throws {ConfigError} for a group of the wrong shape
 */
export function selectProfiles(configuration: Configuration, name: string): Selection | undefined {
  const { global, hasProfile, groupNames } = configuration;
  const isGroup = groupNames().includes(name.toLowerCase());
  if (hasProfile(name)) {
    const problems: Diagnostic[] = isGroup ? [{ severity: "error", message: nameOfBoth(name) }] : [];
    return { names: [name], group: undefined, continueOnError: false, problems };
  }
  const loaded = isGroup ? configuration.loadedGroup(name) : undefined;
  if (loaded === undefined) return undefined;
  const { group, diagnostics } = loaded;
  return {
    names: group.profiles,
    group: name,
    continueOnError: group.continueOnError ?? global["group-continue-on-error"],
    problems: diagnostics,
  };
}
