/**
 * A repository in the wrong place is worse than none: it takes backups, and they are not looked for there. What speaks against
 * a new one is found out just before its `init`, when hooks have mounted what they mount.
 */
import { absoluteFrom, folderOf } from "../model/path.ts";
import type { ResticStep } from "../model/plan.ts";
import type { InitObstacle } from "../model/remark.ts";
import { kindAt } from "../platform/kind_at.ts";
import type { World } from "../platform/world.ts";
import type { StepEnvironment } from "./step_environment.ts";
import { unmountedAbove } from "./machine/mounts.ts";
import { readOptional } from "./machine/read_optional.ts";

/** @returns why no repository should be made; undefined: go on, it may be there already */
export function obstacleToInit(step: ResticStep, environment: StepEnvironment, world: World): InitObstacle | undefined {
  const repository = repositoryOf(step, environment, world);
  const path = repository === undefined ? undefined : localPath(repository, step.workingDir, world);
  if (path !== undefined && isRepository(path, world)) return undefined;
  if (step.newRepository?.isDoubtful) return { kind: "another-place" };
  if (path === undefined) return undefined;
  const outer = foldersAbove(path).find((folder) => isRepository(folder, world));
  if (outer !== undefined) return { kind: "inside", path, outer };
  const mountPoint = unmountedAbove(path, world);
  return mountPoint === undefined ? undefined : { kind: "unmounted", path, mountPoint };
}

/** What restic writes, in all versions and for all kinds of storage, when `init` has nothing to do. */
const EXISTS = /\bconfig (?:file )?already (?:exists|initialized)\b/;

/** Whether an automatic `init` has failed because its repository exists, as it is in all runs but the first. */
export function findsRepository({ newRepository }: ResticStep, stderr: string): boolean {
  return newRepository?.isAsked === false && EXISTS.test(stderr);
}

/** As restic finds it: by its flags, else in the environment. A URL that goes to restic in a private file is not local. */
function repositoryOf(
  { args, workingDir }: ResticStep,
  environment: StepEnvironment,
  world: World,
): string | undefined {
  const words = args.filter((word) => typeof word === "string");
  const file = valueOf(words, ["--repository-file"]);
  const named = valueOf(words, ["--repo", "-r"]) ?? (file ? undefined : environment.RESTIC_REPOSITORY);
  if (named) return named;
  const path = file ?? environment.RESTIC_REPOSITORY_FILE;
  return path ? readOptional(absoluteFrom(workingDir, path, world.os), world) : undefined;
}

/** Of the last flag of one of the names, as `--name=value`, `--name value`, `-r value`, `-rvalue`. */
function valueOf(words: readonly string[], names: readonly string[]): string | undefined {
  return words.flatMap((word, index) => {
    if (names.includes(word)) return words[index + 1] ?? [];
    const name = names.find((name) => word.startsWith(name.startsWith("--") ? `${name}=` : name));
    return name === undefined ? [] : word.slice(name.length).replace(/^=/, "");
  }).at(-1);
}

function localPath(repository: string, folder: string, { os }: World): string | undefined {
  const path = repository.replace(/^local:/, "");
  return path === repository && /^[a-z0-9]{2,}:/.test(path) ? undefined : absoluteFrom(folder, path, os);
}

function isRepository(path: string, { files }: World): boolean {
  return kindAt(`${path}/config`, files) === "file" &&
    ["data", "keys"].every((name) => kindAt(`${path}/${name}`, files) === "directory");
}

/** The nearest first. */
function foldersAbove(path: string): string[] {
  const above = folderOf(path);
  return above === path || above === "." ? [] : [above, ...foldersAbove(above)];
}
