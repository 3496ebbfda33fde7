/** Programs on the PATH, and where else they are looked for. */
import { isAbsolutePath } from "../../model/path.ts";
import type { World } from "../../platform/world.ts";

/** The first executable file of that name in the folders, as an absolute path; folders that are not absolute do not count. */
export function findProgram(name: string, folders: readonly string[], { files, os }: World): string | undefined {
  const extensions = os === "windows" ? ["", ".exe", ".com", ".bat", ".cmd"] : [""];
  return folders.filter((folder) => isAbsolutePath(folder, os))
    .flatMap((folder) => extensions.map((extension) => `${folder}/${name}${extension}`))
    .find((path) => files.isExecutable(path));
}

/**
 * Where the programs are that a run cannot do without, as the shell: the PATH of a profile is for what its hooks call, and may
 * lack them. The tool's own PATH goes first, then that of `env`, then the folders that every system has.
 */
export function programFolders(env: World["env"], world: Pick<World, "env" | "os">): string[] {
  const usual = world.os === "windows" ? [] : ["/bin", "/usr/bin"];
  return [...pathFolders(world), ...pathFolders({ env, os: world.os }), ...usual];
}

/** Folders of the PATH of an environment: the tool's own, if a World is given. */
export function pathFolders({ env, os }: Pick<World, "env" | "os">): string[] {
  return (env.PATH ?? env.Path ?? "").split(os === "windows" ? ";" : ":");
}
