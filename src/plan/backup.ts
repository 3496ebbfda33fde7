/** `backup`: checks and retention around it, where its input comes from, and which sources it names. */
import type { Argument, ResticStep, RestIn } from "../model/plan.ts";
import type { FlagValue, FlagValues } from "../schema/profile.ts";
import { NEWEST } from "../schema/restic_flags.ts";
import { isAtLeast } from "../schema/restic_version.ts";
import { mergeFlags } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { asksForInput, INNER_RULES, resticStep, secondaryStep } from "./restic_step.ts";
import { planRetention, retentionSwitches } from "./retention.ts";
import { findSection } from "./command_section.ts";
import { selectSnapshots } from "./selection.ts";
import { backupFolder, namedSources, sourceWords } from "./source_words.ts";
import { isSwitchedOn, userSwitch, withoutUserFlag } from "./user_arguments.ts";

/** From this release on a backup of an empty input fails, with exit status 3. */
const FAILS_WITHOUT_INPUT = "0.16.5";

/** Check, retention, backup, retention, check: each only if it is switched on. */
export function backupSteps(planning: Planning): ResticStep[] {
  const { "check-before": checkBefore, "check-after": checkAfter } = planning.section?.options ?? {};
  const retention = retentionSwitches(planning);
  return [
    ...(checkBefore ? [checkStep("check-before", planning)] : []),
    ...(retention.before ? [retentionStep("retention-before", planning)] : []),
    mainBackup(planning),
    ...(retention.after ? [retentionStep("retention-after", planning)] : []),
    ...(checkAfter ? [checkStep("check-after", planning)] : []),
  ];
}

function checkStep(id: string, planning: Planning): ResticStep {
  const section = findSection(planning.profile, ["check"]);
  const flags = selectSnapshots(mergeFlags(planning.common, section?.flags), "check", planning);
  const rules = { ...INNER_RULES, report: "check" } as const;
  return secondaryStep({ id, stage: "backup check", command: "check", section, flags, rules }, planning);
}

function retentionStep(id: string, planning: Planning): ResticStep {
  const rules = { ...INNER_RULES, report: "retention" } as const;
  const outline = { id, stage: "backup retention", command: "forget", rules, ...planRetention(planning) };
  return secondaryStep(outline, { ...planning, user: withoutUserFlag(planning.user, "tag") });
}

function mainBackup(planning: Planning): ResticStep {
  const { section } = planning;
  const configured = backupFlags(planning);
  const countsQuietly = isCountedQuietly(configured, planning);
  const flags = countsQuietly ? new Map([...configured, ["json", true] as const]) : configured;
  const rules = { ...INNER_RULES, report: planning.isResticDryRun ? undefined : "backup" } as const;
  const outline = { id: "backup", stage: "backup", command: "backup", section, flags, rules };
  const step = resticStep(outline, backupWords(flags, planning), planning);
  const summary = summaryKind(flags, planning);
  const isExtended = section?.options["extended-status"] === true && !userSwitch(planning.user, "json");
  const isInput = ["stdin", "stdin-from-command"].some((name) => isSwitchedOn(name, planning.user, flags));
  return {
    ...step,
    workingDir: backupFolder(planning.profile, planning.facts.os),
    stdin: backupInput(flags, planning),
    stdout: summary !== undefined ? "read" : step.stdout,
    // of an input restic has saved all or, with that exit status, nothing: an empty one never replaces earlier ones
    warningsAllowed: !isInput && (section?.options["no-error-on-warning"] ?? false),
    sources: isInput ? [] : namedSources(section?.options.source ?? [], planning),
    summary,
    hideJson: countsQuietly || summary === "json" && isExtended,
    errorsInWords: countsQuietly || isExtended,
    keepStdout: step.keepStdout && !countsQuietly,
  };
}

function backupFlags(planning: Planning): FlagValues {
  const { common, section } = planning;
  const flags = new Map<string, FlagValue>(
    selectSnapshots(mergeFlags(common, section?.flags), "backup", planning),
  );
  if (section?.options["stdin-command"]?.length) flags.set("stdin", true);
  return flags;
}

/** The user's arguments, the sources, and what follows `--`. */
function backupWords(flags: FlagValues, planning: Planning): Argument[] {
  const { user, section } = planning;
  const sources = section?.options.source ?? [];
  const isConfiguredCommand = flags.get("stdin-from-command") === true;
  if (isSwitchedOn("stdin-from-command", user, flags)) {
    return [...user.words, ...afterDashes(user.rest ?? (isConfiguredCommand ? sources : undefined))];
  }
  const readsInput = isSwitchedOn("stdin", user, flags);
  if (readsInput && sources.length > 0) noteSourcesLeftOut(planning);
  return [...user.words, ...(readsInput ? [] : sourceWords(sources, planning)), ...afterDashes(user.rest)];
}

export function afterDashes(rest: readonly string[] | undefined): string[] {
  return rest === undefined ? [] : ["--", ...rest];
}

function noteSourcesLeftOut({ profile, note }: Planning): void {
  note({
    code: "unused-value",
    severity: "warning",
    message: "Sources are left out: restic cannot save them together with its standard input",
    at: profile.at(["backup", "source"]),
  });
}

function backupInput(flags: FlagValues, planning: Planning): RestIn {
  const { section, user, profile, facts, release } = planning;
  const lines = section?.options["stdin-command"] ?? [];
  const isChecked = !isAtLeast(release.version ?? NEWEST, FAILS_WITHOUT_INPUT);
  if (lines.length > 0) {
    const place = `on profile '${profile.name}'`;
    return { from: "commands", lines, stage: `backup ${place}: 'stdin-command' ${place}`, isChecked };
  }
  const readsInput = isSwitchedOn("stdin", user, flags);
  if (!readsInput && asksForInput("backup", flags, user.words, planning)) return { from: "tool", forPassword: true };
  if (readsInput) return { from: "tool", isChecked };
  return facts.stdinIsTerminal ? { from: "tool" } : { from: "nothing" };
}

function isMonitored({ profile: { options }, isResticDryRun }: Planning): boolean {
  const targets = [options["status-file"], options["prometheus-save-to-file"], options["prometheus-push"]];
  return targets.some(Boolean) && !isResticDryRun;
}

/** With `--quiet` restic prints counters as JSON only; they are read and not shown. */
function isCountedQuietly(flags: FlagValues, planning: Planning): boolean {
  const isOn = (name: string) => isSwitchedOn(name, planning.user, flags);
  return isMonitored(planning) && isOn("quiet") && !isOn("json");
}

/** Counters are wanted by monitoring alone; on a terminal restic prints them in a form of its own. */
function summaryKind(flags: FlagValues, planning: Planning): ResticStep["summary"] {
  if (!isMonitored(planning)) return undefined;
  if (isSwitchedOn("json", planning.user, flags)) return "json";
  return planning.facts.stdoutIsTerminal ? undefined : "plain";
}
