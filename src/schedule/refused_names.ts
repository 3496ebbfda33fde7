/** Names that would not stay what they are in a file of a scheduler: there a line break begins another setting or another job. */
import { besideOf } from "../platform/replace_file.ts";
import { ScheduleError } from "./action.ts";
import { jobId, type JobName, type ScheduledJob } from "./scheduled_job.ts";

const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;

/** @throws {ScheduleError} for any scheduler */
export function refuseControlCharacters(
  job: JobName & Pick<ScheduledJob, "program" | "workingDir" | "configFile">,
): void {
  const { program, workingDir, configFile, command, name } = job;
  const names = [
    ["path of the program", program],
    ["folder", workingDir],
    ["configuration file", configFile],
    ["name of the command", command],
    ["name of the profile", name],
  ] as const;
  for (const [what, text] of names) {
    if (text.search(CONTROLS) < 0) continue;
    throw new ScheduleError(
      `Cannot schedule ${shown(jobId(job))}: there is a line break or another control character in the ${what}, "${
        shown(text)
      }"`,
    );
  }
}

function shown(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const LONGEST_FILE_NAME = 255; // bytes, on all systems that have systemd

/** @param unit its name without the type @throws {ScheduleError} */
export function refuseLongUnit(job: JobName, unit: string): void {
  const longest = besideOf(`${unit}.service`); // as it is while it is written
  if (longest.length <= LONGEST_FILE_NAME) return;
  throw new ScheduleError(
    `Cannot schedule ${
      jobId(job)
    } with systemd: the name is too long for a unit, where a letter beyond ASCII takes 8 characters or more`,
  );
}

/** systemd cuts blanks off a value, and takes a backslash at its end for a line that goes on. @throws {ScheduleError} */
export function refuseValueEnds(job: JobName & Pick<ScheduledJob, "workingDir" | "configFile">): void {
  for (const [what, path] of [["folder", job.workingDir], ["configuration file", job.configFile]] as const) {
    if (!/[\s\\]$/.test(path)) continue;
    throw new ScheduleError(
      `Cannot schedule ${jobId(job)} with systemd: the ${what} "${path}" ends in a blank or a backslash, rename it`,
    );
  }
}
