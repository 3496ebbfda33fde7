/** `validate`: every problem of all files, profiles and groups in one run. */
import { isTrueOption } from "../cli/options.ts";
import { checkGlobalFiles, fileCheck } from "../checks/file_check.ts";
import type { ResticInUse } from "../checks/release_check.ts";
import type { Configuration, LoadedGroup } from "../config/configuration.ts";
import { readConfiguration } from "../config/load.ts";
import { nodeWarning } from "../config/nodes/node.ts";
import { unique } from "../config/nodes/collected_problems.ts";
import { ConfigError, type Diagnostic, diagnosticFields } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { findRestic, type ResticProgram } from "../run/machine/find_restic.ts";
import { diagnosticTexts } from "../report/diagnostic_text.ts";
import type { GlobalOptions } from "../schema/profile.ts";
import { parseVersion } from "../schema/restic_version.ts";
import { missingMembers } from "../checks/group_member_check.ts";
import { snapshotCheck } from "../plan/check_snapshots.ts";
import { plainFacts } from "../launch/plain_facts.ts";
import { problemsOfProfiles } from "../checks/profile_checks.ts";
import { resticProblems, resticSettings } from "../launch/restic_settings.ts";
import { nameOfBoth } from "../launch/select_profiles.ts";
import { type ScheduleCheck, scheduleCheck } from "../checks/schedule_check.ts";
import { checkScheduler } from "../jobs/unusable_schedules.ts";
import { unitTemplateProblems } from "../jobs/unit_templates.ts";

/** `validate [--json]`. @returns 1 if there is an error, 0 for warnings */
export async function validate({ args, flags }: Invocation, world: World): Promise<number> {
  const problems = await allProblems(world, { name: flags.config, format: flags.format });
  world.console.print(isTrueOption(args, "json") ? asJson(problems) : asText(problems));
  return problems.some(({ severity }) => severity === "error") ? EXIT.failure : EXIT.success;
}

/** Everything there is to say about a configuration, in the order of files and lines. */
export async function allProblems(
  world: World,
  wanted: { readonly name: string; readonly format: string | undefined },
): Promise<Diagnostic[]> {
  try {
    return inOrder(unique(await problemsOf(await readConfiguration(world, wanted), world)));
  } catch (error) {
    return inOrder(unique(problemsIn(error)));
  }
}

async function problemsOf(configuration: Configuration, world: World): Promise<Diagnostic[]> {
  const { global, globalNode } = configuration;
  const restic = await findRestic(resticSettings(global), world);
  const used = inUse(restic, global, world.os);
  const files = fileCheck(world);
  const schedules = scheduleCheck(configuration, world);
  return [
    ...configuration.diagnostics.filter(({ severity }) => severity !== "info"),
    ...resticProblems(restic, configuration),
    ...restic.failure === undefined
      ? []
      : [{ code: "restic-program", severity: "warning", message: restic.failure } as const],
    ...checkGlobalFiles(global, globalNode, files),
    ...checkScheduler(configuration, world.os),
    ...await unitTemplateProblems(global, world),
    ...await problemsOfProfiles(configuration, {
      restic: used,
      files,
      schedules,
      snapshots: snapshotCheck({ global, facts: plainFacts({ ...restic, filter: used.filter }, {}, world) }),
    }, world),
    ...problemsOfGroups(configuration, schedules),
  ];
}

function inUse({ path, version, filter }: ResticProgram, global: GlobalOptions, os: string): ResticInUse {
  return {
    version: version === undefined ? undefined : parseVersion(version),
    os,
    // there may be a restic where the profiles will run
    filter: path === undefined ? global["restic-arguments-filter"] : filter,
  };
}

function problemsOfGroups(configuration: Configuration, schedules: ScheduleCheck): Diagnostic[] {
  return configuration.groupNames().flatMap((name) => {
    try {
      const loaded = configuration.loadedGroup(name);
      if (loaded === undefined) return [];
      return [
        ...sameName(loaded, configuration),
        ...loaded.diagnostics,
        ...missingMembers(loaded, configuration),
        ...schedules.ofGroup(loaded),
      ];
    } catch (error) {
      return problemsIn(error);
    }
  });
}

function sameName({ group: { name }, node }: LoadedGroup, { hasProfile }: Configuration): Diagnostic[] {
  return hasProfile(name) ? [nodeWarning(node, "ambiguous-name", nameOfBoth(name))] : [];
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
  const lines = diagnosticTexts(problems).map((text) => `${text}\n`).join("");
  return `${lines}${count("error", "error")}, ${count("warning", "warning")}\n`;
}

/** A list of flat objects; what a problem does not have is left out. */
function asJson(problems: readonly Diagnostic[]): string {
  const list = problems.map(diagnosticFields);
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
