/** The sources of a backup, as restic gets them: joined to their base, wildcards replaced. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { isAbsolutePath, joinPath } from "../model/path.ts";
import { FileError, type World } from "../platform/world.ts";
import { glob, hasPattern, isThere } from "./glob.ts";
import { isNull, type Node, nodeWarning, type TableNode } from "./node.ts";
import { asItems } from "./overlay.ts";
import { type PathContext, resolvePath } from "./paths.ts";
import { scalarText } from "./scalar_text.ts";

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
  if (relative) return realPath(world, below(workingDir, written ?? "", world));
  if (!hasBaseDir) return written;
  return below(workingDir, written ?? "", world);
}

function below(folder: string, path: string, world: World): string {
  return isAbsolutePath(path, world.os) ? path : joinPath(folder, path);
}

function realPath(world: World, path: string): string {
  try {
    return world.files.realPath(path);
  } catch (error) {
    if (error instanceof FileError) return path;
    throw error;
  }
}

/** @param source the list as written */
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
    const folder = relative && base !== undefined ? base : context.workingDir;
    return matches(joins ? joinPath(base, path) : path, folder, node, context).map(notAFlag);
  });
}

/** Something of that very name is meant literally, whatever characters it has. */
function matches(path: string, folder: string, node: Node, { world, report }: PathContext): string[] {
  if (!hasPattern(path)) return [path];
  if (isThere(world, below(folder, path, world))) return [path];
  const found = globbed(world, path, folder, report, node);
  if (found?.length === 0) report(nodeWarning(node, `Source "${path}" matches nothing`));
  return found ?? [];
}

function globbed(
  world: World,
  path: string,
  folder: string,
  report: (problem: Diagnostic) => void,
  node: Node,
): string[] | undefined {
  try {
    return glob(world, path, folder);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    report(nodeWarning(node, error.message));
    return undefined;
  }
}

function notAFlag(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** The sources of a profile's backup section in words: for `stdin-from-command` they are a command and no paths. */
export function commandWords(backup: TableNode): string[] {
  return asItems(backup.entries.get("source")).flatMap((node) =>
    node.kind === "scalar" && !isNull(node) ? [scalarText(node.value)] : []
  );
}
