/** Files that a profile refers to and that cannot be read. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { absoluteFrom } from "../model/path.ts";
import { homesInList, type ListFile } from "../platform/listed_paths.ts";
import { FileError, type World } from "../platform/world.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import type { KeyDefinition, KeyTable } from "../schema/key.ts";
import { PATH_FLAGS } from "../schema/path_flags.ts";
import type { FlagValues, GlobalOptions, Profile } from "../schema/profile.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import { sectionKeys } from "../schema/section_keys.ts";
import { hasHookBefore } from "./profile_value_check.ts";
import { locate } from "../config/nodes/locate_key.ts";
import type { TableNode } from "../config/nodes/node.ts";

/** What is wrong with a file; undefined: nothing. */
export type FileCheck = (path: string) => string | undefined;

/** Made or read by others when the time comes. */
const NOT_LOOKED_AT: ReadonlySet<string> = new Set(["lock", "cache-dir"]);
/** Larger ones are not read to find out whether they can be. */
const LARGEST_READ = 2 ** 20;

const MISSING = "there is no such file";

/** Looks at each file once, however many profiles name it. */
export function fileCheck(world: World): FileCheck {
  const seen = new Map<string, string | undefined>();
  return (path) => {
    const absolute = absoluteFrom(world.startDir, path, world.os);
    if (!seen.has(absolute)) seen.set(absolute, lookAt(absolute, world));
    return seen.get(absolute);
  };
}

function lookAt(path: string, { files }: World): string | undefined {
  try {
    const info = files.stat(path);
    if (info === undefined) return MISSING;
    if (info.kind === "directory") return "it is a folder";
    if (info.kind === "file" && info.size <= LARGEST_READ) files.read(path);
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

interface Reference {
  /** Keys from the profile on. */
  readonly path: readonly (string | number)[];
  readonly file: string;
}

/** @param node the profile as merged: a section also has what was made absolute for it */
export function checkFiles(profile: Profile, node: TableNode, check: FileCheck): Diagnostic[] {
  const isMade = hasHookBefore(profile);
  return references(profile, node).flatMap(({ path, file }): Diagnostic[] => {
    const reason = check(file);
    if (reason === undefined) return [];
    const key = [profile.name, ...path].filter((step) => typeof step === "string").join(".");
    const at = profile.at(path);
    return reason === MISSING && isMade
      ? [{
        code: "unreadable-file",
        severity: "info",
        message: `"${file}" of "${key}" does not exist yet: run-before may create it`,
        at,
      }]
      : [{ code: "unreadable-file", severity: "warning", message: `Cannot read "${file}" of "${key}": ${reason}`, at }];
  });
}

/** What is wrong in a file with patterns or paths for restic. */
export type ListCheck = (file: ListFile) => readonly Diagnostic[];

/** Reads each file once, however many profiles name it. */
export function listCheck(world: World): ListCheck {
  const seen = new Map<string, readonly Diagnostic[]>();
  return (file) => {
    const key = `${file.flag}\0${file.path}`;
    const found = seen.get(key) ?? homesInList(file, world.startDir, world);
    seen.set(key, found);
    return found;
  };
}

export function checkLists(profile: Profile, node: TableNode, check: ListCheck): Diagnostic[] {
  return references(profile, node).flatMap(({ path, file }) =>
    check({ flag: String(path.findLast((step) => typeof step === "string")), path: file })
  );
}

function references(profile: Profile, node: TableNode): Reference[] {
  const all = [
    ...ofOptions(profile.options, PROFILE_KEYS, []),
    ...ofFlags(profile.flags, []),
    ...[...profile.sections.values()].flatMap(({ name, options, flags }) => [
      ...ofOptions(options, sectionKeys(name), [name]),
      ...ofFlags(flags, [name]),
    ]),
  ];
  return all.filter(({ path }) => isWritten(node, path));
}

function isWritten(node: TableNode, [key, inner]: readonly (string | number)[]): boolean {
  const child = node.entries.get(String(key));
  return child !== undefined && (child.kind !== "table" || typeof inner !== "string" || child.entries.has(inner));
}

/** @param node the `global` section as merged; undefined without one */
export function checkGlobalFiles(global: GlobalOptions, node: TableNode | undefined, check: FileCheck): Diagnostic[] {
  return ofOptions(global, GLOBAL_KEYS, []).flatMap(({ path, file }): Diagnostic[] => {
    const reason = check(file);
    if (reason === undefined) return [];
    const message = `Cannot read "${file}" of "global.${path[0]}": ${reason}`;
    return [{ code: "unreadable-file", severity: "warning", message, at: node && locate(node, path) }];
  });
}

function ofOptions(options: object, keys: KeyTable, place: readonly (string | number)[]): Reference[] {
  return Object.entries(options).flatMap(([name, value]): Reference[] => {
    const key = keys[name];
    if (key === undefined || NOT_LOOKED_AT.has(name)) return [];
    if (key.type === "tables") return ofTables(value, key, [...place, name]);
    return key.path === "config" ? ofValue(value, [...place, name]) : [];
  });
}

function ofTables(value: unknown, { keys }: KeyDefinition, place: readonly (string | number)[]): Reference[] {
  return (value as readonly object[]).flatMap((item, index) => ofOptions(item, keys ?? {}, [...place, index]));
}

function ofFlags(flags: FlagValues, place: readonly string[]): Reference[] {
  return [...flags].flatMap(([name, value]) =>
    PATH_FLAGS[name] === "config" && !NOT_LOOKED_AT.has(name) ? ofValue(value, [...place, name]) : []
  );
}

function ofValue(value: unknown, path: readonly (string | number)[]): Reference[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => ofValue(item, [...path, index]));
  return typeof value === "string" && value !== "" ? [{ path, file: value }] : [];
}
