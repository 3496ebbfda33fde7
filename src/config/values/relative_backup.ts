/**
 * A backup with `source-relative` runs in another folder than the other commands. Its relative repository, and what it takes over
 * from the profile, must mean the same there, so they are set again, absolute, in its section.
 */
import { isAbsolutePath, joinPath } from "../../model/path.ts";
import { Secret } from "../../model/secret.ts";
import type { FlagValue, Profile, Section } from "../../schema/profile.ts";
import { PATH_FLAGS } from "../../schema/path_flags.ts";
import { flagOfKey, isKnownFlag } from "../../schema/restic_flags.ts";

/** @param startDir the folder that paths of the configuration are relative to, if they are */
export function absoluteForBackup(profile: Profile, os: string, startDir: string): Profile {
  const backup = profile.sections.get("backup");
  if (!backup?.options["source-relative"]) return profile;
  const flags = new Map(backup.flags);
  for (const [name, value] of [...takenOver(profile, backup), ...backup.flags]) {
    const moved = absolute(name, value);
    if (moved !== undefined) flags.set(name, moved);
  }
  const section: Section = { ...backup, flags };
  return { ...profile, sections: new Map([...profile.sections, ["backup", section]]) };

  function absolute(name: string, value: unknown): FlagValue | undefined {
    const text = value instanceof Secret ? value.reveal() : value;
    if (flagOfKey(name) === "repo") {
      return typeof text === "string" ? absoluteRepository(text, profile.workingDir, os) : undefined;
    }
    if (!Object.hasOwn(PATH_FLAGS, name) || PATH_FLAGS[name] !== "config") return undefined;
    if (typeof text === "string") return below(text);
    return Array.isArray(text) ? text.map((item) => typeof item === "string" ? below(item) : item) : undefined;
  }

  function below(path: string): string {
    return path === "" || isAbsolutePath(path, os) || path.startsWith("~") ? path : joinPath(startDir, path);
  }
}

/** Flags of the profile that a backup has and its section does not replace. */
function takenOver(profile: Profile, backup: Section): [name: string, value: unknown][] {
  const own = new Set([...backup.flags.keys(), ...Object.keys(backup.options)].map(flagOfKey));
  return [...Object.entries(profile.options), ...profile.flags].filter(([name]) => {
    const flag = flagOfKey(name);
    return isKnownFlag("backup", flag) && !own.has(flag);
  });
}

/** Undefined for one that is not in a local folder, or is absolute already. */
function absoluteRepository(repository: string, workingDir: string, os: string): string | undefined {
  const path = repository.replace(/^local:/, "");
  if (path === repository && /^[a-z0-9]+:/.test(path)) return undefined;
  return path === "" || path.startsWith("~") || isAbsolutePath(path, os)
    ? undefined
    : `local:${joinPath(workingDir, path)}`;
}
