/** Programs on the PATH. */
import { isAbsolutePath } from "../../model/path.ts";
import type { World } from "../../platform/world.ts";

/** The first executable file of that name in the folders, as an absolute path; folders that are not absolute do not count. */
export function findProgram(name: string, folders: readonly string[], { files, os }: World): string | undefined {
  const extensions = os === "windows" ? ["", ".exe", ".com", ".bat", ".cmd"] : [""];
  return folders.filter((folder) => isAbsolutePath(folder, os))
    .flatMap((folder) => extensions.map((extension) => `${folder}/${name}${extension}`))
    .find((path) => files.isExecutable(path));
}

/** Folders of the PATH of an environment: the tool's own, if a World is given. */
export function pathFolders({ env, os }: Pick<World, "env" | "os">): string[] {
  return (env.PATH ?? env.Path ?? "").split(os === "windows" ? ";" : ":");
}
