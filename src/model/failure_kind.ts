/** Why a run failed, as one word: for programs, which must not depend on texts. */

/** All kinds, each with its meaning. */
export const FAILURE_KINDS = {
  "config": "the configuration asks for something that cannot be done",
  "restic-missing": "restic was not found",
  "low-memory": "less memory is available than min-memory asks for",
  "lock-held": "another run holds the lock of the profile",
  "hook": "a shell hook or a stdin-command failed",
  "repository-missing": "the repository does not exist",
  "repository-locked": "another restic holds a lock of the repository",
  "wrong-password": "the password does not open the repository",
  "incomplete": "restic saved a snapshot, but could not read all sources",
  "network": "the repository could not be reached",
  "no-space": "a disk is full",
  "restic": "restic failed for another reason",
  "signal": "a signal, or a closed output, ended the run",
  "internal": "something in this program broke",
} as const;

export type FailureKind = keyof typeof FAILURE_KINDS;
