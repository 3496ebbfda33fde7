/**
 * How the last run of a job went, told by the job itself: only some schedulers know, and they know only of the last failure. A
 * file for each job, as several may end at the same time.
 */
import { wholeSeconds } from "../model/duration.ts";
import { absoluteFrom, cleanPath } from "../model/path.ts";
import { isTable, type Value } from "../model/value.ts";
import { replaceFile } from "../platform/replace_file.ts";
import type { World } from "../platform/world.ts";
import { absoluteConfigFile, jobId, type JobName, type RegisteredJob } from "../schedule/scheduled_job.ts";
import { localOffset, type OffsetAt } from "../schedule/calendar/zone_offsets.ts";

export interface LastRun {
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Undefined: it goes on, or it was ended from outside. */
  readonly end: { readonly at: number; readonly status: number } | undefined;
}

/** @param configFile as the job names it, relative to the folder that this program was started in */
export async function lastRunFile(configFile: string, job: JobName, world: World): Promise<LastRunFile | undefined> {
  return await fileOf(cleanPath(absoluteFrom(world.startDir, configFile, world.os)), job, world);
}

/** @returns undefined: this user has no file of it */
export async function lastRunOf(job: RegisteredJob, world: World): Promise<LastRun | undefined> {
  const configFile = absoluteConfigFile(job, world.os);
  return configFile === undefined ? undefined : (await fileOf(configFile, job, world))?.read();
}

export interface LastRunFile {
  read(): LastRun | undefined;
  /** Never throws: a run does not fail because its record cannot be written. */
  write(run: LastRun): void;
}

async function fileOf(configFile: string, { command, name }: JobName, world: World): Promise<LastRunFile | undefined> {
  const folder = world.cacheDir();
  if (folder === undefined) return undefined;
  const job = `${configFile}:${jobId({ command, name: name.toLowerCase() })}`;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(job)));
  const path = `${folder}/last-runs/${digest.toHex()}.json`;
  return {
    read: () => readRun(path, world),
    write({ started, end }) {
      try {
        world.files.makeDir(`${folder}/last-runs`, 0o700);
        const text = JSON.stringify({ job, started, ended: end?.at, status: end?.status });
        replaceFile(world.files, path, `${text}\n`, 0o600);
      } catch {
        // status says that it does not know
      }
    },
  };
}

function readRun(path: string, { files }: World): LastRun | undefined {
  try {
    const found: Value = JSON.parse(files.readText(path));
    if (!isTable(found) || typeof found.started !== "number") return undefined;
    const { started, ended, status } = found;
    const end = typeof ended === "number" && typeof status === "number" ? { at: ended, status } : undefined;
    return { started, end };
  } catch {
    return undefined;
  }
}

/** `2026-11-23 12:34:56, failed with exit status 1 after 12s` */
export function describeLastRun(run: LastRun | undefined, local: OffsetAt = localOffset): string {
  if (run === undefined) return "not known";
  const { started, end } = run;
  const began = new Date(started + local(started)).toISOString().slice(0, 19).replace("T", " ");
  if (end === undefined) return `${began}, has not ended, or was killed`;
  const result = end.status === 0 ? "succeeded" : `failed with exit status ${end.status}`;
  return `${began}, ${result} after ${wholeSeconds(Math.max(0, end.at - started))}`;
}
