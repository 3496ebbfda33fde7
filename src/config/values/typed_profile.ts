/** A resolved tree of values to the typed profile that is planned and run. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { cleanPath, isAbsolutePath, joinPath } from "../../model/path.ts";
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";
import type { LayoutVersion, Profile, ProfileOptions, Section, SectionOptions } from "../../schema/profile.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { BACKUP_KEYS, sectionKeys } from "../../schema/section_keys.ts";
import { commandWords, resolveSources, sourceBase } from "./backup_sources.ts";
import { type Conversion, convertTable, unresolved } from "./convert_value.ts";
import { withMeantPaths } from "./escaped_paths.ts";
import { flagValues } from "./passed_flags.ts";
import { locate } from "../nodes/locate_key.ts";
import { isNull, kindOf, nodeError, type TableNode } from "../nodes/node.ts";
import type { Folders } from "../files/find_file.ts";
import { conversionIn, type PathContext, resolvePath } from "./path_values.ts";
import { absoluteForBackup } from "./relative_backup.ts";
import { scalarText } from "../nodes/scalars.ts";
import { isDeciding } from "../../schema/deciding_flags.ts";
import { commandsOfSection, flagOfKey, isFlagOfAnyCommand, isKnownFlag } from "../../schema/restic_flags.ts";
import { isSectionName, isSectionOnly } from "../../schema/section_names.ts";
import { profileVariables, variableName } from "./path_variables.ts";

export interface ProfileRequest {
  /** As the user wrote it. */
  readonly name: string;
  readonly version: LayoutVersion;
  readonly node: TableNode;
  readonly folders: Folders;
  readonly dotenv: string | undefined;
  /** The command that the user runs, for `$PROFILE_COMMAND` in paths. */
  readonly command: string;
  /** Whether flags that a command does not know are kept from restic. */
  readonly filter: boolean;
  /** Gets what is of interest only to a check of the configuration, not to a run. */
  readonly remark: (problem: Diagnostic) => void;
}

/** Every problem is reported; what could not be read is left out. */
export function readProfile(request: ProfileRequest, world: World, report: (problem: Diagnostic) => void): Profile {
  const { name, node, folders } = request;
  const context = pathContext(request, world, report);
  const conversion = conversionIn(context);
  const options = convertTable(node, PROFILE_KEYS, name, conversion);
  const read: Profile = {
    name,
    version: request.version,
    options: options.env ? { ...options, env: renamed(options.env, world.env) } : options,
    flags: flagValues(node, { ...OF_PROFILE, reachesRestic: ofAnyCommand(request) }, name, conversion),
    sections: readSections(request, context, conversion),
    configDir: folders.configDirAbsolute,
    workingDir: context.workingDir,
    madeAbsolute: context.madeAbsolute,
    doubtful: context.doubtful,
    dotenv: request.dotenv,
    at: (path) => locate(node, path),
  };
  const profile = withMeantPaths(read, context.doubtful, world, report);
  return absoluteForBackup(profile, world.os, folders.startDir);
}

function ofAnyCommand({ filter }: ProfileRequest): (key: string) => boolean {
  return (key) => !filter || isFlagOfAnyCommand(flagOfKey(key));
}

function ofSection(section: string, { filter }: ProfileRequest): (key: string) => boolean {
  const commands = commandsOfSection(section);
  return (key) => !filter || commands.some((command) => isKnownFlag(command, flagOfKey(key)));
}

/** Flags of the profile are meant for many commands: an error would keep all of them from running. */
const OF_PROFILE = { isOwn: isOwnKey, decides: () => false };

function isOwnKey(key: string): boolean {
  return Object.hasOwn(PROFILE_KEYS, key);
}

function renamed(env: NonNullable<ProfileOptions["env"]>, environment: World["env"]): typeof env {
  return new Map([...env].map(([name, value]) => [variableName(name, environment), value]));
}

interface ProfileContext extends PathContext {
  readonly madeAbsolute: Set<string>;
  readonly doubtful: Set<string>;
  /** Whether `base-dir` is set; an empty one does not count. */
  readonly hasBaseDir: boolean;
}

function pathContext(
  { node, folders, name, command, dotenv, remark }: ProfileRequest,
  world: World,
  report: (problem: Diagnostic) => void,
): ProfileContext {
  let known: Readonly<Record<string, string>> | undefined;
  const variables = () =>
    known ??= profileVariables({ name, command, node, dotenv, configDir: folders.configDir }, world);
  const start = {
    world,
    variables,
    configDir: folders.configDir,
    workingDir: folders.startDir,
    madeAbsolute: new Set<string>(),
    doubtful: new Set<string>(),
    remark,
    hasBaseDir: false,
  };
  const baseDir = node.entries.get("base-dir");
  if (baseDir?.kind !== "scalar" || isNull(baseDir)) return { ...start, report };
  // the option is converted with the others; what there is to report, is reported then
  const path = resolvePath("folder", scalarText(baseDir.value), baseDir, {
    ...start,
    report: () => {},
    remark: () => {},
  });
  if (path === "") return { ...start, report };
  const workingDir = isAbsolutePath(path, world.os) ? cleanFolder(path, world) : joinPath(folders.startDir, path);
  const elsewhere = workingDir !== folders.startDir;
  const configDir = elsewhere ? folders.configDirAbsolute : folders.configDir;
  return { ...start, report, workingDir, configDir, hasBaseDir: true };
}

/** Without `..`, as people read it; behind a symbolic link `..` may be another folder, so there the path stays as it is. */
function cleanFolder(path: string, { files, os }: World): string {
  const clean = cleanPath(path);
  if (clean === path || os === "windows") return path;
  return unlessFileError(() => files.realPath(clean) === files.realPath(path) ? clean : path, path);
}

function readSections(request: ProfileRequest, context: ProfileContext, conversion: Conversion): Map<string, Section> {
  const sections = new Map<string, Section>();
  for (const [key, node] of request.node.entries) {
    if (isOwnKey(key) || isNull(node)) continue;
    const name = `${request.name}.${key}`;
    if (node.kind !== "table") {
      if (isSectionOnly(key)) {
        context.report(nodeError(node, "wrong-type", `Cannot read "${name}": wanted a table, found ${kindOf(node)}`));
      }
    } else if (key === "backup") sections.set(key, readBackup(node, name, request, context));
    else sections.set(key, readSection(key, node, request, isUsed(key, request) ? conversion : forgiving(conversion)));
  }
  return sections;
}

/** A table that no command of restic has the name of is part of no run, unless it is asked for: restic may be newer. */
function isUsed(key: string, { command }: ProfileRequest): boolean {
  return isSectionName(key) || key === command.toLowerCase();
}

function forgiving(conversion: Conversion): Conversion {
  return { ...conversion, report: (problem) => conversion.report({ ...problem, severity: "warning" }) };
}

function readSection(section: string, node: TableNode, request: ProfileRequest, conversion: Conversion): Section {
  const name = `${request.name}.${section}`;
  const keys = sectionKeys(section);
  const options = convertTable(node, keys, name, conversion) as SectionOptions;
  const isOwn = (key: string) => Object.hasOwn(keys, key);
  const decides = (key: string) => commandsOfSection(section).some((command) => isDeciding(command, flagOfKey(key)));
  const flags = flagValues(node, { isOwn, reachesRestic: ofSection(section, request), decides }, name, conversion);
  return { name: section, options, flags };
}

function readBackup(node: TableNode, name: string, request: ProfileRequest, context: ProfileContext): Section {
  const quietly = unresolved(() => {});
  const relative =
    convertTable(node, { "source-relative": BACKUP_KEYS["source-relative"] }, name, quietly)["source-relative"];
  // restic runs elsewhere then
  const here = relative ? { ...context, configDir: request.folders.configDirAbsolute } : context;
  const section = readSection("backup", node, request, conversionIn(here));
  const { source, "stdin-from-command": isCommand } = section.options;
  const written = section.options["source-base"] || undefined; // an empty one does not count
  const base = sourceBase(written, { hasBaseDir: context.hasBaseDir, relative }, context);
  const sources = isCommand ? commandWords(node) : resolveSources(node.entries.get("source"), { base, relative }, here);
  const options: SectionOptions = {
    ...section.options,
    ...(source && { source: sources }),
    ...(base !== undefined && (relative || written !== undefined) && { "source-base": base }),
  };
  return { ...section, options };
}
