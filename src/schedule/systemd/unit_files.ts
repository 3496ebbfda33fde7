/** Jobs from the existing unit files: unlike systemctl they are found before the next start, and without a bus. */
import { unlessFileError } from "../../platform/unless_file_error.ts";
import type { World } from "../../platform/world.ts";
import type { JobListing } from "../scheduler.ts";
import { readJobArguments, type RegisteredJob } from "../scheduled_job.ts";
import { parseServiceName } from "./unit_names.ts";
import { parseExecStart, settingsOf } from "./unit_text.ts";

/** @param isUserFolder its units are of the user's own service manager */
export function readUnits(folder: string, isUserFolder: boolean, world: World): JobListing {
  const jobs: RegisteredJob[] = [];
  const warnings: string[] = [];
  for (const file of servicesIn(folder, world)) {
    const service = readUnit(`${folder}/${file}`, world);
    const timer = readUnit(`${folder}/${file.replace(/service$/, "timer")}`, world);
    const job = jobOfUnit(file, service, timer, isUserFolder);
    if (job) jobs.push(job);
    else {warnings.push(
        `Cannot read the job of ${folder}/${file}: it may not be read, or has no ExecStart with --config`,
      );}
  }
  return { jobs, warnings };
}

function servicesIn(folder: string, { files }: World): string[] {
  if (files.stat(folder)?.kind !== "directory") return [];
  return files.list(folder).filter((file) => parseServiceName(file) !== undefined).sort();
}

/** Empty if it cannot be read: units with secrets are root's. */
function readUnit(path: string, { files }: World): string {
  return unlessFileError(() => files.readText(path), "");
}

function jobOfUnit(file: string, service: string, timer: string, isUserFolder: boolean): RegisteredJob | undefined {
  const job = parseServiceName(file);
  const words = parseExecStart(settingsOf(service, "ExecStart")[0] ?? "");
  const { configFile } = readJobArguments(words);
  if (job === undefined || configFile === undefined) return undefined;
  return {
    ...job,
    id: file.replace(/\.service$/, ""),
    configFile,
    workingDir: settingsOf(service, "WorkingDirectory")[0]?.replaceAll("%%", "%"),
    permission: isUserFolder ? "user_logged_on" : settingsOf(service, "User").length > 0 ? "user" : "system",
    times: settingsOf(timer, "OnCalendar"),
  };
}
