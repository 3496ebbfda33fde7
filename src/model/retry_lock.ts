/** How long restic itself waits for its locks, of what is left to wait. */

const MINUTE_MS = 60_000;
/** restic shall give up before the tool does, so that the tool can tell why. */
const MARGIN_MS = 15_000;
const LONGEST_MS = 10 * MINUTE_MS;

/** `--retry-lock=8m`; no word below a minute. All times in milliseconds. */
export function retryLockWords(leftMs: number, retryAfterMs: number): string[] {
  const minutes = Math.floor(Math.min(leftMs - retryAfterMs - MARGIN_MS, LONGEST_MS) / MINUTE_MS);
  return minutes >= 1 ? [`--retry-lock=${minutes}m`] : [];
}
