/** Names of runs and jobs: UUIDs of version 7, which sort by the time they were made. */

/** One call of the program: a plan with all its jobs. */
export type RunId = string;

/** One job of a run. That of a single profile, which is all of its run, has the id of the run. */
export type JobId = string;

const VERSION = 0x70;
const VARIANT = 0x80;

/**
 * @param now milliseconds since the epoch
 * @param random ten bytes
 */
export function runId(now: number, random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): RunId {
  const time = Math.max(0, Math.floor(now)).toString(16).padStart(12, "0").slice(-12);
  const bytes = Uint8Array.from(random);
  bytes[0] = VERSION | (bytes[0]! & 0x0f);
  bytes[2] = VARIANT | (bytes[2]! & 0x3f);
  const hex = `${time}${bytes.toHex()}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
