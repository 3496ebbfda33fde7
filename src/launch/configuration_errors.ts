/** Why a configuration cannot be used, in one go: the mistakes of the global section, and those of the profiles that were wanted. */
import type { Configuration } from "../config/configuration.ts";
import { collecting, unique } from "../config/nodes/collected_problems.ts";
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import { selectProfiles } from "./select_profiles.ts";

/** @param profile name of a profile or group, which need not be there */
export async function allErrors(configuration: Configuration, profile: string): Promise<ConfigError> {
  const problems: Diagnostic[] = [...configuration.diagnostics];
  const selection = collecting((problem) => void problems.push(problem), () => selectProfiles(configuration, profile));
  for (const name of selection?.members ?? []) {
    if (configuration.hasProfile(name)) problems.push(...(await configuration.examine(name)).diagnostics);
  }
  return new ConfigError(unique(problems));
}
