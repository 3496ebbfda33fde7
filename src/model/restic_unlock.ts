/** Younger locks are not removed by `restic unlock`, unless it takes their process for ended: in milliseconds. */
export const UNLOCKED_AGE_MS = 30 * 60_000;
