/** The whole way from a file name to profiles, one at a time: the door of this folder. */
import { ConfigError, type Diagnostic, formatDiagnostic } from "../model/diagnostic.ts";
import type { World } from "../platform/world.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import type { GlobalOptions, Profile } from "../schema/profile.ts";
import { checkGlobal, checkProfile } from "./check.ts";
import { checkLayout } from "./check_layout.ts";
import type { Configuration, LoadedProfile } from "./configuration.ts";
import { type Conversion, convertTable } from "./convert.ts";
import type { Wanted } from "./find.ts";
import { readGroup } from "./groups.ts";
import { definedNames, isDefined, type Layout, readLayout } from "./names.ts";
import type { TableNode } from "./node.ts";
import { type Folders, resolvePath } from "./paths.ts";
import { readProfile } from "./profile.ts";
import { type Resolver, resolverOf } from "./resolve.ts";
import { openSources, type Parsed, type SourceSet } from "./sources.ts";
import { versionOf } from "./versions.ts";

export interface LoadOptions extends Wanted {
  /** Gets the numbered text of every file after its templates, once for each execution. */
  readonly trace?: ((text: string) => void) | undefined;
}

/**
 * Reads all files and what is of no single profile; profiles are read when they are asked for.
 * @throws {ConfigError} when a file cannot be found, read or parsed, and for errors of `version`, `includes` and `global`
 */
export async function loadConfiguration(world: World, options: LoadOptions): Promise<Configuration> {
  const diagnostics: Diagnostic[] = [];
  const report = (problem: Diagnostic) => void diagnostics.push(problem);
  const set = await openSources(world, options, { report, trace: options.trace });
  const start = contents(set.start, report);
  const globals = start.resolver.global();
  globals?.diagnostics.forEach(report);
  const global = readGlobal(globals?.node, set.folders, world, report);
  const { layout } = start;
  checkLayout(layout, report);
  if (globals) checkGlobal(globals.node, report);
  return {
    path: set.main.path,
    dir: set.folders.configDirAbsolute,
    version: layout.version,
    global,
    globalNode: globals?.node,
    diagnostics: finished(diagnostics),
    profileNames: () => definedNames(layout.profiles),
    groupNames: () => [...layout.groups.keys()].sort(),
    group(name) {
      const group = start.resolver.group(name);
      if (group === undefined) return undefined;
      const problems = [...group.diagnostics];
      const read = readGroup(name, group.node, layout.version, (problem) => void problems.push(problem));
      finished(problems);
      return read;
    },
    groupNode: (name) => start.resolver.group(name)?.node,
    hasProfile: (name) => isDefined(layout.profiles.get(name.toLowerCase())),
    profile: async (name, command = "", schedule = "") => {
      const loaded = loadProfile({ name, command, schedule, set, start }, world);
      await checkPatterns(loaded);
      return loaded;
    },
  };
}

interface Contents {
  readonly layout: Layout;
  readonly resolver: Resolver;
  readonly dotenv: string | undefined;
}

function contents({ sources, dotenv }: Parsed, report: (problem: Diagnostic) => void): Contents {
  const layout = readLayout(sources, versionOf(sources, report));
  return { layout, resolver: resolverOf(layout), dotenv };
}

/** @throws {ConfigError} when there is an error among the problems */
function finished(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  const unique = problems.filter((problem) => {
    const text = formatDiagnostic(problem);
    return !seen.has(text) && seen.add(text);
  });
  if (unique.some(({ severity }) => severity === "error")) throw new ConfigError(unique);
  return unique;
}

/** Told as an error, but none that stops the run. */
function sameNames(name: string, { groups }: Layout): Diagnostic[] {
  if (!groups.has(name.toLowerCase())) return [];
  return [{ severity: "error", message: `Profile and group have the same name "${name}": the profile is used` }];
}

function readGlobal(
  node: TableNode | undefined,
  folders: Folders,
  world: World,
  report: (problem: Diagnostic) => void,
): GlobalOptions {
  const context = {
    world,
    report,
    configDir: folders.configDir,
    workingDir: folders.startDir,
    variables: () => world.env,
  };
  const conversion: Conversion = { report, path: (rule, text, at) => resolvePath(rule, text, at, context) };
  return convertTable(node, GLOBAL_KEYS, "global", conversion);
}

interface ProfileLoad {
  readonly name: string;
  readonly command: string;
  readonly schedule: string;
  readonly set: SourceSet;
  readonly start: Contents;
}

/** After a change to `base-dir` templates may see another current folder, and give another `base-dir`. */
const ATTEMPTS = 3;

function loadProfile({ name, command, schedule, set, start }: ProfileLoad, world: World): LoadedProfile {
  let currentDir = world.startDir;
  let loaded: LoadedProfile | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const diagnostics: Diagnostic[] = [];
    const report = (problem: Diagnostic) => void diagnostics.push(problem);
    const varies = set.variesBy("profile") || currentDir !== world.startDir;
    const { layout, resolver, dotenv } = varies
      ? expandedFor(name, () => contents(set.parse({ profile: name, currentDir, schedule }), report))
      : start;
    const { node, diagnostics: found } = resolver.profile(name);
    found.forEach(report);
    checkProfile(node, name, report);
    const request = { name, version: layout.version, node, folders: set.folders, dotenv, command };
    const profile: Profile = readProfile(request, world, report);
    loaded = { profile, node, diagnostics: [...finished(diagnostics), ...sameNames(name, layout)] };
    if (profile.workingDir === currentDir || !set.variesBy("currentDir")) break;
    currentDir = profile.workingDir;
  }
  return loaded!;
}

/** What the files are for one profile may be wrong for that one only. */
function expandedFor(name: string, read: () => Contents): Contents {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      error.diagnostics.map((problem) =>
        problem.severity === "error"
          ? { ...problem, message: `Cannot load profile "${name}": ${problem.message}` }
          : problem
      ),
    );
  }
}

/**
 * A pattern that restic's messages could never be searched for is an error before anything runs.
 * @throws {ConfigError}
 */
async function checkPatterns({ profile }: LoadedProfile): Promise<void> {
  const callbacks = profile.options["stream-error"] ?? [];
  if (callbacks.length === 0) return;
  const { compileRegExp } = await import("../template/re2.ts");
  const problems = callbacks.flatMap(({ pattern = "" }, index): Diagnostic[] => {
    try {
      compileRegExp(pattern);
      return [];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const message = `Cannot use pattern ${index + 1} of "${profile.name}.stream-error": ${error.message}`;
      return [{ severity: "error", message, at: profile.at(["stream-error", index, "pattern"]) }];
    }
  });
  if (problems.length > 0) throw new ConfigError(problems);
}
