/** From a profile and a command line to everything one run does. */
import { configError, type Diagnostic, identityOf } from "../model/diagnostic.ts";
import type { Facts } from "../model/facts.ts";
import type { Flags, Invocation, LogLevel } from "../model/invocation.ts";
import { absoluteFrom } from "../model/path.ts";
import type { Job, LockPlan, ResticLockPlan, Step } from "../model/plan.ts";
import { UNLOCKED_AGE_MS } from "../model/restic_locks.ts";
import type { GlobalOptions, Profile, ProfileOptions } from "../schema/profile.ts";
import { acceptsFlag, commandOfSection, fullCommand, resticCommands } from "../schema/restic_flags.ts";
import { parseVersion } from "../schema/restic_version.ts";
import { lookSteps, unlockStep } from "./command_steps.ts";
import { isQuieted, printsData, quietArguments } from "./data.ts";
import { planConditions } from "./conditions.ts";
import { planEnvironment } from "./environment_plan.ts";
import { mergeFlags } from "./flag_words.ts";
import { lockRules } from "./lock_rules.ts";
import { noteLackingCommonFlags } from "./filter.ts";
import { planMonitoring } from "./monitoring_plan.ts";
import type { Planning } from "./planning.ts";
import { planPriority } from "./priority_numbers.ts";
import { commonFlags, findSection } from "./command_section.ts";
import { planSteps } from "./steps.ts";
import { readUserArguments, userSwitch } from "./user_arguments.ts";
import { type Verbosity, withVerbosity } from "./verbosity.ts";

export interface JobRequest {
  readonly profile: Profile;
  readonly global: GlobalOptions;
  readonly invocation: Pick<Invocation, "command" | "args" | "flags" | "schedule">;
  readonly facts: Facts;
  /** `min-memory` is written in the configuration: else it is a guess. */
  readonly isMemoryAsked?: boolean;
  /** The group that runs the profile. */
  readonly group?: string | undefined;
}

/**
 * Asks nothing of the machine: the same request gives the same job.
 * @throws {ConfigError} for a dry run of a command without --dry-run
 */
export function planJob(request: JobRequest): { job: Job; notes: Diagnostic[] } {
  const { profile, global, invocation, facts, group, isMemoryAsked = false } = request;
  const { flags } = invocation;
  const notes = new Map<string, Diagnostic>();
  const planning = openPlanning(request, (note) => notes.set(identityOf(note), note));
  refuseFalseDryRun(planning);
  noteLackingCommonFlags(planning);
  const steps = planSteps(planning);
  noteTerminal(steps, planning);
  const job: Job = {
    profile: profile.name,
    group,
    command: planning.word,
    workingDir: profile.workingDir,
    environment: planEnvironment(profile, planning.word, facts.os),
    conditions: planConditions(invocation, global, isMemoryAsked),
    lock: planLock(planning, invocation),
    lockWaitMs: planning.lockWaitMs,
    resticLocks: planResticLocks(planning),
    steps,
    streamErrors: (profile.options["stream-error"] ?? []).map((callback) => ({
      pattern: callback.pattern ?? "",
      run: callback.run ?? "",
      minMatches: callback["min-matches"],
      maxRuns: callback["max-runs"],
    })),
    shells: planShells(global),
    hookStdout: planHookStdout(planning),
    priority: planPriority(global, facts.os),
    monitoring: planMonitoring(planning),
    http: {
      timeoutMs: global["send-timeout"] > 0 ? global["send-timeout"] : undefined,
      caCertificates: (global["ca-certificates"] ?? []).map((path) => absoluteFrom(profile.workingDir, path, facts.os)),
    },
    level: levelOfJob(flags, profile.options),
    resticExitStatus: global["restic-exit-status"] && group === undefined,
  };
  return { job, notes: [...notes.values()] };
}

/** What planning asks of a command line. */
export interface PlanningRequest extends Pick<JobRequest, "profile" | "global" | "facts"> {
  readonly invocation: Pick<Invocation, "command" | "args" | "schedule"> & {
    readonly flags: Verbosity & Pick<Flags, "noLock" | "lockWaitMs">;
  };
}

/** @param note gets what there is to tell */
export function openPlanning(
  { profile: configured, global, invocation, facts }: PlanningRequest,
  note: (diagnostic: Diagnostic) => void,
): Planning {
  const { command: word, args, flags } = invocation;
  const profile = withVerbosity(configured, flags);
  const release = {
    version: facts.resticVersion === undefined ? undefined : parseVersion(facts.resticVersion),
    os: facts.os,
  };
  const command = fullCommand(commandOfSection(word), args[0]);
  const hasSecondWord = command.includes(" ");
  const typed = readUserArguments(hasSecondWord ? args.slice(1) : args, command, release);
  const section = findSection(profile, hasSecondWord ? [word, command.replace(" ", "-")] : [word]);
  const common = commonFlags(profile, flags);
  const isQuiet = isQuieted(command, mergeFlags(common, section?.flags), typed, release);
  const user = isQuiet ? quietArguments(typed, command, note) : typed;
  return {
    profile,
    global,
    facts,
    release,
    word,
    command,
    section,
    user,
    printsData: printsData(command, user, common, section),
    isResticDryRun: userSwitch(user, "dry-run") ?? false,
    common,
    isTraced: flags.trace,
    lockWaitMs: lockRules(flags, invocation.schedule).waitMs,
    note,
  };
}

/** Otherwise the user believes in a dry run while hooks run, and restic, if it drops the flag, too. */
function refuseFalseDryRun({ user, command, word, release, facts }: Planning): void {
  const isUnknownLetter = userSwitch(user, "n") ?? false;
  const isAsked = userSwitch(user, "dry-run") || isUnknownLetter;
  const isKnown = facts.filter && resticCommands().includes(command);
  if (!isAsked || !isKnown || acceptsFlag(command, "dry-run", release) && !isUnknownLetter) return;
  throw configError(
    "dry-run",
    `restic ${command} has no --dry-run: use "resticprofile --dry-run ${word}"`,
  );
}

/** Says what the log cannot have. */
function noteTerminal(steps: readonly Step[], { profile, facts, note }: Planning): void {
  const { outputIsLogged, stdoutIsTerminal } = facts;
  const inherits = (step: Step) => step.kind === "restic" && step.stdout === "inherit";
  if (!outputIsLogged || !stdoutIsTerminal || !steps.some(inherits)) return;
  const message = `profile '${profile.name}': restic's standard output goes to the terminal and is not logged`;
  note({ code: "terminal-output", severity: "info", message });
}

function planLock(
  { profile, facts }: Planning,
  { flags, schedule }: Pick<Invocation, "flags" | "schedule">,
): LockPlan | undefined {
  const path = profile.options.lock;
  if (!path || flags.dryRun || !lockRules(flags, schedule).isLocked) return undefined;
  return {
    path: absoluteFrom(profile.workingDir, path, facts.os),
    takeOver: profile.options["force-inactive-lock"],
  };
}

function planResticLocks(planning: Planning): ResticLockPlan {
  const age = planning.global["restic-stale-lock-age"];
  const unlock = unlockStep(planning);
  return {
    retryAfterMs: planning.global["restic-lock-retry-after"],
    staleAgeMs: age <= 0 ? 0 : Math.max(age, UNLOCKED_AGE_MS),
    unlock,
    look: unlock && lookSteps(planning),
  };
}

function planShells(global: GlobalOptions): string[] {
  const named = (global.shell ?? []).filter((shell) => shell !== "" && shell !== "auto");
  return named.length > 0 ? named : ["bash", "sh"];
}

function planHookStdout({ printsData, facts }: Planning): Job["hookStdout"] {
  if (printsData) return "stderr";
  return facts.outputIsLogged ? "read" : "inherit";
}

/** Flags win over the profile, and verbose over quiet. */
function levelOfJob(flags: Flags, options: ProfileOptions): LogLevel {
  if (flags.trace) return "trace";
  if (flags.verbose) return "debug";
  if (flags.quiet) return "warning";
  if ((options.verbose ?? 0) > 0) return "debug";
  return options.quiet ? "warning" : "info";
}
