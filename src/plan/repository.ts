/** Repositories on the command line: those with a password go to restic in a private file. */
import { passwordsInAddress } from "../model/mask_address.ts";
import type { Argument } from "../model/plan.ts";
import { Secret } from "../model/secret.ts";
import type { FlagValues } from "../schema/profile.ts";
import { acceptsFlag } from "../schema/restic_flags.ts";
import type { Planning } from "./planning.ts";
import { hasUserFlag, type UserArguments } from "./user_arguments.ts";

/** Flag with a repository → flag that names a file with it, and the variables with which restic refuses that. */
const FILE_FLAGS: Readonly<Record<string, { readonly file: string; readonly variables: readonly string[] }>> = {
  "repo": { file: "repository-file", variables: ["RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"] },
  "from-repo": {
    file: "from-repository-file",
    variables: ["RESTIC_FROM_REPOSITORY", "RESTIC_FROM_REPOSITORY_FILE"],
  },
  "repo2": { file: "repository-file2", variables: ["RESTIC_REPOSITORY2", "RESTIC_REPOSITORY_FILE2"] },
};

/**
 * Takes repositories whose address has a password out of the flags, and gives late words for them, by the flag that names their
 * file. restic refuses the flag and the file of a repository together: what the user names replaces what is configured.
 * @param user the flags that follow
 */
export function hideRepositories(
  flags: FlagValues,
  user: UserArguments,
  command: string,
  planning: Planning,
): { shown: FlagValues; hidden: ReadonlyMap<string, Argument> } {
  const shown = new Map(flags);
  const hidden = new Map<string, Argument>();
  for (const [name, { file }] of Object.entries(FILE_FLAGS)) {
    if (hasUserFlag(user, name)) shown.delete(file);
    if (hasUserFlag(user, file)) shown.delete(name);
    const url = shown.get(name);
    if (typeof url !== "string" || passwordsInAddress(url).length === 0) continue;
    if (!mayHide(name, shown, command, planning)) continue;
    shown.delete(name);
    shown.delete(file);
    if (hasUserFlag(user, name)) continue;
    hidden.set(file, { late: "repository-file", flag: file, url: new Secret(url) });
  }
  return { shown, hidden };
}

function mayHide(name: string, flags: FlagValues, command: string, planning: Planning): boolean {
  const { file, variables } = FILE_FLAGS[name]!;
  const prevented = planning.global["prevent-auto-repository-file"] ??
    variables.some((variable) => Boolean(planning.facts.environment[variable]));
  // the table, not the filter: restic before 0.11 has no such file, and must get the URL
  return !prevented && !flags.get(file) && acceptsFlag(command, file, planning.release);
}
