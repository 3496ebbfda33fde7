/** A name that is neither a profile nor a group: the message, and what there is. */
import type { Configuration } from "../config/configuration.ts";
import { nearestHint } from "../model/nearest.ts";
import { formatDiagnostic } from "../model/diagnostic.ts";
import { profileListing } from "./profiles.ts";

export async function notFound(name: string, configuration: Configuration): Promise<string> {
  const known = [...configuration.profileNames(), ...configuration.groupNames()];
  const message = `Cannot find profile or group "${name}" in ${configuration.path}`;
  const { text } = await profileListing(configuration);
  const problem = formatDiagnostic({ severity: "error", message, hint: nearestHint(name.toLowerCase(), known) });
  return `${problem}\n${text.trimEnd()}`;
}
