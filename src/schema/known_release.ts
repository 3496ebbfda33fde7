/** Releases of restic by the versions that users write. */
import { RELEASES } from "./restic_flags.ts";
import { parseVersion, type ResticVersion } from "./restic_version.ts";

export interface KnownRelease {
  /** As it was asked for: `0.14`. */
  readonly text: string;
  readonly version: ResticVersion;
}

/** Of two numbers, the newest release that begins with them counts; undefined for what was never released. */
export function knownRelease(text: string): KnownRelease | undefined {
  const version = parseVersion(text);
  if (version === undefined || !text.includes(".")) return undefined;
  const wanted = version.slice(0, text.split(".").length).join(".");
  const found = RELEASES.findLast((release) => release === wanted || release.startsWith(`${wanted}.`));
  return found === undefined ? undefined : { text: wanted, version: parseVersion(found)! };
}

/** `0.9`, `0.10`, …: what a schema is made for. */
export function minorReleases(): string[] {
  return [...new Set(RELEASES.map((release) => release.split(".").slice(0, 2).join(".")))];
}
