/** Keys of a group in configuration version 2, and of the top level of a file. */
import { keyTable } from "./key.ts";

export const GROUP_KEYS = keyTable({
  "description": { type: "text", doc: "For listings" },
  "profiles": { type: "texts", doc: "Profiles to run, in this order" },
  "continue-on-error": {
    type: "tri-state",
    doc: "Go on after a failed profile; global.group-continue-on-error if absent",
  },
  // command → schedule table
  "schedules": { type: "schedule", doc: "When a command is run for the whole group" },
  "use": { type: "use", doc: "Mixins", version: 2 },
});
