/** One restic process of a job: its words, its input, and who reads what it prints. */
import type { Facts } from "../model/facts.ts";
import type { Argument, ResticStep, RestIn } from "../model/plan.ts";
import { asksForPassword } from "../model/password_source.ts";
import type { FlagValues } from "../schema/profile.ts";
import { acceptsFlag, isArgumentOfCommand } from "../schema/restic_flags.ts";
import { isQuieted, quietArguments, quietFlags, stdoutBesideData } from "./data.ts";
import { filterFlags, noteLackingFlags } from "./filter.ts";
import { flagArguments } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { hideRepositories } from "./repository.ts";
import type { SectionPlan } from "./command_section.ts";
import { withLatePaths } from "./source_words.ts";
import { refusals } from "./refusal.ts";
import {
  hasUserFlag,
  isSwitchedOn,
  NO_ARGUMENTS,
  type UserArguments,
  userSwitch,
  wordsForSecondary,
} from "./user_arguments.ts";

/** What tells one restic step of a job from the others. */
export interface StepOutline {
  readonly id: string;
  /** What precedes `on profile 'NAME'` in an error. */
  readonly stage: string;
  readonly command: string;
  readonly section: SectionPlan | undefined;
  /** Of profile and section, for this command; not filtered yet. */
  readonly flags: FlagValues;
  readonly rules: Pick<ResticStep, "onError" | "quiet" | "watched" | "retried" | "report">;
  /** What the user typed for this very command; absent: it is not the user's. */
  readonly typed?: UserArguments;
  /** Snapshots that the configuration names. */
  readonly snapshots?: readonly string[];
}

/** Rules of the command, and of checks and retention around it. */
export const INNER_RULES = { onError: "fail", quiet: false, watched: true, retried: true } as const;
/** Rules of an `init` that may find its repository there already. */
export const INIT_RULES = {
  onError: "ignore",
  quiet: true,
  watched: false,
  retried: false,
  report: undefined,
} as const;

/** A step around the command: it gets the flags among the user's arguments that it knows. */
export function secondaryStep(outline: StepOutline, planning: Planning): ResticStep {
  const { command, flags } = outline;
  const { facts, release, note } = planning;
  const isQuiet = isQuieted(command, flags, planning.user, release);
  const user = isQuiet ? quietArguments(planning.user, command, note) : planning.user;
  const words = facts.filter ? wordsForSecondary(user, command, release) : user.words;
  const step = resticStep(outline, words, planning);
  return { ...step, stdout: stdoutBesideData(command, step.stdout, planning) };
}

/** @param words what follows the flags */
export function resticStep(outline: StepOutline, words: readonly Argument[], given: Planning): ResticStep {
  const { id, stage, command, section, flags, rules } = outline;
  const refusal = refusalOf(outline, given);
  const planning = refusal === undefined ? given : quiet(given);
  const { profile, facts } = planning;
  return {
    kind: "restic",
    id,
    section: section?.names.at(-1),
    when: "success",
    stage: `${stage} on profile '${profile.name}'`,
    ...rules,
    program: facts.resticPath,
    command,
    ...refusal === undefined ? {} : { refusal },
    args: resticArguments(command, flags, words, section, planning),
    ...planning.isTraced ? { unfiltered: resticArguments(command, flags, words, section, unfiltered(planning)) } : {},
    workingDir: profile.workingDir,
    stdin: outline.typed && asksForInput(command, flags, words, planning)
      ? { from: "tool", forPassword: true }
      : secondaryInput(planning),
    stdout: facts.templatesUseStdout || isCopied(facts) ? "read" : unreadOutput(facts),
    warningsAllowed: false,
    summary: undefined,
    hideJson: false,
    errorsInWords: false,
    keepStdout: facts.templatesUseStdout && !rules.quiet, // what an automatic init prints does not matter
  };
}

/** The same without filter; what there is to note has been noted. */
function unfiltered(planning: Planning): Planning {
  return { ...quiet(planning), facts: { ...planning.facts, filter: false } };
}

function quiet(planning: Planning): Planning {
  return { ...planning, note: () => {} };
}

/** Why the step must not run, which is noted; a dry run of restic changes nothing, so it runs with what there is. */
function refusalOf(outline: StepOutline, planning: Planning): string | undefined {
  const problems = refusals(outline, planning);
  const isDryRun = isSwitchedOn("dry-run", planning.user, outline.flags) &&
    acceptsFlag(outline.command, "dry-run", planning.release);
  for (const problem of problems) planning.note(isDryRun ? { ...problem, severity: "warning" } : problem);
  const [first] = isDryRun ? [] : problems;
  return first && [first.message, ...first.hint === undefined ? [] : [first.hint]].join(". ");
}

/** Standard output of a command that the tool need not look at. restic dies of a broken pipe, and leaves its lock. */
export function unreadOutput({ stdoutIsPipe }: Facts): "inherit" | "pass" {
  return stdoutIsPipe ? "pass" : "inherit";
}

/** A log takes a copy, but never the terminal away from restic, which shows its progress nowhere else. */
function isCopied({ outputIsLogged, outputIsShown, stdoutIsTerminal }: Facts): boolean {
  return outputIsLogged && !(outputIsShown && stdoutIsTerminal);
}

/** `COMMAND FLAGS words`. */
function resticArguments(
  command: string,
  flags: FlagValues,
  words: readonly Argument[],
  section: SectionPlan | undefined,
  planning: Planning,
): Argument[] {
  if (section) noteLackingFlags(section, flags, command, planning);
  const user = words.length > 0 ? planning.user : NO_ARGUMENTS;
  const said = isQuieted(command, flags, user, planning.release) ? quietFlags(flags) : flags;
  const { shown, hidden } = hideRepositories(filterFlags(said, command, planning), user, command, planning);
  const late = needsRetryLock(flags, command, planning)
    ? new Map([...hidden, ["retry-lock", { late: "retry-lock" }] as const])
    : hidden;
  const [first, ...second] = command.split(" ");
  const flagWords = withLatePaths(flagArguments(shown, late, command, section?.expanded), planning);
  return isArgumentOfCommand(command)
    ? [first!, ...flagWords, ...second, ...words]
    : [first!, ...second, ...flagWords, ...words];
}

/** restic waits for its own locks, as long as there is time, unless the profile or the user says how long. */
function needsRetryLock(flags: FlagValues, command: string, planning: Planning): boolean {
  return planning.lockWaitMs > 0 && planning.global["restic-lock-retry-after"] > 0 && planning.facts.filter &&
    !flags.has("retry-lock") && !hasUserFlag(planning.user, "retry-lock") &&
    acceptsFlag(command, "retry-lock", planning.release);
}

/** Whether the user's own command will ask for a password, which may come through a pipe: `cat key | resticprofile snapshots`. */
export function asksForInput(
  command: string,
  flags: FlagValues,
  words: readonly Argument[],
  { facts: { environment } }: Planning,
): boolean {
  const named = [...flags].filter(([, value]) => value !== false && value !== "").map(([name]) => `--${name}`);
  const typed = words.filter((word) => typeof word === "string");
  return asksForPassword({ command, words: [command.split(" ")[0]!, ...named, ...typed], environment });
}

/** The terminal, so that restic can ask for a password, unless a backup reads the tool's input. */
function secondaryInput({ facts, command, common, section, user }: Planning): RestIn {
  const isTaken = command === "backup" &&
    (userSwitch(user, "stdin") ?? (section?.flags.get("stdin") ?? common.get("stdin")) === true);
  return facts.stdinIsTerminal && !isTaken ? { from: "tool" } : { from: "nothing" };
}
