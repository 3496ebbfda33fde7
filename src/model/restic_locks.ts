/** What restic does with the locks of a repository by itself. */

/** Younger locks are not removed by `restic unlock`, unless it takes their process for ended: in milliseconds. */
export const UNLOCKED_AGE_MS = 30 * 60_000;

const MINUTE_MS = 60_000;
/** restic gives up before the tool does, so that the tool can say why. */
const MARGIN_MS = 15_000;
const LONGEST_MS = 10 * MINUTE_MS;

/** `--retry-lock=8m`; no word below a minute. All times in milliseconds. */
export function retryLockWords(leftMs: number, retryAfterMs: number): string[] {
  const minutes = Math.floor(Math.min(leftMs - retryAfterMs - MARGIN_MS, LONGEST_MS) / MINUTE_MS);
  return minutes >= 1 ? [`--retry-lock=${minutes}m`] : [];
}
