/** Repositories on the command line: those with a password go to restic in a private file. */
import { passwordOf } from "../model/mask.ts";
import { isAbsolutePath, joinPath } from "../model/path.ts";
import type { Argument } from "../model/plan.ts";
import { Secret } from "../model/secret.ts";
import { PATH_FLAGS } from "../schema/path_flags.ts";
import type { FlagValues } from "../schema/profile.ts";
import { acceptsFlag } from "../schema/restic_flags.ts";
import type { Planning } from "./planning.ts";
import { absoluteFrom } from "./selection.ts";

/** Flag with a repository → flag that names a file with it, and the variables with which restic refuses that. */
const FILE_FLAGS: Readonly<Record<string, { readonly file: string; readonly variables: readonly string[] }>> = {
  "repo": { file: "repository-file", variables: ["RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"] },
  "from-repo": {
    file: "from-repository-file",
    variables: ["RESTIC_FROM_REPOSITORY", "RESTIC_FROM_REPOSITORY_FILE"],
  },
  "repo2": { file: "repository-file2", variables: ["RESTIC_REPOSITORY2", "RESTIC_REPOSITORY_FILE2"] },
};

/** Takes repositories whose URL has a password out of the flags, and gives late words for them, by the flag that names their file. */
export function hideRepositories(
  flags: FlagValues,
  command: string,
  planning: Planning,
): { shown: FlagValues; hidden: ReadonlyMap<string, Argument> } {
  const shown = new Map(flags);
  const hidden = new Map<string, Argument>();
  for (const [name, { file }] of Object.entries(FILE_FLAGS)) {
    const url = shown.get(name);
    if (typeof url !== "string" || passwordOf(url) === undefined || !mayHide(name, flags, command, planning)) continue;
    shown.delete(name);
    shown.delete(file);
    hidden.set(file, { late: "repository-file", flag: file, url: new Secret(url) });
  }
  return { shown, hidden };
}

/** For a process that runs in another folder: files and local repositories that mean the same there as elsewhere. */
export function pinPaths(flags: FlagValues, { profile, facts }: Planning): FlagValues {
  return new Map([...flags].map(([name, value]) => {
    if (name === "repo") return [name, typeof value === "string" ? pinRepository(value) : value];
    if (PATH_FLAGS[name] !== "config") return [name, value];
    const pin = (item: unknown) =>
      typeof item === "string" && item !== "" ? absoluteFrom(profile.workingDir, item, facts.os) : item;
    return [name, (Array.isArray(value) ? value.map(pin) : pin(value)) as typeof value];
  }));

  function pinRepository(repository: string): string {
    const [, local, path = repository] = /^(local:)(.*)$/s.exec(repository) ?? [];
    const isRemote = local === undefined && /^[a-z0-9]+:/.test(repository) && !isAbsolutePath(repository, facts.os);
    return isRemote || path === "" || isAbsolutePath(path, facts.os)
      ? repository
      : `${local ?? ""}${joinPath(profile.workingDir, path)}`;
  }
}

function mayHide(name: string, flags: FlagValues, command: string, planning: Planning): boolean {
  const { file, variables } = FILE_FLAGS[name]!;
  const prevented = planning.global["prevent-auto-repository-file"] ??
    variables.some((variable) => Boolean(planning.facts.environment[variable]));
  // the table, not the filter: restic before 0.11 has no such file, and must get the URL
  return !prevented && !flags.get(file) && acceptsFlag(command, file, planning.release);
}
