/** Calls of `systemctl`. */
import type { Files } from "../../platform/world.ts";
import type { RunAction } from "../action.ts";

/** Whether systemd runs this machine, as sd_booted(3) finds out. */
export function isBooted(files: Files): boolean {
  return files.lstat("/run/systemd/system")?.kind === "directory";
}

/** One that must succeed. @param files to explain the failure where systemd does not run */
export function systemctl(args: readonly string[], files: Files): RunAction {
  const call: RunAction = { kind: "run", program: "systemctl", args, onFailure: "fail" };
  return isBooted(files) ? call : { ...call, hint: 'systemd does not run here: scheduler = "crond" uses cron' };
}
