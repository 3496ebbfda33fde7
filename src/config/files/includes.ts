/** The files that the main file includes. */
import { ConfigError, type Diagnostic } from "../../model/diagnostic.ts";
import { absoluteFrom, hasWildcards } from "../../model/path.ts";
import { glob, NameError } from "../../platform/glob.ts";
import { unlessFileError } from "../../platform/unless_file_error.ts";
import { FileError, type World } from "../../platform/world.ts";
import { expandVariables } from "../../template/expand_variables.ts";
import { type Format, formatOfExtension } from "../formats/format.ts";
import { topLevel } from "../structure/layout.ts";
import { isNull, kindOf, type Node, nodeError, nodeWarning } from "../nodes/node.ts";
import { asItems } from "../nodes/overlay.ts";
import type { ConfigSource } from "../nodes/source.ts";

export interface Included {
  readonly path: string;
  readonly format: Format;
}

/**
 * The included files in the order of the list, the matches of a pattern sorted; a file named twice is included twice.
 * @param configDir folder of the main file, as given
 * @throws {ConfigError} for what can never be read
 */
export function includedFiles(
  main: ConfigSource,
  configDir: string,
  world: World,
  report: (problem: Diagnostic) => void,
): Included[] {
  const node = topLevel(main, "includes");
  if (node?.kind === "table") throw wrong(node, `wanted a path or a list of paths, found ${kindOf(node)}`);
  return asItems(node).filter((item) => !isNull(item)).flatMap((item) => {
    if (item.kind !== "scalar" || typeof item.value !== "string") {
      throw wrong(item, `wanted a path, found ${kindOf(item)}`);
    }
    const text = item.value;
    const literal = absoluteFrom(configDir, text, world.os);
    return filesOf(text, item, configDir, world, report).flatMap((path) => {
      const file = include(path, path === literal || !hasWildcards(text), item, world, report);
      return file && !isSameFile(path, main.path, world) ? [checkedMix(file, main, item)] : [];
    });
  });
}

function wrong(node: Node, reason: string, hint?: string): ConfigError {
  return new ConfigError([nodeError(node, "include", `Cannot read "includes": ${reason}`, hint)]);
}

/** Something of the very name is meant literally, before it is a pattern or has variables. */
function filesOf(
  item: string,
  node: Node,
  configDir: string,
  world: World,
  report: (problem: Diagnostic) => void,
): string[] {
  const literal = absoluteFrom(configDir, item, world.os);
  if (isAt(literal, node, world)) return [literal];
  const expanded = startExpanded(item, world);
  const path = absoluteFrom(configDir, expanded, world.os);
  try {
    const found = matches(path, world);
    if (found.length === 0 && !hasWildcards(path)) {
      report(nodeWarning(node, "include", `Cannot include "${item}": there is no such file`));
    }
    return found;
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(node, error.message);
    if (error instanceof NameError) throw wrong(node, error.message, "Give the file or folder another name");
    throw error;
  }
}

/** All files at any depth for `**` at the end. */
function matches(path: string, world: World): string[] {
  if (!/(?:^|\/)\*\*$/.test(path)) return glob(world, path, world.startDir);
  return glob(world, `${path}/*`, world.startDir).filter((file) => world.files.stat(file)?.kind !== "directory");
}

/** A file that this user may not access must not be skipped silently. */
function isAt(path: string, node: Node, { files }: World): boolean {
  try {
    return files.stat(path) !== undefined;
  } catch (error) {
    if (error instanceof FileError) throw wrong(node, `"${path}": ${error.message}`);
    throw error;
  }
}

/** A `~` or variable at the start only: everything else of an item is text. */
function startExpanded(item: string, world: World): string {
  if (/^~(?=\/|$)/.test(item)) return (world.homeDir() ?? "~") + item.slice(1);
  if (!item.startsWith("$")) return item;
  const end = item.search(/\/|$/);
  return expandVariables(item.slice(0, end), "option", (name) => world.env[name]) + item.slice(end);
}

/** Of a pattern's matches those of an unknown format are left out; a file that is named is wanted. */
function include(
  path: string,
  named: boolean,
  node: Node,
  world: World,
  report: (problem: Diagnostic) => void,
): Included | undefined {
  if (world.files.stat(path)?.kind === "directory") throw wrong(node, `"${path}" is a folder`);
  const format = formatOfExtension(path);
  if (format !== undefined) return { path, format };
  const problem = `Cannot include "${path}": its extension is not toml, conf, yaml, yml, json or hcl`;
  if (named) throw new ConfigError([nodeError(node, "include", problem)]);
  report(nodeWarning(node, "include", problem));
  return undefined;
}

function isSameFile(path: string, other: string, world: World): boolean {
  return unlessFileError(() => world.files.realPath(path) === world.files.realPath(other), false);
}

function checkedMix(file: Included, main: ConfigSource, node: Node): Included {
  if ((file.format === "hcl") === (main.format === "hcl")) return file;
  throw new ConfigError([
    nodeError(
      node,
      "include",
      `Cannot include "${file.path}" in "${main.path}": HCL (.hcl) cannot be mixed with other formats`,
    ),
  ]);
}
