/** Keys of the `global` section, in the order in which they are shown. */
import { keyTable } from "./key.ts";
import { COMMAND_OUTPUT } from "./schedule_keys.ts";

const PRIORITIES = ["idle", "background", "low", "normal", "high", "highest"] as const;

export const GLOBAL_KEYS = keyTable({
  "ionice": { type: "boolean", doc: "Set the I/O priority of restic and hooks (Linux)", default: false },
  "ionice-class": { type: "integer", doc: "1 realtime, 2 best effort, 3 idle", default: 2, range: [1, 3] },
  "ionice-level": { type: "integer", doc: "I/O priority in the class, 0 is the highest", default: 0, range: [0, 7] },
  "priority": { type: "text", doc: "Priority of restic and hooks", words: PRIORITIES, anyCase: true },
  "nice": {
    type: "integer",
    doc: "Niceness of restic and hooks, unless priority is set",
    default: 0,
    range: [-20, 19],
  },
  "default-command": { type: "text", doc: "Command when none is given", default: "snapshots" },
  "initialize": { type: "boolean", doc: "Run restic init first, for every profile", default: false },
  "restic-binary": { type: "text", doc: "Program to run as restic", path: "home" },
  "restic-version": { type: "text", doc: "Version of restic, so that it is not asked", examples: ["0.18", "0.18.1"] },
  "restic-arguments-filter": {
    type: "boolean",
    doc: "Leave out flags that the restic command does not know",
    default: true,
  },
  "restic-lock-retry-after": {
    type: "duration",
    doc: "Wait between attempts to get a lock of the repository; 0: never wait",
    default: 60_000,
  },
  "restic-stale-lock-age": {
    type: "duration",
    doc: "Age from which a lock of the repository may be removed, at least 30m; 0: never",
    default: 3_600_000,
  },
  "restic-exit-status": {
    type: "boolean",
    doc: "Exit with the status of the failed restic command, for a single profile",
    default: false,
  },
  "min-memory": {
    type: "integer",
    doc: "Free memory needed, in MB; 0: no check. With less nothing runs; below the default there is a warning",
    default: 100,
    range: [0, 2 ** 31],
  },
  "shell": { type: "texts", doc: "Programs that run hooks: the first that exists", path: "home" },
  "scheduler": {
    type: "text",
    doc: "Scheduler to use; empty or auto: the system's",
    examples: [
      "systemd",
      "launchd",
      "taskscheduler",
      "crond",
      "crond:/usr/bin/crontab",
      "crontab:*:/etc/cron.d/resticprofile",
    ],
  },
  // its keys are those of a schedule table without `at`; the schedules lay themselves over it
  "schedule-defaults": { type: "schedule-defaults", doc: "Defaults of all schedules" },
  "log": { type: "text", doc: "Log target when --log is not given", path: "home" },
  "command-output": COMMAND_OUTPUT,
  "send-timeout": { type: "duration", doc: "Limit of one HTTP hook; 0: none", default: 30_000 },
  "send-retries": { type: "integer", doc: "Further attempts of a failed HTTP hook", default: 0, range: [0, 100] },
  "ca-certificates": { type: "texts", doc: "PEM files trusted in addition, for HTTP hooks", path: "config" },
  "prevent-auto-repository-file": {
    type: "tri-state",
    doc: "Do not hide a password in the repository in a temporary file (default: unless RESTIC_REPOSITORY is set)",
  },
  "group-continue-on-error": { type: "boolean", doc: "A group goes on after a failed profile", default: false },
  "prevent-sleep": { type: "boolean", doc: "Keep the system awake during the run", default: false },
  "systemd-unit-template": { type: "text", doc: "Template of systemd services", path: "config" },
  "systemd-timer-template": { type: "text", doc: "Template of systemd timers", path: "config" },
  "legacy-arguments": {
    type: "boolean",
    doc: "Has no effect: restic is started without a shell",
    default: false,
    deprecated: "remove it, it has no effect",
  },
});
