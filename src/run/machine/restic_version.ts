/** The version of a restic, kept in the user's cache folder so that it is asked once and not at every start. */
import { isTable, type Table, type Value } from "../../model/value.ts";
import type { FileInfo, World } from "../../platform/world.ts";
import { programOutput } from "./program_output.ts";

/** Programs that are remembered, the last ones asked. */
const KEPT = 16;

/** @returns three numbers as restic prints them; undefined when the program cannot be started, or says no version */
export async function askVersion(path: string, world: World): Promise<string | undefined> {
  const info = world.files.stat(path);
  const cache = readCache(world);
  const known = cache[path];
  if (info && isTable(known) && isSameFile(known, info) && typeof known.version === "string") return known.version;
  const version = versionInOutput(await programOutput(path, ["version"], world));
  if (info && version !== undefined) writeCache({ ...cache, [path]: { ...identity(info), version } }, world);
  return version;
}

/** `restic 0.16.4-dev (compiled manually) …` is 0.16.4. */
export function versionInOutput(text: string): string | undefined {
  return /restic (\d+(?:\.\d+)*)[ -]/.exec(text)?.[1];
}

function identity({ device, inode, size, modified }: FileInfo): Table {
  return { device, inode, size, modified };
}

function isSameFile(known: Table, info: FileInfo): boolean {
  return Object.entries(identity(info)).every(([name, value]) => known[name] === value);
}

/** Empty when there is none, or it cannot be read: it can always be made again. */
function readCache(world: World): Table {
  const path = cachePath(world);
  if (path === undefined) return {};
  try {
    const cache: Value = JSON.parse(world.files.readText(path));
    return isTable(cache) ? cache : {};
  } catch {
    return {};
  }
}

/** Appears complete, for another run may be reading it; a folder that cannot be written to is no reason to fail. */
function writeCache(cache: Table, world: World): void {
  const path = cachePath(world);
  if (path === undefined) return;
  const text = JSON.stringify(Object.fromEntries(Object.entries(cache).slice(-KEPT)));
  const beside = `${path}.${world.pid}`;
  try {
    world.files.makeDir(path.slice(0, path.lastIndexOf("/")), 0o700);
    world.files.write(beside, text);
    world.files.rename(beside, path);
  } catch {
    // the next run asks again
  }
}

function cachePath(world: World): string | undefined {
  const folder = cacheFolder(world);
  return folder === undefined ? undefined : `${folder}/resticprofile/restic-version.json`;
}

function cacheFolder({ os, env, homeDir }: World): string | undefined {
  if (os === "windows") return env.LOCALAPPDATA;
  if (env.XDG_CACHE_HOME?.startsWith("/")) return env.XDG_CACHE_HOME;
  const home = homeDir();
  if (home === undefined) return undefined;
  return os === "darwin" ? `${home}/Library/Caches` : `${home}/.cache`;
}
