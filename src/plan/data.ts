/** Commands that print data for another program: nothing else may be printed on standard output. */
import type { ResticStep } from "../model/plan.ts";
import type { FlagValues } from "../schema/profile.ts";
import { DATA_COMMANDS } from "../schema/restic_commands.ts";
import type { ResticRelease } from "../schema/restic_flags.ts";
import { isAtLeast } from "../schema/restic_version.ts";
import type { Planning } from "./planning.ts";
import type { SectionPlan } from "./command_section.ts";
import { hasUserFlag, type UserArguments, userSwitch, withoutUserFlag } from "./user_arguments.ts";

/** Up to this release restic writes text between or behind the JSON of these. */
const MIXED_JSON: Readonly<Record<string, string>> = { forget: "0.19", tag: "0.19" };

/** From this release on restic says on standard output that it waits for a lock. */
const SAYS_THAT_IT_WAITS = "0.16";

/** Whether the command's standard output is for programs: `dump`, anything with `--json`. */
export function printsData(
  command: string,
  user: UserArguments,
  common: FlagValues,
  section: SectionPlan | undefined,
): boolean {
  return DATA_COMMANDS.has(command) || asksForJson(user, common, section);
}

/** `extended-status` adds the flag for the sake of monitoring, not for a reader. */
function asksForJson(user: UserArguments, common: FlagValues, section: SectionPlan | undefined): boolean {
  const asked = userSwitch(user, "json");
  if (asked !== undefined) return asked;
  return section?.options["extended-status"] !== true && (section?.flags.get("json") ?? common.get("json")) === true;
}

/**
 * Whether restic has to be told `--quiet`, for it would write words of its own into the data. Other commands keep their output
 * for people, and their messages with `--json`.
 * @param isJson `--json` is among its flags
 */
function needsQuiet(command: string, isJson: boolean, { version }: ResticRelease): boolean {
  if (DATA_COMMANDS.has(command)) return version === undefined || isAtLeast(version, SAYS_THAT_IT_WAITS);
  const clean = MIXED_JSON[command];
  return isJson && clean !== undefined && version !== undefined && !isAtLeast(version, clean);
}

/** Whether `--quiet` has to be added to a step: user or configuration may have decided about it. */
export function isQuieted(command: string, flags: FlagValues, user: UserArguments, release: ResticRelease): boolean {
  const isJson = (userSwitch(user, "json") ?? flags.get("json")) === true;
  return needsQuiet(command, isJson, release) && !hasUserFlag(user, "quiet") && !flags.get("quiet");
}

/** With `--quiet`, and without `--verbose`, which restic refuses beside it. */
export function quietFlags(flags: FlagValues): FlagValues {
  const quiet = new Map(flags).set("quiet", true);
  quiet.delete("verbose");
  return quiet;
}

/** The user's arguments that go with it. */
export function quietArguments(user: UserArguments, command: string, note: Planning["note"]): UserArguments {
  if (!hasUserFlag(user, "verbose")) return user;
  const message = `restic ${command} runs with --quiet, not --verbose: its messages would be mixed with the data`;
  note({ code: "changed-flag", severity: "info", message });
  return withoutUserFlag(user, "verbose");
}

/** What the step prints belongs to the data only if it is some itself. */
export function stdoutBesideData(
  command: string,
  stdout: ResticStep["stdout"],
  planning: Planning,
): ResticStep["stdout"] {
  const { version } = planning.release;
  const isData = command === "forget" ||
    command === "check" && (version === undefined || isAtLeast(version, "0.18"));
  return planning.printsData && !isData ? "stderr" : stdout;
}
