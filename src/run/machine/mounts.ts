/** Disks that are meant to be mounted somewhere, and are not: what is written there now fills the disk below. */
import { cleanPath, folderOf, joinPath } from "../../model/path.ts";
import { unlessFileError } from "../../platform/unless_file_error.ts";
import { FileError, type World } from "../../platform/world.ts";
import { readOptional } from "./read_optional.ts";

const UNITS = "/etc/systemd/system";

/** The mount point at or above an absolute path whose disk is missing; undefined on systems that do not list their mounts. */
export function unmountedAbove(path: string, world: World): string | undefined {
  const mounts = readOptional("/proc/self/mountinfo", world);
  if (mounts === undefined) return undefined;
  const mounted = new Set(columns(mounts, 4));
  const isMounted = (point: string) => mounted.has(point) || mounted.has(realPath(point, world));
  const places = [cleanPath(path), realPath(path, world)];
  return plannedMounts(world).find((point) =>
    point !== "/" && !isMounted(point) &&
    places.some((place) => [point, realPath(point, world)].some((folder) => `${place}/`.startsWith(`${folder}/`)))
  );
}

/** Of fstab, and of mount units that users have written. */
function plannedMounts(world: World): string[] {
  const table = columns(readOptional("/etc/fstab", world) ?? "", 1);
  const units = unitNames(world).flatMap((name) => {
    const [, where] = /^[ \t]*Where[ \t]*=[ \t]*(.*?)[ \t]*$/m.exec(readOptional(`${UNITS}/${name}`, world) ?? "") ??
      [];
    return where?.replace(/^"(.*)"$/, "$1") ?? [];
  });
  return [...table, ...units].filter((point) => point.startsWith("/")).map(cleanPath);
}

function unitNames({ files }: World): string[] {
  return unlessFileError(() => files.list(UNITS).filter((name) => name.endsWith(".mount")), []);
}

/** One column of a table of the system; blanks and the like are written as `\040`. */
function columns(text: string, index: number): string[] {
  return text.split("\n").filter((line) => !/^\s*#/.test(line)).flatMap((line) => {
    const value = line.trim().split(/\s+/)[index];
    return value?.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(parseInt(code, 8))) ?? [];
  });
}

/** Links resolved as far as the path exists. */
function realPath(path: string, world: World): string {
  try {
    return world.files.realPath(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const above = folderOf(path);
    return above === path ? path : joinPath(realPath(above, world), path.slice(above.length));
  }
}
