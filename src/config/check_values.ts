/** Profiles that can be read, and will hardly do what their owner wants. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { FlagValues, Profile, ProfileOptions } from "../schema/profile.ts";

const SOURCES = ["source", "stdin-command", "files-from", "files-from-raw", "files-from-verbatim"] as const;

/** Of a profile that is run itself; one that is there to be inherited from may be incomplete. */
export function checkCompleteness(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  return [...backupOfNothing(profile), ...missingRepository(profile, environment)];
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
  if (options.repository !== undefined || namesRepository(options, flags)) return [];
  if (isInEnvironment(options, environment)) return [];
  if ([...sections.values()].every((section) => namesRepository(section.options, section.flags))) return [];
  return [warning(profile, [], `"${profile.name}" has no repository`)];
}

function namesRepository(options: { readonly "repository-file"?: string }, flags: FlagValues): boolean {
  const names = ["repository", "repository-file", "repo"];
  return options["repository-file"] !== undefined || names.some((name) => flags.has(name));
}

/** What env files hold is not known before a run. */
function isInEnvironment(options: ProfileOptions, environment: Readonly<Record<string, string>>): boolean {
  const names = ["RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"];
  return options["env-file"] !== undefined || names.some((name) => environment[name] || options.env?.has(name));
}

function twoRepositories(profile: Profile): Diagnostic[] {
  const { repository, "repository-file": file } = profile.options;
  if (repository === undefined || file === undefined) return [];
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
