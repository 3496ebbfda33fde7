/** The variables in which failure hooks are told of a failure. */
export const FAILURE_VARIABLES = [
  "ERROR",
  "ERROR_MESSAGE",
  "ERROR_COMMANDLINE",
  "ERROR_EXIT_CODE",
  "ERROR_STDERR",
  "RESTIC_STDERR",
] as const;
