const NO_SCHEDULES = "jobs are not made from here yet: call the profile from cron or a systemd timer";

/** Commands of the original that are not part of this program, and what to say: restic shall not be asked to run them. */
export const REFUSED_COMMANDS: ReadonlyMap<string, string> = new Map([
  ["elevation", "start this program with the rights of an administrator"],
  ["run-schedule", NO_SCHEDULES],
  ["schedule", NO_SCHEDULES],
  ["self-update", "use the package manager, or the way by which the program was installed"],
  ["send", "profiles cannot be run on other machines from here"],
  ["serve", "profiles cannot be served to other machines"],
  ["status", NO_SCHEDULES],
  ["unschedule", NO_SCHEDULES],
]);
