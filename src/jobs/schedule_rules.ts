/** What a schedule says about the runs that it starts. */
import type { ScheduleEntry } from "../config/values/schedule_tables.ts";
import type { ScheduleRules } from "../model/invocation.ts";
import { isAbsolutePath, joinPath } from "../model/path.ts";

/** @param entry whose words are known: `refuseUnknownWords` has looked at them */
export function scheduleRules(
  { options, given }: Pick<ScheduleEntry, "options" | "given">,
  configDir: string,
  os: string,
): ScheduleRules {
  const mode = options["lock-mode"];
  return {
    log: options.log ? logTarget(options.log, configDir, os) : undefined,
    commandOutput: given.has("command-output") ? options["command-output"] : undefined,
    ignoreOnBattery: batteryLimit({ options, given }),
    lockMode: mode === "ignore" || mode === "fail" ? mode : "default",
    lockWaitMs: options["lock-wait"] ?? 0,
  };
}

/** A file is below the configuration's folder; `-`, `temp:FILE` and addresses stay. */
export function logTarget(text: string, configDir: string, os: string): string {
  const isFile = text !== "-" && !/^[A-Za-z]{2,}:/.test(text) && !isAbsolutePath(text, os);
  return isFile ? joinPath(configDir, text) : text;
}

/** A limit in percent counts, unless the battery is not to be looked at; else any use of it does. */
function batteryLimit({ options, given }: Pick<ScheduleEntry, "options" | "given">): number {
  const limit = options["ignore-on-battery-less-than"] ?? 0;
  const isOff = given.has("ignore-on-battery") && !options["ignore-on-battery"];
  if (limit > 0 && !isOff) return limit;
  return options["ignore-on-battery"] ? 100 : 0;
}
