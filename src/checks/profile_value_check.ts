/** Profiles that can be read, but unlikely do what their owner wants. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { DiagnosticCode } from "../model/diagnostic_code.ts";
import type { Secret } from "../model/secret.ts";
import { isKeepRule, isNegative, refusesEmptyPolicy, refusesNegativeRules } from "../schema/deciding_flags.ts";
import type { FlagValues, Profile, ProfileOptions, Section } from "../schema/profile.ts";
import { NEWEST, type ResticRelease } from "../schema/restic_flags.ts";
import type { ResticVersion } from "../schema/restic_version.ts";

const SOURCES = ["source", "stdin-command", "files-from", "files-from-raw", "files-from-verbatim"] as const;

/** Of a profile that is run itself; a parent may be incomplete. */
export function checkCompleteness(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  return [...backupOfNothing(profile), ...missingRepository(profile, environment)];
}

/** @param environment of this program: restic gets it too */
export function checkValues(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  return [...twoRepositories(profile), ...twoCommands(profile), ...passwordOfBackupAlone(profile, environment)];
}

/** `stdin-from-command` takes its command from `source`, of which `stdin-command` leaves nothing. */
function twoCommands(profile: Profile): Diagnostic[] {
  const { "stdin-command": command = [], "stdin-from-command": isCommand } = profile.sections.get("backup")?.options ??
    {};
  if (command.length === 0 || !isCommand) return [];
  const name = `"${profile.name}.backup.stdin-from-command"`;
  return [{
    code: "conflicting-keys",
    severity: "error",
    message: `Cannot use ${name} together with stdin-command: restic would get no command to run`,
    at: profile.at(["backup", "stdin-from-command"]),
    hint: "Leave stdin-from-command out",
  }];
}

const PASSWORDS = ["password-file", "password-command", "insecure-no-password"] as const;

/** The other commands of the profile, such as `check-before`, `retention` and `snapshots`, ask for a password then. */
function passwordOfBackupAlone(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  const { options, flags, sections } = profile;
  const isSet = (key: string, values: object, more: FlagValues) =>
    Boolean((values as Readonly<Record<string, unknown>>)[key]) || Boolean(more.get(key));
  if (PASSWORDS.some((key) => isSet(key, options, flags)) || options["env-file"] !== undefined) return [];
  if ([...options.env?.keys() ?? []].some(isPasswordVariable)) return [];
  if (Object.entries(environment).some(([name, value]) => isPasswordVariable(name) && value !== "")) return [];
  const backup = sections.get("backup");
  const key = backup && PASSWORDS.find((key) => isSet(key, backup.options, backup.flags));
  if (key === undefined) return [];
  return [{
    ...warning(
      profile,
      ["backup", key],
      "incomplete-profile",
      `"${profile.name}.backup.${key}" is for backup alone: other commands have no password`,
    ),
    hint: "Write it in the profile itself",
  }];
}

function isPasswordVariable(name: string): boolean {
  return /^RESTIC_PASSWORD(?:_FILE|_COMMAND)?$/.test(name);
}

function warning(
  profile: Profile,
  path: readonly string[],
  code: DiagnosticCode,
  message: string,
): Diagnostic {
  return { code, severity: "warning", message, at: profile.at(path) };
}

function backupOfNothing(profile: Profile): Diagnostic[] {
  const backup = profile.sections.get("backup");
  if (backup === undefined || backup.options.stdin || backup.flags.get("stdin")) return [];
  if (SOURCES.some((key) => (backup.options[key]?.length ?? 0) > 0)) return [];
  return [
    warning(
      profile,
      ["backup"],
      "incomplete-profile",
      `"${profile.name}.backup" has no source: there is nothing to save`,
    ),
  ];
}

function missingRepository(profile: Profile, environment: Readonly<Record<string, string>>): Diagnostic[] {
  const { sections, options, flags } = profile;
  if (namesRepository(options, flags)) return [];
  if (isInEnvironment(options, environment) || hookMaySetVariables(profile)) return [];
  if ([...sections.values()].every(namesItsRepositories)) return [];
  return [{
    ...warning(profile, [], "incomplete-profile", `"${profile.name}" has no repository`),
    hint: "Write repository, or set RESTIC_REPOSITORY in its env or env-file",
  }];
}

/** A copy needs two. */
function namesItsRepositories({ name, options, flags }: Section): boolean {
  const source = options["from-repository"]?.reveal() || options["from-repository-file"] || flags.has("from-repo");
  return namesRepository(options, flags) && (name !== "copy" || Boolean(source));
}

function namesRepository(
  options: { readonly "repository"?: Secret | undefined; readonly "repository-file"?: string | undefined },
  flags: FlagValues,
): boolean {
  return Boolean(options.repository?.reveal() || options["repository-file"]) ||
    ["repository", "repository-file", "repo"].some((name) => flags.has(name));
}

/** What env files hold is not known before a run. */
function isInEnvironment(options: ProfileOptions, environment: Readonly<Record<string, string>>): boolean {
  const names = ["RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"];
  return options["env-file"] !== undefined || names.some((name) => environment[name] || options.env?.has(name));
}

/** A hook can write to the file of the template function `env`. */
function hookMaySetVariables(profile: Profile): boolean {
  return profile.dotenv !== undefined && hasHookBefore(profile);
}

/** Whether a shell hook runs first, which may make what is not there yet. */
export function hasHookBefore({ options, sections }: Profile): boolean {
  return [options, ...[...sections.values()].map((section) => section.options)]
    .some(({ "run-before": lines = [] }) => lines.length > 0);
}

function twoRepositories(profile: Profile): Diagnostic[] {
  const { repository, "repository-file": file } = profile.options;
  if (!repository?.reveal() || !file) return [];
  const message = `"${profile.name}" has a repository and a repository-file: restic takes one of them`;
  return [warning(profile, ["repository-file"], "conflicting-keys", message)];
}

/** What restic does with a retention that it can only take as it is written; what will be refused is not told here. */
export function checkRetention(profile: Profile, { version = NEWEST }: ResticRelease): Diagnostic[] {
  return [...idleRetention(profile, version), ...negativeRules(profile, version)];
}

function idleRetention(profile: Profile, version: ResticVersion): Diagnostic[] {
  const retention = profile.sections.get("retention");
  if (!retention?.options["after-backup"] && !retention?.options["before-backup"]) return [];
  const flags = [...profile.flags, ...retention.flags];
  if (flags.some(([name, value]) => /^(?:keep|unsafe)/.test(name) && value !== false && value !== "")) return [];
  const consequence = refusesEmptyPolicy(version)
    ? `restic ${version.join(".")} fails without, and every backup with it`
    : "nothing will be forgotten";
  return [
    warning(profile, ["retention"], "retention", `"${profile.name}.retention" sets no keep-* option: ${consequence}`),
  ];
}

function negativeRules(profile: Profile, version: ResticVersion): Diagnostic[] {
  if (!refusesNegativeRules(version)) return [];
  return ["retention", "forget"].flatMap((section) =>
    [...profile.sections.get(section)?.flags ?? []].filter(([name, value]) =>
      isKeepRule(name) && name !== "keep-tag" && isNegative(value)
    ).map(([name]) => ({
      ...warning(
        profile,
        [section, name],
        "restic-refuses",
        `"${profile.name}.${section}.${name}" is negative: restic refuses that`,
      ),
      hint: 'Write "unlimited" to keep all',
    }))
  );
}
