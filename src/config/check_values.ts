/** Profiles that can be read, and will hardly do what their owner wants. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { UNLOCKED_AGE_MS } from "../model/restic_unlock.ts";
import type { FlagValues, GlobalOptions, Profile, ProfileOptions } from "../schema/profile.ts";
import { locate } from "./locate.ts";
import type { TableNode } from "./node.ts";

const SOURCES = ["source", "stdin-command", "files-from", "files-from-raw", "files-from-verbatim"] as const;

/** Of a profile that is run itself; one that is there to be inherited from may be incomplete. */
export function checkCompleteness(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  return [...backupOfNothing(profile), ...missingRepository(profile, environment)];
}

/** @param node the `global` section as merged; undefined if there is none */
export function checkGlobalValues(global: GlobalOptions, node: TableNode | undefined): Diagnostic[] {
  const key = "restic-stale-lock-age";
  if (global[key] <= 0 || global[key] >= UNLOCKED_AGE_MS) return [];
  return [{
    severity: "warning",
    message: `"global.${key}" below 30 minutes counts as 30m: restic unlock leaves younger locks alone`,
    at: node && locate(node, [key]),
    hint: `Write ${key} = "30m"`,
  }];
}

export function checkValues(profile: Profile): Diagnostic[] {
  return [...twoRepositories(profile), ...idleRetention(profile)];
}

function warning(profile: Profile, path: readonly string[], message: string): Diagnostic {
  return { severity: "warning", message, at: profile.at(path) };
}

function backupOfNothing(profile: Profile): Diagnostic[] {
  const backup = profile.sections.get("backup");
  if (backup === undefined || backup.options.stdin || backup.flags.get("stdin")) return [];
  if (SOURCES.some((key) => (backup.options[key]?.length ?? 0) > 0)) return [];
  return [warning(profile, ["backup"], `"${profile.name}.backup" has no source: there is nothing to save`)];
}

function missingRepository(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  const { sections, options, flags } = profile;
  if (options.repository?.reveal() || namesRepository(options, flags)) return [];
  if (isInEnvironment(options, environment)) return [];
  if ([...sections.values()].every((section) => namesRepository(section.options, section.flags))) return [];
  return [warning(profile, [], `"${profile.name}" has no repository`)];
}

function namesRepository(options: { readonly "repository-file"?: string }, flags: FlagValues): boolean {
  const names = ["repository", "repository-file", "repo"];
  return Boolean(options["repository-file"]) || names.some((name) => flags.has(name));
}

/** What env files hold is not known before a run. */
function isInEnvironment(options: ProfileOptions, environment: Readonly<Record<string, string>>): boolean {
  const names = ["RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"];
  return options["env-file"] !== undefined || names.some((name) => environment[name] || options.env?.has(name));
}

function twoRepositories(profile: Profile): Diagnostic[] {
  const { repository, "repository-file": file } = profile.options;
  if (!repository?.reveal() || !file) return [];
  const message = `"${profile.name}" has a repository and a repository-file: restic takes one of them`;
  return [warning(profile, ["repository-file"], message)];
}

function idleRetention(profile: Profile): Diagnostic[] {
  const retention = profile.sections.get("retention");
  if (!retention?.options["after-backup"] && !retention?.options["before-backup"]) return [];
  const flags = [...profile.flags, ...retention.flags];
  if (flags.some(([name, value]) => /^(?:keep|unsafe)-/.test(name) && value !== false)) return [];
  return [warning(profile, ["retention"], `"${profile.name}.retention" has no keep-…: restic forgets nothing`)];
}
