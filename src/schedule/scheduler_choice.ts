/** Which scheduler the option `scheduler` means. */
import type { CrontabPlace, UserColumn } from "./cron/crontab_place.ts";

export type SchedulerChoice =
  | { readonly name: "systemd" | "launchd" | "taskscheduler" }
  | { readonly name: "crond"; readonly place: CrontabPlace };

const CRON = ["crond", "crond:PROGRAM", "crontab:FILE", "crontab:USER:FILE"];
const NATIVE: Readonly<Record<string, string>> = { linux: "systemd", darwin: "launchd", windows: "taskscheduler" };

/** The forms of `scheduler` that a system takes. */
export function schedulersOf(os: string): string[] {
  const native = Object.hasOwn(NATIVE, os) ? [NATIVE[os]!] : [];
  return ["auto", ...native, ...os === "windows" ? [] : CRON];
}

/**
 * @param systemdRuns whether systemd is the service manager of this machine
 * @returns undefined for a text that does not name a scheduler of this system
 */
export function chooseScheduler(
  text: string,
  os: string,
  systemdRuns: () => boolean,
): SchedulerChoice | undefined {
  const [, kind = "", rest] = /^\s*([^:]*?)\s*(?::\s*(.*?)\s*)?$/s.exec(text) ?? [];
  switch (kind) {
    case "":
    case "auto":
      return rest === undefined ? usual(os, systemdRuns) : undefined;
    case "systemd":
    case "launchd":
    case "taskscheduler":
      return rest === undefined && HOMES[kind](os) ? { name: kind } : undefined;
    case "crond":
      return rest === "" ? undefined : { name: "crond", place: { kind: "program", program: rest ?? "crontab" } };
    case "crontab":
      return crontabFile(rest ?? "");
    default:
      return undefined;
  }
}

const HOMES = {
  systemd: (os: string) => os === "linux",
  launchd: (os: string) => os === "darwin",
  taskscheduler: (os: string) => os === "windows",
} as const;

function usual(os: string, systemdRuns: () => boolean): SchedulerChoice {
  if (HOMES.launchd(os)) return { name: "launchd" };
  if (HOMES.taskscheduler(os)) return { name: "taskscheduler" };
  if (HOMES.systemd(os) && systemdRuns()) return { name: "systemd" };
  return { name: "crond", place: { kind: "program", program: "crontab" } };
}

/** `FILE` or `USER:FILE`; a user of one letter is a drive of Windows. */
function crontabFile(text: string): SchedulerChoice | undefined {
  const [, user, file] = /^\s*([^:]*?)\s*:\s*(.*)$/s.exec(text) ?? [];
  const isPlain = user === undefined || /^[A-Za-z]$/.test(user);
  const path = isPlain ? text : file!;
  return path === ""
    ? undefined
    : { name: "crond", place: { kind: "file", path, user: isPlain ? "detect" : column(user) } };
}

function column(user: string): UserColumn {
  if (user === "*") return "current";
  return user === "" || user === "-" ? "none" : { name: user };
}
