/**
 * A backup with `source-relative` runs in another folder than the other commands. What it takes over from the profile must mean
 * the same there, so relative paths are set again, absolute, in its section.
 */
import { isAbsolutePath, joinPath } from "../model/path.ts";
import { Secret } from "../model/secret.ts";
import type { FlagValue, Profile, Section } from "../schema/profile.ts";
import { PATH_FLAGS } from "../schema/path_flags.ts";

/** @param startDir the folder that paths of the configuration are relative to, if they are */
export function absoluteForBackup(profile: Profile, os: string, startDir: string): Profile {
  const backup = profile.sections.get("backup");
  if (!backup?.options["source-relative"]) return profile;
  const absolute = (name: string, value: unknown): FlagValue | undefined => {
    if (value instanceof Secret) return absoluteRepository(value.reveal(), profile.workingDir, os);
    const below = (path: string) =>
      path === "" || isAbsolutePath(path, os) || path.startsWith("~") ? path : joinPath(startDir, path);
    if (PATH_FLAGS[name] !== "config") return undefined;
    if (typeof value === "string") return below(value);
    return Array.isArray(value) ? value.map((item) => typeof item === "string" ? below(item) : item) : undefined;
  };
  const flags = new Map(backup.flags);
  for (const [name, value] of [...Object.entries(profile.options), ...profile.flags]) {
    const moved = Object.hasOwn(PATH_FLAGS, name) && !flags.has(name) ? absolute(name, value) : undefined;
    if (moved !== undefined) flags.set(name, moved);
  }
  const section: Section = { ...backup, flags };
  return { ...profile, sections: new Map([...profile.sections, ["backup", section]]) };
}

/** Undefined for one that is not in a local folder, or is absolute already. */
function absoluteRepository(repository: string, workingDir: string, os: string): string | undefined {
  const path = repository.replace(/^local:/, "");
  if (path === repository && /^[a-z0-9]+:/.test(path)) return undefined;
  return path === "" || path.startsWith("~") || isAbsolutePath(path, os)
    ? undefined
    : `local:${joinPath(workingDir, path)}`;
}
