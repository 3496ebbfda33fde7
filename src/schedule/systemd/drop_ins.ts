/** Drop-in files: settings of the user for a service or its timer. */
import { baseName } from "../../model/path.ts";
import { FileError, type World } from "../../platform/world.ts";
import type { Action, WriteAction } from "../action.ts";

/** Marks the files that this program made: others in the same folder are the user's. */
const OURS = ".resticprofile.conf";

export interface DropIns {
  readonly actions: readonly Action[];
  readonly warnings: readonly string[];
}

/**
 * Copies of the files in the folders of service and timer, and the end of copies that are no longer wanted.
 * @param unit path of the units without their type
 * @param file how a file is written there
 */
export function dropInActions(
  paths: readonly string[],
  unit: string,
  file: Pick<WriteAction, "folderMode" | "owner">,
  world: World,
): DropIns {
  const warnings: string[] = [];
  const writes = paths.flatMap((path): WriteAction[] => {
    try {
      const text = world.files.readText(path);
      const name = baseName(path).replace(/(.)\.[^.]*$/, "$1") + OURS;
      return [{ kind: "write", path: `${dropInFolder(unit, text)}/${name}`, text, mode: 0o644, ...file }];
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      warnings.push(`Cannot read drop-in file "${path}": ${error.message}`);
      return [];
    }
  });
  const wanted = writes.map(({ path }) => path);
  const stale = dropInFolders(unit).flatMap((folder) => ourFiles(folder, world)).filter((path) =>
    !wanted.includes(path)
  );
  return { actions: [...stale.map((path): Action => ({ kind: "remove", path })), ...writes], warnings };
}

/** A file with settings for timers is the timer's. */
function dropInFolder(unit: string, text: string): string {
  return `${unit}.${/^\s*\[timer\]\s*$/im.test(text) ? "timer" : "service"}.d`;
}

export function dropInFolders(unit: string): string[] {
  return [`${unit}.service.d`, `${unit}.timer.d`];
}

function ourFiles(folder: string, { files }: World): string[] {
  if (files.stat(folder)?.kind !== "directory") return [];
  return files.list(folder).filter((name) => name.endsWith(OURS)).map((name) => `${folder}/${name}`);
}
