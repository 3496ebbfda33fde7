/** What is known of restic's commands as a whole. */

/** What they print is data in any form: nothing else may stand between it. */
export const DATA_COMMANDS: ReadonlySet<string> = new Set(["cat", "dump", "list"]);
