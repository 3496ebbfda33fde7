/** restic refuses flags that it does not know, and common flags are meant for many commands: the flags of one command. */
import type { FlagValues } from "../schema/profile.ts";
import {
  acceptsFlag,
  commandOfSection,
  commandsOfSection,
  findFlag,
  isFlagOfAnyCommand,
  resticCommands,
} from "../schema/restic_flags.ts";
import { flagWords } from "./flag_words.ts";
import type { Planning } from "./planning.ts";
import { placeOfFlag, type SectionPlan } from "./command_section.ts";

/**
 * What of `flags` the command accepts in the restic that runs; everything when the filter is off, but no flag that needs a
 * value and lacks it: it would swallow the next word.
 */
export function filterFlags(flags: FlagValues, command: string, planning: Planning): FlagValues {
  return new Map([...flags].filter(([name, value]) => {
    if (planning.facts.filter && !acceptsFlag(command, name, planning.release)) return false;
    const lacksValue = value === true && findFlag(command, name)?.value === "required";
    if (lacksValue) noteLackingValue(name, planning);
    return !lacksValue;
  }));
}

function noteLackingValue(name: string, { profile, section, note }: Planning): void {
  note({
    code: "restic-refuses",
    severity: "warning",
    message: `--${name} needs a value: "true" is not one; the flag is left out`,
    at: placeOfFlag(profile, section?.names ?? [], name),
  });
}

/** Says which flags of the profile no command has in this release of restic; the others are meant for other commands. */
export function noteLackingCommonFlags({ profile, common, facts, release, note }: Planning): void {
  if (!facts.filter) return;
  for (const [name, value] of common) {
    if (!isFlagOfAnyCommand(name) || flagWords(name, value, "").length === 0) continue;
    if (resticCommands().some((command) => acceptsFlag(command, name, release))) continue;
    note({
      code: "restic-release",
      severity: "warning",
      message: `restic ${facts.resticVersion ?? ""}`.trimEnd() + ` has no flag --${name}: it is left out`,
      at: placeOfFlag(profile, [], name),
    });
  }
}

/**
 * Says which flags of a section its commands lack in this release of restic; common flags are meant for others and stay
 * silent, and what no restic has was reported when the configuration was read.
 * @param flags what is left of them for the command: some are renamed, or not used
 */
export function noteLackingFlags(section: SectionPlan, flags: FlagValues, command: string, planning: Planning): void {
  if (!planning.facts.filter) return;
  const commands = section.names.flatMap(commandsOfSection);
  for (const [name, value] of flags) {
    const isLacking = section.flags.has(name) && isFlagOfAnyCommand(name) &&
      !commands.some((each) => acceptsFlag(each, name, planning.release));
    if (!isLacking || flagWords(name, value, command).length === 0) continue;
    planning.note({
      code: "restic-release",
      severity: "warning",
      message: `restic ${planning.facts.resticVersion ?? ""}`.trimEnd() +
        ` has no flag --${name} for ${commandOfSection(section.names.at(-1)!)}: it is left out`,
      at: placeOfFlag(planning.profile, section.names, name),
    });
  }
}
