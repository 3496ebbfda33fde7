/** The restic commands of step 5, and the `init` before everything. */
import { WITHOUT_REPOSITORY } from "../model/password_source.ts";
import type { ResticLockPlan, ResticStep } from "../model/plan.ts";
import { isDeciding } from "../schema/deciding_flags.ts";
import type { FlagValues } from "../schema/profile.ts";
import { afterDashes, backupSteps } from "./backup.ts";
import { copyFlags, copyInitFlags, namesOfRelease } from "./copy.ts";
import { stdoutBesideData } from "./data.ts";
import { lateIfVariable, mergeFlags } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { INIT_RULES, INNER_RULES, resticStep, secondaryStep, type StepOutline, unreadOutput } from "./restic_step.ts";
import { areSnapshots } from "./refusal.ts";
import { planRetention } from "./retention.ts";
import { findSection } from "./command_section.ts";
import { selectSnapshots, withoutTyped } from "./selection.ts";
import { hasUserFlag, NO_ARGUMENTS } from "./user_arguments.ts";

/** No repository is made for these: `unlock` needs an existing one, `init` makes it itself. */
const WITHOUT_NEW_REPOSITORY: ReadonlySet<string> = new Set([...WITHOUT_REPOSITORY, "init", "unlock"]);

/** `init` of the profile's repository, when it is wanted before every command. */
export function initializeSteps(planning: Planning): ResticStep[] {
  const { profile, global, command, isResticDryRun } = planning;
  const isWanted = profile.options.initialize ?? global.initialize;
  if (!isWanted || WITHOUT_NEW_REPOSITORY.has(command) || isResticDryRun) return [];
  const section = findSection(profile, ["init"]);
  const flags = selectSnapshots(initFlags(planning, section?.flags), "init", planning);
  const outline = { id: "init", stage: "init", command: "init", section, flags, rules: INIT_RULES };
  return [initStep(outline, planning)];
}

function initStep(outline: StepOutline, planning: Planning): ResticStep {
  return { ...secondaryStep(outline, planning), newRepository: newRepository(outline.flags, false, planning) };
}

function newRepository(
  flags: FlagValues,
  isAsked: boolean,
  { profile, user }: Planning,
): NonNullable<ResticStep["newRepository"]> {
  const names = ["repo", "repository-file"];
  const isTyped = names.some((name) => hasUserFlag(user, name));
  return { isAsked, isDoubtful: !isTyped && names.some((name) => profile.doubtful.has(String(flags.get(name)))) };
}

/** The command itself, with what belongs around it. */
export function commandSteps(planning: Planning): ResticStep[] {
  switch (planning.command) {
    case "backup":
      return backupSteps(planning);
    case "copy":
      return copySteps(planning);
    default:
      return [mainStep(planning)];
  }
}

/** Removes stale locks of the repository; only with the flags of its own section, for the user's are not meant for it. */
export function unlockStep(planning: Planning): ResticStep | undefined {
  if (!planning.profile.options["force-inactive-lock"] || planning.isResticDryRun) return undefined;
  const section = findSection(planning.profile, ["unlock"]);
  const flags = selectSnapshots(mergeFlags(planning.common, section?.flags), "unlock", planning);
  const rules = { ...INNER_RULES, retried: false, report: undefined } as const;
  const step = resticStep({ id: "unlock", stage: "unlock", command: "unlock", section, flags, rules }, [], planning);
  return { ...step, stdout: stdoutBesideData("unlock", step.stdout, planning), keepStdout: false };
}

/** They look at the locks of the repository, and take none. */
export function lookSteps(planning: Planning): NonNullable<ResticLockPlan["look"]> {
  const step = (command: string, word: string): ResticStep => {
    const flags = new Map([...selectSnapshots(planning.common, command, planning), ["no-lock", true] as const]);
    const rules = { ...INNER_RULES, retried: false, report: undefined } as const;
    return resticStep({ id: command, stage: command, command, section: undefined, flags, rules }, [word], {
      ...planning,
      user: NO_ARGUMENTS,
      lockWaitMs: 0,
    });
  };
  return { list: step("list", "locks"), cat: step("cat", "lock") };
}

function copySteps(planning: Planning): ResticStep[] {
  const { section, global, isResticDryRun } = planning;
  const isInitialized = section && (section.options.initialize ?? global.initialize) && !isResticDryRun;
  if (!isInitialized) return [mainStep(planning)];
  const flags = selectSnapshots(copyInitFlags(planning), "init", planning);
  const outline = { id: "copy init", stage: "copy init", command: "init", section, flags, rules: INIT_RULES };
  return [initStep(outline, planning), mainStep(planning)];
}

function mainStep(planning: Planning): ResticStep {
  const { command, user } = planning;
  const outline = mainOutline(planning);
  const words = [...user.words, ...outline.snapshots.map(lateIfVariable), ...afterDashes(user.rest)];
  const step = resticStep(outline, words, planning);
  if (command === "init") return { ...step, newRepository: newRepository(outline.flags, true, planning) };
  // what these print is data: it must reach standard output byte for byte, and no log
  return command === "cat" || command === "dump"
    ? { ...step, stdout: unreadOutput(planning.facts), keepStdout: false }
    : step;
}

/** Of any command but `backup`. */
export function mainOutline(planning: Planning): Required<StepOutline> {
  const { word, command, section, user } = planning;
  const rules = { ...INNER_RULES, retried: command !== "init" && command !== "unlock", report: reportKind(planning) };
  const named = snapshots(planning);
  const flags = selectTyped(mainFlags(planning), named, planning);
  return { id: word, stage: word, command, section, flags, rules, typed: user, snapshots: named };
}

function mainFlags(planning: Planning): FlagValues {
  const { word, command, common, section } = planning;
  if (word === "retention") return planRetention(planning).flags;
  if (command === "copy") return copyFlags(planning);
  if (command === "init") return initFlags(planning, section?.flags);
  return mergeFlags(common, section?.flags);
}

/** What selects snapshots, by the configuration and by what the user typed. */
function selectTyped(flags: FlagValues, named: readonly string[], planning: Planning): FlagValues {
  const { word, command, user } = planning;
  const isById = isDeciding(command, "path") && areSnapshots([...user.positional, ...named]);
  // snapshots that are named need no paths
  const wanted = isById && flags.get("path") === true ? new Map([...flags, ["path", false] as const]) : flags;
  const selected = word === "retention" ? wanted : selectSnapshots(wanted, command, planning);
  return isDeciding(command, "tag") ? withoutTyped(selected, ["tag", "host"], user) : selected;
}

function initFlags(planning: Planning, section: FlagValues | undefined): FlagValues {
  return namesOfRelease(mergeFlags(planning.common, section), planning.release);
}

function reportKind({ command, isResticDryRun }: Planning): ResticStep["report"] {
  if (isResticDryRun) return undefined;
  return command === "check" ? "check" : command === "forget" ? "retention" : undefined;
}

/** The snapshots that a copy of the configuration means; the user's come before them. */
function snapshots({ command, section }: Planning): string[] {
  return command === "copy" ? (section?.options.snapshot ?? []).filter((id) => id !== "") : [];
}
