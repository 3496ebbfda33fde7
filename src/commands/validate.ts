/** `validate`: every problem of all files, profiles and groups in one run. */
import { UsageError } from "../cli/usage_error.ts";
import { checkFiles, checkGlobalFiles, fileCheck } from "../config/check_files.ts";
import { releaseCheck, type ResticInUse } from "../config/check_release.ts";
import { checkCompleteness, checkValues } from "../config/check_values.ts";
import type { Configuration } from "../config/configuration.ts";
import { readConfiguration } from "../config/load.ts";
import { unique } from "../config/problems.ts";
import { ConfigError, type Diagnostic, formatDiagnostic, formatPosition } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { kindAt } from "../platform/kind_at.ts";
import type { World } from "../platform/world.ts";
import { findRestic } from "../run/machine/find_restic.ts";
import type { Profile } from "../schema/profile.ts";
import { parseVersion } from "../schema/restic_version.ts";
import { missingMembers } from "./group_members.ts";

/** `validate [--json]`. @returns 1 if there is an error, 0 for warnings */
export async function validate({ args, flags }: Invocation, world: World): Promise<number> {
  const unknown = args.find((arg) => arg !== "--json");
  if (unknown !== undefined) throw new UsageError(`Cannot use "${unknown}" with validate: it takes --json`);
  const problems = await allProblems(world, { name: flags.config, format: flags.format });
  world.console.write("stdout", args.includes("--json") ? asJson(problems) : asText(problems));
  return problems.some(({ severity }) => severity === "error") ? EXIT.failure : EXIT.success;
}

/** Everything there is to say about a configuration, in the order of files and lines. */
export async function allProblems(
  world: World,
  wanted: { readonly name: string; readonly format: string | undefined },
): Promise<Diagnostic[]> {
  const problems: Diagnostic[] = [];
  try {
    const configuration = await readConfiguration(world, wanted);
    problems.push(...configuration.diagnostics.filter(({ severity }) => severity !== "info"));
    problems.push(...await problemsOfProfiles(configuration, world), ...problemsOfGroups(configuration));
  } catch (error) {
    problems.push(...problemsIn(error));
  }
  return inOrder(unique(problems));
}

async function problemsOfProfiles(configuration: Configuration, world: World): Promise<Diagnostic[]> {
  const { restic, problems } = await findResticInUse(configuration, world);
  const files = fileCheck(world);
  const release = releaseCheck(restic);
  const findings: Finding[] = [];
  for (const name of configuration.profileNames()) {
    try {
      const { profile, diagnostics } = await configuration.profile(name);
      const found = [...diagnostics, ...checkFiles(profile, files), ...checkFolder(profile, world)];
      const parent = profile.options.inherit?.toLowerCase();
      const incomplete = checkCompleteness(profile, world.env);
      findings.push({ name, parent, found: [...found, ...checkValues(profile), ...release(profile)], incomplete });
    } catch (error) {
      findings.push({ name, parent: UNKNOWN_PARENT, found: problemsIn(error), incomplete: [] });
    }
  }
  const { global, globalNode } = configuration;
  return [...problems, ...checkGlobalFiles(global, globalNode, files), ...toldOnce(findings)];
}

async function findResticInUse(
  { global }: Configuration,
  world: World,
): Promise<{ restic: ResticInUse; problems: Diagnostic[] }> {
  const settings = {
    binary: global["restic-binary"],
    version: global["restic-version"],
    filter: global["restic-arguments-filter"],
  };
  const { path, version, filter, warnings } = await findRestic(settings, world);
  return {
    restic: {
      version: version === undefined ? undefined : parseVersion(version),
      os: world.os,
      // there may be a restic where the profiles will run
      filter: path === undefined ? settings.filter : filter,
    },
    problems: warnings.map((message) => ({ severity: "warning", message })),
  };
}

/** Of profiles that cannot be read: whatever they inherit has had its say before them. */
const UNKNOWN_PARENT = "";

interface Finding {
  /** In lower case. */
  readonly name: string;
  readonly parent: string | undefined;
  readonly found: readonly Diagnostic[];
  /** Of interest only if nobody inherits from it. */
  readonly incomplete: readonly Diagnostic[];
}

/** What a parent says is told of the parent, and not of all its children again. */
function toldOnce(findings: readonly Finding[]): Diagnostic[] {
  const parents = new Map(findings.map(({ name, parent }) => [name, parent]));
  const depths = new Map<string | undefined, number>([[undefined, 0], [UNKNOWN_PARENT, Infinity]]);
  const depth = (name: string | undefined): number => {
    const known = depths.get(name) ?? 1 + depth(parents.get(name!));
    depths.set(name, known);
    return known;
  };
  const inherited = new Set(parents.values());
  const told = new Set<string>();
  return [...findings].sort((one, other) => depth(one.name) - depth(other.name)).flatMap((finding) => {
    const { name, found, incomplete } = finding;
    const all = inherited.has(name) ? found : [...found, ...incomplete];
    return all.filter((problem) => isNew(problem, name, told));
  });
}

function isNew({ at, message }: Diagnostic, profile: string, told: Set<string>): boolean {
  const place = at ? formatPosition(at) : profile;
  const key = `${place} ${message.replaceAll(`"${profile}.`, '".').replaceAll(`"${profile}"`, '""')}`;
  return !told.has(key) && told.add(key).size > 0;
}

function checkFolder({ name, workingDir, options, at }: Profile, { files }: World): Diagnostic[] {
  if (options["base-dir"] === undefined || kindAt(workingDir, files) === "directory") return [];
  const message = `Cannot use "${workingDir}" of "${name}.base-dir": it is no folder`;
  return [{ severity: "warning", message, at: at(["base-dir"]) }];
}

function problemsOfGroups(configuration: Configuration): Diagnostic[] {
  return configuration.groupNames().flatMap((name) => {
    try {
      const loaded = configuration.loadedGroup(name);
      return loaded ? [...loaded.diagnostics, ...missingMembers(loaded, configuration)] : [];
    } catch (error) {
      return problemsIn(error);
    }
  });
}

function problemsIn(error: unknown): readonly Diagnostic[] {
  if (error instanceof ConfigError) return error.diagnostics;
  throw error;
}

function inOrder(problems: readonly Diagnostic[]): Diagnostic[] {
  const files = [...new Set(problems.map(({ at }) => at?.path))];
  return [...problems].sort((one, other) =>
    files.indexOf(one.at?.path) - files.indexOf(other.at?.path) ||
    (one.at?.line ?? 0) - (other.at?.line ?? 0) || (one.at?.column ?? 0) - (other.at?.column ?? 0)
  );
}

function asText(problems: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic["severity"], word: string) => {
    const found = problems.filter((problem) => problem.severity === severity).length;
    return `${found} ${word}${found === 1 ? "" : "s"}`;
  };
  const lines = problems.map((problem) => `${formatDiagnostic(problem)}\n`).join("");
  return `${lines}${count("error", "error")}, ${count("warning", "warning")}\n`;
}

/** A list of flat objects; what a problem does not have is left out. */
function asJson(problems: readonly Diagnostic[]): string {
  const list = problems.map(({ severity, message, at, hint }) => ({ severity, message, ...at, hint }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
