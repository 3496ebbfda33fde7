/**
 * Versions of restic, kept in the user's cache folder by the path of the program, so that restic is asked once and not at every
 * start. Only of restic's own binary: a script that starts a restic stays the same when that restic becomes another one.
 */
import { baseName, folderOf } from "../../model/path.ts";
import { isTable, type Table, type Value } from "../../model/value.ts";
import { replaceFile } from "../../platform/replace_file.ts";
import type { FileInfo, Files, World } from "../../platform/world.ts";

/** Programs that are remembered, the last ones asked. */
const KEPT = 16;

/** How executables of Linux and BSD, macOS (one architecture, or several) and Windows begin. */
const MAGIC: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  [0x4d, 0x5a],
];
const MAGIC_BYTES = 4;
/** restic has 10 MB and more; what package managers put in its place, to start it from another folder, has much less. */
const SMALLEST_BYTES = 4 * 1024 * 1024;

/** As restic is installed, and as it is downloaded: `restic_0.18.0_linux_amd64`. */
const NAME = /^restic(?:_\d[\w.-]*)?(?:\.exe)?$/i;

export interface CachedVersion {
  /** Undefined: it has to be asked. */
  readonly version: string | undefined;
  /** Does nothing for a program that is not restic's own binary. */
  remember(version: string): void;
}

/** Looked up before the program is asked: what it answers belongs to the file that was there then. */
export function cachedVersion(path: string, world: World): CachedVersion {
  const info = ownBinary(path, world.files);
  if (!info) return { version: undefined, remember() {} };
  const { [path]: known } = readCache(world);
  const isKnown = isTable(known) && isSameFile(known, info) && typeof known.version === "string";
  return {
    version: isKnown ? String(known.version) : undefined,
    remember: (version) => writeCache({ ...readCache(world), [path]: { ...identity(info), version } }, world),
  };
}

/** For a restic that does not know a flag which its version has: what was remembered of it may be wrong. */
export function forgetVersion(path: string, world: World): void {
  const { [path]: known, ...others } = readCache(world);
  if (known !== undefined) writeCache(others, world);
}

function ownBinary(path: string, files: Files): FileInfo | undefined {
  try {
    if (!NAME.test(baseName(files.realPath(path).replaceAll("\\", "/")))) return undefined;
    const begin = files.readStart(path, MAGIC_BYTES);
    const isBinary = MAGIC.some((magic) => magic.every((byte, index) => begin[index] === byte));
    const info = isBinary ? files.stat(path) : undefined;
    return info && info.size >= SMALLEST_BYTES ? info : undefined;
  } catch {
    return undefined; // it can be run, but not read: it is asked
  }
}

function identity({ device, inode, size, modified }: FileInfo): Table {
  return { device, inode, size, modified };
}

function isSameFile(known: Table, info: FileInfo): boolean {
  return Object.entries(identity(info)).every(([name, value]) => known[name] === value);
}

/** Empty without one, or when it cannot be read: it can always be made again. */
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

/** Appears complete, for another run may be reading it; a folder that cannot be written to is not a reason to fail. */
function writeCache(cache: Table, world: World): void {
  const path = cachePath(world);
  if (path === undefined) return;
  const text = JSON.stringify(Object.fromEntries(Object.entries(cache).slice(-KEPT)));
  try {
    world.files.makeDir(folderOf(path), 0o700);
    replaceFile(world.files, path, text);
  } catch {
    // the next run asks again
  }
}

function cachePath(world: World): string | undefined {
  const folder = world.cacheDir();
  return folder === undefined ? undefined : `${folder}/restic-version.json`;
}
