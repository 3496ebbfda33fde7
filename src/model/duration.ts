/** Go-style durations ("1h5m30s"), because users wrote them for resticprofile: the grammar is Go's `time.ParseDuration`. */

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  "µs": 1e-3,
  "μs": 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const NUMBER = String.raw`\d+(?:\.\d*)?|\.\d+`;
const UNIT = "ns|us|µs|μs|ms|s|m|h";
const WHOLE = new RegExp(`^[+-]?(?:0|(?:(?:${NUMBER})(?:${UNIT}))+)$`);
const PART = new RegExp(`(${NUMBER})(${UNIT})`, "g");

/**
 * @returns milliseconds, with fractions; negative when the text starts with `-`
 * @throws {SyntaxError} when a number or its unit is missing or unknown (but `0` needs no unit)
 */
export function parseDuration(text: string): number {
  if (!WHOLE.test(text)) throw new SyntaxError(`Cannot read duration "${text}": write it as "1h5m30s"`);
  let ms = 0;
  for (const [, number, unit] of text.matchAll(PART)) ms += Number(number) * UNIT_MS[unit ?? "ms"]!;
  return text.startsWith("-") ? -ms : ms;
}

/** As Go prints it: `0s`, `1.5s`, `15m0s`, `1h0m0s`, `250ms`; the sign in front. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "0s";
  const sign = ms < 0 ? "-" : "";
  const size = Math.abs(ms);
  if (size < 1e-3) return `${sign}${Math.round(size * 1e6)}ns`;
  if (size < 1) return `${sign}${trimmed(size * 1e3)}µs`;
  if (size < 1_000) return `${sign}${trimmed(size)}ms`;
  const hours = Math.floor(size / 3_600_000);
  const minutes = Math.floor(size / 60_000) % 60;
  const seconds = trimmed((size % 60_000) / 1_000);
  return `${sign}${hours ? `${hours}h` : ""}${hours || minutes ? `${minutes}m` : ""}${seconds}s`;
}

/** The same for people who wait: rounded up to seconds. */
export function wholeSeconds(ms: number): string {
  return formatDuration(Math.ceil(ms / 1_000) * 1_000);
}

function trimmed(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, "");
}
