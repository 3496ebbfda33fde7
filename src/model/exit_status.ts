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
