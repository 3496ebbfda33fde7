/** The whole way from a file name to profiles: the door of this folder. */
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import type { World } from "../platform/world.ts";
import { GLOBAL_KEYS } from "../schema/global_keys.ts";
import type { GlobalOptions } from "../schema/profile.ts";
import { checkGlobal, checkGroup } from "./mistakes/unknown_keys.ts";
import { vanishedTexts } from "./mistakes/empty_texts.ts";
import { checkLayout } from "./mistakes/misplaced_names.ts";
import { checkUses } from "./mistakes/unnamed_mixins.ts";
import { checkGlobalValues } from "./mistakes/global_values.ts";
import type { Configuration, ExaminedProfile, LoadedGroup, LoadedProfile } from "./configuration.ts";
import { checkWriters } from "./mistakes/writable_files.ts";
import { convertTable } from "./values/convert_value.ts";
import { readGroup } from "./values/typed_groups.ts";
import { isGlobalInherited } from "./structure/lineage.ts";
import { type Contents, contentsOf, loadProfile, outlineProfile } from "./load_profile.ts";
import { definedNames, hasAlias, isDefined, namesWithValue } from "./structure/layout.ts";
import { type TableNode, without } from "./nodes/node.ts";
import { conversionIn, type PathContext } from "./values/path_values.ts";
import { collecting, unique, withoutErrors } from "./nodes/collected_problems.ts";
import { openSources, type WantedSources } from "./files/read_files.ts";
import type { Trace } from "./files/template_trace.ts";

type Report = (problem: Diagnostic) => void;

export interface LoadOptions extends WantedSources {
  /** Called for every file after its templates, once for each execution. */
  readonly trace?: Trace | undefined;
}

/**
 * Reads all files and what is of no single profile; profiles are read when they are asked for.
 * @throws {ConfigError} when a file cannot be found, read or parsed, and for errors of `version`, `includes` and `global`
 */
export async function loadConfiguration(world: World, options: LoadOptions): Promise<Configuration> {
  const configuration = await readConfiguration(world, options);
  withoutErrors(configuration.diagnostics);
  return configuration;
}

/**
 * The same, with errors of `global` among the diagnostics: for those who want to know of all.
 * @throws {ConfigError} when a file cannot be found, read or parsed, and for errors of `version` and `includes`
 */
export async function readConfiguration(world: World, options: LoadOptions): Promise<Configuration> {
  const diagnostics: Diagnostic[] = [];
  const report = (problem: Diagnostic) => void diagnostics.push(problem);
  const set = await openSources(world, options, { report, trace: options.trace });
  checkWriters(set.start.sources.map(({ path }) => path), world).forEach(report);
  set.start.sources.flatMap(vanishedTexts).forEach(report);
  const start = contentsOf(set.start, report);
  const globals = collecting(report, () => start.resolver.global());
  globals?.diagnostics.forEach(report);
  checkLayout(start.layout, report);
  checkUses(start.layout, report);
  const { layout } = start;
  const { configDir, configDirAbsolute } = set.folders;
  const globalWithout = (ignored: readonly string[]) => {
    const problems: Diagnostic[] = [];
    const node = globals && without(globals.node, ...ignored);
    if (node) checkGlobal(node, isGlobalInherited(layout), (problem) => void problems.push(problem));
    const global = readGlobal(node, configDirAbsolute, world, (problem) => void problems.push(problem));
    problems.push(...checkGlobalValues(global, node));
    return { global, diagnostics: unique([...diagnostics, ...problems]) };
  };
  const first = globalWithout([]);
  const filter = first.global["restic-arguments-filter"];
  const load = (name: string, command = "") => loadProfile({ name, command, set, start, filter }, world);
  return {
    path: set.main.path,
    format: set.main.format,
    isPipe: set.isPipe,
    dir: configDirAbsolute,
    version: layout.version,
    ...first,
    globalWithout,
    shownGlobal: () => readGlobal(globals?.node, configDir, world, () => {}),
    globalNode: globals?.node,
    profileNames: () => definedNames(layout.profiles),
    groupNames: () => namesWithValue(layout.groups),
    loadedGroup: (name) => loadGroup(name, start, globalContext(configDir, world)),
    isAliased: (name) => hasAlias(layout.profiles.get(name.toLowerCase())),
    hasProfile: (name) => isDefined(layout.profiles.get(name.toLowerCase())),
    profile: async (name, command) => {
      const loaded = await load(name, command);
      return { ...loaded, diagnostics: withoutErrors(loaded.diagnostics) };
    },
    outline: (name) => outlineProfile({ name, command: "", set, start, filter }, world),
    examine: (name) => examined(load(name)),
  };
}

async function examined(loading: Promise<LoadedProfile>): Promise<ExaminedProfile> {
  try {
    const loaded = await loading;
    return { loaded, diagnostics: loaded.diagnostics };
  } catch (error) {
    if (error instanceof ConfigError) return { loaded: undefined, diagnostics: error.diagnostics };
    throw error;
  }
}

/** @throws {ConfigError} */
function loadGroup(name: string, { layout, resolver }: Contents, context: GlobalContext): LoadedGroup | undefined {
  const resolved = resolver.group(name);
  if (resolved === undefined) return undefined;
  const { node } = resolved;
  const problems = [...resolved.diagnostics];
  const report = (problem: Diagnostic) => void problems.push(problem);
  if (layout.version === 2 && node.kind === "table") checkGroup(node, name, report);
  const group = readGroup(name, node, layout.version, conversionIn({ ...context, report }));
  return { group, node, diagnostics: withoutErrors(problems) };
}

function readGlobal(
  node: TableNode | undefined,
  configDir: string,
  world: World,
  report: Report,
): GlobalOptions {
  return convertTable(node, GLOBAL_KEYS, "global", conversionIn({ ...globalContext(configDir, world), report }));
}

type GlobalContext = Omit<PathContext, "report">;

/** Of what belongs to no profile: variables are those of the program. */
function globalContext(configDir: string, world: World): GlobalContext {
  return { world, configDir, workingDir: world.startDir, variables: () => world.env };
}
