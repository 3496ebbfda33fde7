/** Which keys of a profile are sections. */
import { isFlagOfAnyCommand, resticCommands } from "./restic_flags.ts";

/** Commands that restic has as flags too, or had: at the profile a value of that name is the flag. */
const FLAGS_TOO: ReadonlySet<string> = new Set(["tag", "list", "options", "key"]);

/** Names of all sections: restic's commands, those of two words with `-`, and `retention`. */
export function sectionNames(): string[] {
  return [...resticCommands().map((command) => command.replaceAll(" ", "-")), "retention"];
}

let names: ReadonlySet<string> | undefined;

export function isSectionName(key: string): boolean {
  return (names ??= new Set(sectionNames())).has(key);
}

/** Whether only a table makes sense under this key of a profile. */
export function isSectionOnly(key: string): boolean {
  return isSectionName(key) && !FLAGS_TOO.has(key) && !isFlagOfAnyCommand(key);
}
