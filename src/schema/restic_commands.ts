/** What is known of restic's commands as a whole. */

/** Commands whose output is data in any form: nothing else may be printed between it. */
export const DATA_COMMANDS: ReadonlySet<string> = new Set(["cat", "dump", "list"]);
