/**
 * What keeps a command that removes or rewrites snapshots from running: its selection, or what it is to keep, would not reach
 * restic as it was written, and restic would take more than that.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import {
  changesContent,
  isDeciding,
  isKeepRule,
  isNegative,
  isNoRule,
  isSelection,
  refusesNegativeRules,
  saysNothing,
} from "../schema/deciding_flags.ts";
import type { FlagValue, FlagValues } from "../schema/profile.ts";
import { likelyKey } from "../schema/likely_key.ts";
import { acceptsFlag, findFlag, flagNames, isFlagOfAnyCommand, NEWEST } from "../schema/restic_flags.ts";
import type { Planning } from "./planning.ts";
import { placeOfFlag, type SectionPlan } from "./command_section.ts";
import { hasUserFlag, NO_ARGUMENTS, type UserArguments } from "./user_arguments.ts";

export interface RefusableCall {
  readonly command: string;
  readonly section: SectionPlan | undefined;
  /** Of profile and section. */
  readonly flags: FlagValues;
  /** What the user typed for this very command; absent: it is not the user's. */
  readonly typed?: UserArguments;
  /** Snapshots that the configuration names. */
  readonly snapshots?: readonly string[];
}

interface Problem {
  /** Behind the name of the flag. */
  readonly text: string;
  readonly hint: string;
}

/** Errors; none for a command that may run. Snapshots that are named by their IDs are a selection. */
export function refusals(given: RefusableCall, planning: Planning): Diagnostic[] {
  const call = { typed: NO_ARGUMENTS, snapshots: [], ...given };
  const ids = [...call.typed.positional, ...call.snapshots];
  const isById = areSnapshots(ids);
  const problems = [...call.flags].flatMap(([name, value]) => {
    if (!isMeantToDecide(name, call) || hasUserFlag(call.typed, name)) return [];
    if (isById ? !changesContent(name) : ids.length > 0 && isKeepRule(name)) return [];
    const problem = problemOf(name, value, call, planning);
    return problem === undefined ? [] : [error(name, problem, call, planning)];
  });
  return problems.length > 0 || ids.length > 0 ? problems : emptyPolicy(call, planning);
}

/** Whether the words name snapshots on their own: the latest is that of the selected ones. */
export function areSnapshots(ids: readonly string[]): boolean {
  return ids.length > 0 && !ids.some((id) => id.startsWith("latest"));
}

/**
 * Also of a name that no restic has, and that is likely a slip of the pen: `keepdaily`, `group_by`. In the profile itself a word that
 * is only similar may be meant for something else.
 */
function isMeantToDecide(name: string, { command, section }: Required<RefusableCall>): boolean {
  if (isDeciding(command, name)) return true;
  if (isFlagOfAnyCommand(name)) return false;
  const deciding = flagNames(command).filter((flag) => isDeciding(command, flag));
  if (deciding.some((flag) => joined(flag) === joined(name))) return true;
  const meant = section?.flags.has(name) ? likelyKey(name, flagNames(command)) : undefined;
  return meant !== undefined && deciding.includes(meant);
}

function joined(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

function problemOf(name: string, value: FlagValue, call: RefusableCall, planning: Planning): Problem | undefined {
  const { command, section } = call;
  if (value === true && findFlag(command, name)?.value === "required") {
    return isSelection(name) ? standsForNothing(name, section?.flags.has(name) || planning.common.has(name)) : {
      text: ' = true" has no value',
      hint: `Write what restic's --${name} is to get, or remove it`,
    };
  }
  if (Array.isArray(value) && (value.length === 0 || name === "path" && value.includes(""))) {
    return { text: '" comes out empty', hint: `Write its values, or "${name} = false"` };
  }
  if (saysNothing(value)) return undefined;
  return lacking(name, section, planning, command) ?? negative(name, value, planning);
}

const WANTED: Readonly<Record<string, string>> = {
  tag: "has no tag",
  host: "has no host",
  path: "names no source",
};

/** @param isWritten not by version 2 or a retention's own defaults */
function standsForNothing(name: string, isWritten: boolean): Problem {
  return {
    text: isWritten
      ? ` = true" copies from backup, which ${WANTED[name]}`
      : `" is that of backup, which ${WANTED[name]}`,
    hint: `Write a tag or path to select by, or "${name} = false" for all snapshots`,
  };
}

/** Flags of the profile are meant for many commands, but rules of a retention for one, and slips of the pen for none. */
function lacking(
  name: string,
  section: SectionPlan | undefined,
  { facts, release }: Planning,
  command: string,
): Problem | undefined {
  const isMeant = section?.flags.has(name) || isKeepRule(name) || !isFlagOfAnyCommand(name);
  if (!facts.filter || !isMeant || acceptsFlag(command, name, release)) return undefined;
  const isKnown = findFlag(command, name) !== undefined;
  return {
    text: `": restic ${facts.resticVersion ?? ""}`.trimEnd() + ` has no flag --${name} for ${command}`,
    hint: isKnown ? "Use a newer restic, or remove the flag" : "Correct its name, or remove it",
  };
}

function negative(name: string, value: FlagValue, { facts, release }: Planning): Problem | undefined {
  if (
    !isKeepRule(name) || name === "keep-tag" || !isNegative(value) || refusesNegativeRules(release.version ?? NEWEST)
  ) {
    return;
  }
  return {
    text: ` = ${value}" is negative: restic ${facts.resticVersion} keeps nothing then`,
    hint: "Write a large number to keep all",
  };
}

/** It has rules, and not one of them keeps anything. */
function emptyPolicy(call: Required<RefusableCall>, planning: Planning): Diagnostic[] {
  const { command, flags, typed } = call;
  const typesRule = typed.clusters.some((cluster) => cluster.flags.some(({ name }) => isKeepRule(name)));
  const rules = [...flags].filter(([name, value]) =>
    isKeepRule(name) && value !== false && (value !== "" || name === "keep-tag")
  );
  const isEmpty = rules.every(([name, value]) => name !== "keep-tag" && isNoRule(value));
  if (command !== "forget" || typesRule || rules.length === 0 || !isEmpty) return [];
  const problem = { text: '" keeps nothing, and there is no other rule', hint: "Say what is to be kept" };
  return [error(rules[0]![0], problem, call, planning)];
}

function error(name: string, { text, hint }: Problem, call: RefusableCall, { profile, common }: Planning): Diagnostic {
  const names = call.section?.names ?? [];
  const isDefault = !call.section?.flags.has(name) && !common.has(name);
  const section = call.section?.flags.has(name) || isDefault ? names.slice(-1) : [];
  return {
    code: "restic-refuses",
    severity: "error",
    message: `Cannot ${call.command}: "${[profile.name, ...section, name].join(".")}${text}`,
    at: isDefault ? profile.at(section) : placeOfFlag(profile, names, name),
    hint,
  };
}
