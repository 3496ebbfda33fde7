/** The sources of a backup, joined to their base. */
import { absoluteFrom, isAbsolutePath, joinPath, notAFlag } from "../../model/path.ts";
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";
import { isNull, type Node, type TableNode } from "../nodes/node.ts";
import { asItems } from "../nodes/overlay.ts";
import { type PathContext, resolvePath } from "./path_values.ts";
import { scalarText } from "../nodes/scalars.ts";

export interface SourceOptions {
  /** Resolved; undefined: none. */
  readonly base: string | undefined;
  /** restic runs in `base`: sources stay relative to it. */
  readonly relative: boolean;
}

/**
 * The folder that relative sources start at: below `base-dir`, which is the working folder, if there is one. For relative sources
 * it is where restic runs, and therefore absolute, without links.
 */
export function sourceBase(
  written: string | undefined,
  { hasBaseDir, relative }: { readonly hasBaseDir: boolean; readonly relative: boolean },
  { world, workingDir }: Pick<PathContext, "world" | "workingDir">,
): string | undefined {
  if (relative) return realPath(world, absoluteFrom(workingDir, written ?? "", world.os));
  if (!hasBaseDir) return written;
  return absoluteFrom(workingDir, written ?? "", world.os);
}

function realPath(world: World, path: string): string {
  return unlessFileError(() => world.files.realPath(path), path);
}

/**
 * Wildcards stay: what they match is looked up when the backup starts, behind the hooks that may mount or make it.
 * @param source the list as written
 */
export function resolveSources(
  source: Node | undefined,
  { base, relative }: SourceOptions,
  context: PathContext,
): string[] {
  return asItems(source).flatMap((node) => {
    const written = node.kind === "scalar" && !isNull(node) ? scalarText(node.value) : "";
    if (written === "") return [];
    const path = resolvePath("source", written, node, context);
    if (path === "") return [];
    const joins = !relative && base !== undefined && !isAbsolutePath(path, context.world.os);
    return [notAFlag(joins ? joinPath(base, path) : path)];
  });
}

/** The sources of a profile's backup section in words: for `stdin-from-command` they are a command and no paths. */
export function commandWords(backup: TableNode): string[] {
  return asItems(backup.entries.get("source")).flatMap((node) =>
    node.kind === "scalar" && !isNull(node) ? [scalarText(node.value)] : []
  );
}
