/** What the `global` section says about restic itself, and what there is to say about that. */
import type { Configuration } from "../config/configuration.ts";
import { locate } from "../config/nodes/locate_key.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResticProgram, ResticSettings } from "../run/machine/find_restic.ts";
import type { GlobalOptions } from "../schema/profile.ts";

/** @param global undefined: the configuration cannot be read */
export function resticSettings(global: GlobalOptions | undefined): ResticSettings {
  return {
    binary: global?.["restic-binary"],
    version: global?.["restic-version"],
    filter: global?.["restic-arguments-filter"] ?? true,
  };
}

export function resticProblems({ warnings }: ResticProgram, { globalNode }: Configuration): Diagnostic[] {
  return warnings.map(({ text, key }) => ({
    code: "restic-program",
    severity: "warning",
    message: text,
    at: key && globalNode && locate(globalNode, [key]),
  }));
}
