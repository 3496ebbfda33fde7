/** What there is to say about each profile of a configuration; what concerns a parent is said once, of the parent. */
import { checkFiles, checkLists, type FileCheck, listCheck } from "./file_check.ts";
import { checkFlags } from "./flag_value_check.ts";
import { checkHooks } from "./http_hook_check.ts";
import { checkMonitoring, sharedPushGroups } from "./monitoring_check.ts";
import { checkEscapes } from "../config/values/escaped_paths.ts";
import { releaseCheck, type ResticInUse } from "./release_check.ts";
import { checkCompleteness, checkRetention, checkValues } from "./profile_value_check.ts";
import { checkCharacters } from "./character_check.ts";
import { checkMoments } from "./moment_check.ts";
import type { Configuration } from "../config/configuration.ts";
import { isHolderName } from "../config/mistakes/likely_places.ts";
import { ConfigError, type Diagnostic, formatPosition } from "../model/diagnostic.ts";
import type { SnapshotCheck } from "../plan/check_snapshots.ts";
import { lateSources } from "../plan/source_words.ts";
import { kindAt } from "../platform/kind_at.ts";
import type { World } from "../platform/world.ts";
import { findSource } from "../run/found_sources.ts";
import type { Profile } from "../schema/profile.ts";
import { checkEnvironment } from "./environment_check.ts";
import type { ScheduleCheck } from "./schedule_check.ts";

interface Finding {
  /** In lower case. */
  readonly name: string;
  readonly parent: string | undefined;
  readonly found: readonly Diagnostic[];
  /** Of interest only for a profile without children. */
  readonly incomplete: readonly Diagnostic[];
  /** It only holds parts for others, unless it is run or inherited. */
  readonly isHolder: boolean;
}

export interface Checks {
  readonly restic: ResticInUse;
  readonly files: FileCheck;
  readonly schedules: ScheduleCheck;
  readonly snapshots: SnapshotCheck;
}

export async function problemsOfProfiles(
  configuration: Configuration,
  { restic, files, schedules, snapshots }: Checks,
  world: World,
): Promise<Diagnostic[]> {
  const release = releaseCheck(restic);
  const lists = listCheck(world);
  const findings: Finding[] = [];
  const pushing: Profile[] = []; // only these are kept until the end: a file may have ten thousand profiles
  for (const name of configuration.profileNames()) {
    const { loaded, diagnostics } = await configuration.examine(name);
    const profile = loaded?.profile;
    if (profile?.options["prometheus-push"]) pushing.push(profile);
    const isWrong = diagnostics.some(({ severity }) => severity === "error");
    findings.push({
      name,
      parent: profile?.options.inherit?.toLowerCase(),
      isHolder: isHolderName(name) || configuration.isAliased(name) && profile !== undefined && isNoProfile(profile),
      found: loaded === undefined ? diagnostics : [
        ...diagnostics,
        ...loaded.remarks,
        ...checkEscapes(loaded.profile, world.os),
        ...checkFiles(loaded.profile, loaded.node, files),
        ...checkLists(loaded.profile, loaded.node, lists),
        ...checkEnvironment(loaded.profile, world),
        ...checkFolder(loaded.profile, world),
        ...checkSources(loaded.profile, world),
        ...checkMoments(loaded.node, loaded.profile.name),
        ...checkCharacters(loaded.node, loaded.profile.name),
        ...checkValues(loaded.profile, world.env),
        ...checkFlags(loaded.profile),
        ...checkHooks(loaded.profile, world),
        ...checkMonitoring(loaded.profile, world),
        ...release(loaded.profile),
        ...schedules.ofProfile(loaded),
      ],
      // what is missing may be what could not be read
      incomplete: profile === undefined || isWrong
        ? []
        : [...checkCompleteness(profile, world.env), ...checkRetention(profile, restic), ...snapshots(profile)],
    });
  }
  const parents = new Set(findings.map(({ parent }) => parent));
  const used = new Set([...parents, ...membersOf(configuration)]);
  return [
    ...toldOnce(findings.filter(({ name, isHolder }) => !isHolder || used.has(name))),
    ...sharedPushGroups(pushing.filter(({ name }) => !parents.has(name.toLowerCase()))),
  ];
}

/** What the table of an anchor lacks, if it is written for its aliases: what is wrong in it is reported for the profiles that use them. */
function isNoProfile({ options, flags }: Profile): boolean {
  const { repository, "repository-file": file, inherit } = options;
  return !repository?.reveal() && !file && !inherit &&
    !["repo", "repository", "repository-file"].some((name) => flags.has(name));
}

/** Profiles that a group runs, in lower case. */
function membersOf(configuration: Configuration): string[] {
  return configuration.groupNames().flatMap((name) => {
    try {
      return configuration.loadedGroup(name)?.group.profiles ?? [];
    } catch (error) {
      if (error instanceof ConfigError) return []; // told with the groups
      throw error;
    }
  }).map((name) => name.toLowerCase());
}

/** What a parent says is reported once, for the parent. */
function toldOnce(findings: readonly Finding[]): Diagnostic[] {
  const parents = new Map(findings.map(({ name, parent }) => [name, parent]));
  const inherited = new Set(parents.values());
  const depths = depthsOf(parents);
  const told = new Set<string>();
  return [...findings].sort((one, other) => depths.get(one.name)! - depths.get(other.name)!).flatMap((finding) => {
    const { name, found, incomplete } = finding;
    const all = inherited.has(name) ? found : [...found, ...incomplete];
    return all.filter((problem) => isNew(problem, name, told));
  });
}

/** How many ancestors each profile has. */
function depthsOf(parents: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const [name] of parents) {
    const line = new Set<string>();
    let at: string | undefined = name;
    // a circle ends where it began
    while (at !== undefined && parents.has(at) && !depths.has(at) && !line.has(at)) {
      line.add(at);
      at = parents.get(at);
    }
    const above = at === undefined ? 0 : depths.get(at) ?? 0;
    [...line].reverse().forEach((each, index) => depths.set(each, above + 1 + index));
  }
  return depths;
}

function isNew({ at, message }: Diagnostic, profile: string, told: Set<string>): boolean {
  const place = at ? formatPosition(at) : profile;
  const key = `${place} ${message.replaceAll(`"${profile}.`, '".').replaceAll(`"${profile}"`, '""')}`;
  return !told.has(key) && told.add(key).size > 0;
}

function checkFolder({ name, workingDir, options, at }: Profile, { files }: World): Diagnostic[] {
  if (options["base-dir"] === undefined || kindAt(workingDir, files) === "directory") return [];
  const message = `Cannot use "${workingDir}" of "${name}.base-dir": it is not a folder`;
  return [{ code: "working-folder", severity: "warning", message, at: at(["base-dir"]) }];
}

/** What a pattern matches is looked up by a run, behind its hooks; here is what it would find now. */
function checkSources(profile: Profile, world: World): Diagnostic[] {
  return lateSources(profile, world.os).flatMap((source) => findSource(source, world).problem ?? []);
}
