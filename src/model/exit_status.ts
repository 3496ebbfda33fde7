/** Exit statuses of restic with a meaning of their own; all but the first two since 0.17. */
export const RESTIC_EXIT = {
  failure: 1,
  /** A snapshot was made, but not all sources could be read. */
  incomplete: 3,
  noRepository: 10,
  locked: 11,
  wrongPassword: 12,
  interrupted: 130,
} as const;

/** Exit statuses of the tool; scripts and monitoring rely on them. */
export const EXIT = {
  success: 0,
  /** Configuration, unknown profile, failed hook or restic command, lock, interruption: everything not below. */
  failure: 1,
  usage: 2,
  onBattery: 3,
  /** The configuration of `--remote` cannot be fetched. */
  noRemote: 4,
  lowMemory: 5,
  resticNotFound: 6,
  /** The reader closed standard output: as after a death by SIGPIPE. */
  readerQuit: 141,
} as const;
