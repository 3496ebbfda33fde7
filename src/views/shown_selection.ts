/** A profile as its commands will use it: what `true` of `tag`, `host` and `path` stands for, and defaults. */
import { childEnvironment } from "../platform/child_environment.ts";
import type { World } from "../platform/world.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { mainOutline } from "../plan/command_steps.ts";
import { planEnvironment } from "../plan/environment_plan.ts";
import { mergeFlags } from "../plan/flag_words.ts";
import { openPlanning } from "../plan/plan_job.ts";
import type { Planning } from "../plan/planning.ts";
import { retentionSwitches } from "../plan/retention.ts";
import { invocationOfSection } from "../plan/section_invocation.ts";
import { selectSnapshots } from "../plan/selection.ts";
import type { FlagValues, GlobalOptions, Profile, Section } from "../schema/profile.ts";
import { acceptsFlag } from "../schema/restic_flags.ts";
import { plainFacts } from "../launch/plain_facts.ts";

export interface UsedProfile {
  readonly options: Profile["options"];
  /** By name, sorted. */
  readonly sections: readonly UsedSection[];
  /** Keys of the profile that are not in the configuration. */
  readonly added: ReadonlySet<string>;
  /** What there is to know about it; no problems, which a run or `validate` tells. */
  readonly notes: readonly Diagnostic[];
}

export interface UsedSection extends Section {
  /** Its keys that are not in the configuration. */
  readonly added: ReadonlySet<string>;
}

const SELECTING = ["tag", "host", "path"] as const;

/** Asks no restic: the newest counts, or the `restic-version` of the configuration. */
export function usedProfile(profile: Profile, global: GlobalOptions, world: World): UsedProfile {
  const { variables } = childEnvironment(planEnvironment(profile, "", world.os), world);
  const version = /^v?\d+(\.\d+){0,2}$/.test(global["restic-version"] ?? "") ? global["restic-version"] : undefined;
  const restic = { path: undefined, version, filter: global["restic-arguments-filter"], warnings: [] };
  const facts = plainFacts(restic, variables, world);
  const notes: Diagnostic[] = [];
  const sections = [...profile.sections.values()].sort((one, other) => one.name < other.name ? -1 : 1)
    .map((section) => {
      const invocation = invocationOfSection(section.name);
      return usedSection(section, openPlanning({ profile, global, facts, invocation }, (note) => notes.push(note)));
    });
  const files = profile.options["env-file"] ?? [];
  const isAdded = profile.dotenv !== undefined && !files.includes(profile.dotenv);
  const options = isAdded ? { ...profile.options, "env-file": [...files, profile.dotenv!] } : profile.options;
  return {
    options,
    sections,
    added: new Set(isAdded ? ["env-file"] : []),
    notes: notes.filter(({ severity }) => severity === "info"),
  };
}

function usedSection(section: Section, planning: Planning): UsedSection {
  const { name, options, flags } = section;
  const used = flagsOfRun(planning);
  const changed = SELECTING.filter((key) => isChanged(key, flags, used, planning))
    .map((key) => [key, used.get(key)!] as const);
  const switches = name === "retention" && options["after-backup"] === undefined && retentionSwitches(planning).after
    ? { "after-backup": true }
    : {};
  return {
    name,
    options: { ...options, ...switches },
    flags: new Map([...flags, ...changed]),
    added: new Set([...changed.map(([key]) => key), ...Object.keys(switches)]),
  };
}

/** Whether the run has another value than what is written in the section, or is shown of the profile. */
function isChanged(
  key: string,
  own: FlagValues,
  used: FlagValues,
  { command, common, facts, release }: Planning,
): boolean {
  const value = used.get(key);
  if (value === undefined || value === own.get(key) || (!own.has(key) && value === common.get(key))) return false;
  return own.has(key) || !facts.filter || acceptsFlag(command, key, release);
}

function flagsOfRun(planning: Planning): FlagValues {
  const { command, common, section } = planning;
  return command === "backup"
    ? selectSnapshots(mergeFlags(common, section?.flags), command, planning)
    : mainOutline(planning).flags;
}
