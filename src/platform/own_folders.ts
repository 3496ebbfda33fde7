/** Where the program keeps what is its own, by the customs of each system. The folders are not made here. */
import type { OperatingSystem } from "./world.ts";

export interface FolderOwner {
  readonly os: OperatingSystem;
  readonly env: Readonly<Record<string, string>>;
  /** Home folder of the user; undefined without one. */
  readonly home: string | undefined;
  readonly isRoot: boolean;
}

const NAME = "resticprofile";

/** For what can always be made again; undefined where there is no place for it. */
export function cacheFolder({ os, env, home }: FolderOwner): string | undefined {
  if (os === "windows") return below(env.LOCALAPPDATA);
  return below(absolute(env.XDG_CACHE_HOME) ?? inHome(home, os === "darwin" ? "Library/Caches" : ".cache"));
}

/** For what has to outlive the run and cannot be made again; undefined where there is no place for it. */
export function stateFolder({ os, env, home, isRoot }: FolderOwner): string | undefined {
  if (os === "windows") return below(env.LOCALAPPDATA);
  if (os === "darwin") return below(inHome(home, "Library/Application Support"));
  return below(isRoot ? "/var/lib" : absolute(env.XDG_STATE_HOME) ?? inHome(home, ".local/state"));
}

function below(folder: string | undefined): string | undefined {
  return folder ? `${folder}/${NAME}` : undefined;
}

function inHome(home: string | undefined, path: string): string | undefined {
  return home === undefined ? undefined : `${home}/${path}`;
}

/** Relative paths in variables of XDG are to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith("/") ? path : undefined;
}
