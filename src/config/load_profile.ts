/** One profile of a configuration, from the files to what is planned. */
import { ConfigError, type Diagnostic } from "../model/diagnostic.ts";
import type { World } from "../platform/world.ts";
import type { Profile } from "../schema/profile.ts";
import { PROFILE_KEYS } from "../schema/profile_keys.ts";
import { isSectionName } from "../schema/section_names.ts";
import { checkProfile } from "./mistakes/unknown_keys.ts";
import type { LoadedProfile, ProfileOutline } from "./configuration.ts";
import { type FileLayout, readLayout } from "./structure/layout.ts";
import { unique, withoutErrors } from "./nodes/collected_problems.ts";
import { convertTable, unresolved } from "./values/convert_value.ts";
import { readProfile } from "./values/typed_profile.ts";
import { type Resolver, resolverOf } from "./structure/resolve_profile.ts";
import type { Parsed, SourceSet } from "./files/read_files.ts";
import { checkPatterns } from "./mistakes/stream_patterns.ts";
import { versionOf } from "./structure/layout_version.ts";

/** What the files hold, after templates and parsing. */
export interface Contents {
  readonly layout: FileLayout;
  readonly resolver: Resolver;
  /** The file of the template function `env`, if the texts name it. */
  readonly dotenv: string | undefined;
}

/** @throws {ConfigError} when the files have no common version, or something else than a table is where one is expected */
export function contentsOf({ sources, dotenv }: Parsed, report: (problem: Diagnostic) => void): Contents {
  const layout = readLayout(sources, versionOf(sources, report));
  return { layout, resolver: resolverOf(layout), dotenv };
}

export interface ProfileLoad {
  /** As the user wrote it. */
  readonly name: string;
  readonly command: string;
  readonly set: SourceSet;
  readonly start: Contents;
  /** Whether flags that a command does not know are kept from restic. */
  readonly filter: boolean;
}

/** After a change to `base-dir` templates may see another current folder, and give another `base-dir`. */
const ATTEMPTS = 3;

/** With its errors among the diagnostics. @throws {ConfigError} when there is no profile to read */
export async function loadProfile(load: ProfileLoad, world: World): Promise<LoadedProfile> {
  let currentDir = world.startDir;
  let loaded = await loadIn(currentDir, load, world);
  for (let attempt = 1; attempt < ATTEMPTS && load.set.variesBy("currentDir"); attempt++) {
    if (loaded.profile.workingDir === currentDir) break;
    currentDir = loaded.profile.workingDir;
    loaded = await loadIn(currentDir, load, world);
  }
  return loaded;
}

/** @throws {ConfigError} when what the profile inherits from or uses is wrong */
export function outlineProfile(load: ProfileLoad, world: World): ProfileOutline {
  const problems: Diagnostic[] = [];
  const report = (problem: Diagnostic) => void problems.push(problem);
  const { name } = load;
  const { resolver } = contentsFor(load, world.startDir, world, report);
  const { node, diagnostics } = resolver.profile(name);
  diagnostics.forEach(report);
  const { description = "" } = convertTable(node, { description: PROFILE_KEYS.description }, name, unresolved(report));
  withoutErrors(problems);
  const sections = [...node.entries].filter(([key, value]) => isSectionName(key) && value.kind === "table");
  return { name, description, sections: sections.map(([key]) => key).sort() };
}

async function loadIn(currentDir: string, load: ProfileLoad, world: World): Promise<LoadedProfile> {
  const { name, command, set, filter } = load;
  const diagnostics: Diagnostic[] = [];
  const report = (problem: Diagnostic) => void diagnostics.push(problem);
  const remarks: Diagnostic[] = [];
  const remark = (problem: Diagnostic) => void remarks.push(problem);
  const { layout, resolver, dotenv } = contentsFor(load, currentDir, world, report);
  const { node, diagnostics: found } = resolver.profile(name);
  found.forEach(report);
  checkProfile(node, name, report);
  const request = { name, version: layout.version, node, folders: set.folders, dotenv, command, filter, remark };
  const profile: Profile = readProfile(request, world, report);
  diagnostics.push(...await checkPatterns(profile));
  return { profile, node, diagnostics: unique(diagnostics), remarks };
}

/** The files are executed again only if they may be others for this profile. */
function contentsFor(
  { name, set, start }: ProfileLoad,
  currentDir: string,
  world: World,
  report: (problem: Diagnostic) => void,
): Contents {
  if (!set.variesBy("profile") && currentDir === world.startDir) return start;
  try {
    return contentsOf(set.parse({ profile: name, currentDir }), report);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.diagnostics.map((problem) => ofProfile(name, problem)));
  }
}

/** What the files are for one profile may be wrong for that one only. */
function ofProfile(name: string, problem: Diagnostic): Diagnostic {
  if (problem.severity !== "error") return problem;
  return { ...problem, message: `Cannot load profile "${name}": ${problem.message}` };
}
