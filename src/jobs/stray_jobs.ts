/** Jobs of other configuration files: after a file is renamed or deleted its jobs stay, and nothing else tells of them. */
import { folderOf } from "../model/path.ts";
import { unlessFileError } from "../platform/unless_file_error.ts";
import type { World } from "../platform/world.ts";
import { absoluteConfigFile, type ConfigurationPlace, jobId, type RegisteredJob } from "../schedule/scheduled_job.ts";

export interface StrayJobs {
  /** Absolute. */
  readonly configFile: string;
  /** It is in the folder of the configuration in use. */
  readonly isBeside: boolean;
  /** The file does not exist. */
  readonly isGone: boolean;
  /** As `COMMAND@NAME`, sorted. */
  readonly ids: readonly string[];
}

/** @param jobs all that the scheduler has */
export function strayJobs(jobs: readonly RegisteredJob[], place: ConfigurationPlace, world: World): StrayJobs[] {
  const here = absoluteConfigFile(place, place.os);
  const others = Map.groupBy(jobs, (job) => absoluteConfigFile(job, place.os) ?? "");
  if (here === undefined) return [];
  return [...others]
    .filter(([configFile]) => configFile !== here && configFile !== "")
    .map(([configFile, strays]) => ({
      configFile,
      isBeside: folderOf(configFile) === folderOf(here),
      isGone: isGone(configFile, world),
      ids: [...new Set(strays.map(jobId))].sort(),
    }))
    .sort((one, other) => one.configFile < other.configFile ? -1 : 1);
}

/** What this user may not look at can well be there. */
function isGone(path: string, { files }: World): boolean {
  return unlessFileError(() => files.stat(path) === undefined, false);
}

/** What there is to say of them, with the remedy. */
export function strayText({ configFile, isGone, ids }: StrayJobs): string {
  const named = `${ids.length === 1 ? "a job" : "jobs"} of "${configFile}"`;
  if (!isGone) return `There ${ids.length === 1 ? "is" : "are"} also ${named}: ${ids.join(", ")}`;
  return `There ${ids.length === 1 ? "is" : "are"} still ${named}, which no longer exists: ${ids.join(", ")}\n` +
    `  Remove ${ids.length === 1 ? "it" : "them"} with: resticprofile --config "${configFile}" unschedule --all`;
}
