/** The version of a restic: as remembered, or as it says itself. */
import type { World } from "../../platform/world.ts";
import { askProgram } from "./program_output.ts";
import { cachedVersion } from "./version_cache.ts";

export interface VersionAnswer {
  /** Three numbers as restic prints them; undefined when the program cannot be started, or says no version. */
  readonly version: string | undefined;
  /** Why there is no version, if the program had to be ended: `it did not end within 10s`. */
  readonly problem: string | undefined;
}

export async function askVersion(path: string, world: World): Promise<VersionAnswer> {
  const cached = cachedVersion(path, world);
  if (cached.version !== undefined) return { version: cached.version, problem: undefined };
  const { text, problem } = await askProgram(path, ["version"], world);
  const version = versionInOutput(text);
  if (version === undefined) return { version, problem };
  cached.remember(version);
  return { version, problem: undefined };
}

/** `restic 0.16.4-dev (compiled manually) …` is 0.16.4. */
export function versionInOutput(text: string): string | undefined {
  return /restic (\d+(?:\.\d+)*)[ -]/.exec(text)?.[1];
}
