/** Keys of schedules: in a `schedule` table and in `schedule-defaults` by these names, in a section with `schedule-` in front. */
import { type KeyDefinition, keyTable } from "./key.ts";

/** Of the global section, and of schedules. */
export const COMMAND_OUTPUT = {
  type: "text",
  doc: "Where restic's output goes with a log target; log,console is all",
  default: "auto",
  words: ["auto", "log", "console", "all"],
  anyCase: true,
  listed: true,
  unknown: "console",
} as const satisfies KeyDefinition;

/** What a schedule keeps of the environment unless it says more. */
export const CAPTURED_BY_DEFAULT: readonly string[] = ["RESTIC_*"];

/** All keys of the table, in the order in which they are shown. */
export const SCHEDULE_TABLE = keyTable({
  "at": { type: "texts", doc: "Calendar expressions", examples: ["daily", "*:00,30"] },
  "permission": {
    type: "text",
    doc: "Whose scheduler runs the job",
    default: "auto",
    words: ["auto", "system", "user", "user_logged_on", "user_logged_in"],
  },
  "run-level": { type: "text", doc: "Privileges (Windows)", default: "auto", words: ["auto", "lowest", "highest"] },
  "log": { type: "text", doc: "Log target of scheduled runs", path: "home" },
  "command-output": COMMAND_OUTPUT,
  "priority": {
    type: "text",
    doc: "Priority of the job",
    default: "standard",
    words: ["background", "standard"],
    anyCase: true,
  },
  "lock-mode": {
    type: "text",
    doc: "What happens when the lock is held",
    default: "default",
    words: ["default", "fail", "ignore"],
  },
  "lock-wait": { type: "duration", doc: "How long to wait for locks" },
  "capture-environment": {
    type: "texts",
    doc: "Environment variables kept for scheduled runs",
    usual: CAPTURED_BY_DEFAULT.join(","),
  },
  "ignore-on-battery": { type: "tri-state", doc: "Do not run on battery", default: false },
  "ignore-on-battery-less-than": {
    type: "integer",
    doc: "Do not run on battery below this charge in percent",
    range: [0, 100],
  },
  "after-network-online": { type: "tri-state", doc: "Wait for the network" },
  "systemd-drop-in-files": { type: "texts", doc: "Drop-in files for the systemd service", path: "config" },
  "hide-window": { type: "tri-state", doc: "Hide the window (Windows)", default: false },
  "start-when-available": { type: "tri-state", doc: "Run a missed job as soon as possible (Windows)", default: false },
});

// only in the table
const { at: _, "command-output": __, "systemd-drop-in-files": ___, ...keysOfSections } = SCHEDULE_TABLE;

/** Those that sections may have too, with `schedule-` in front. */
export const SCHEDULE_KEYS = keysOfSections;
