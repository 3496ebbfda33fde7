/** Time zones by name, as far as schedules need them: the offset at a moment. */

/** Milliseconds east of UTC at a moment, in milliseconds since the epoch. */
export type OffsetAt = (moment: number) => number;

/** The zone database writes every part of a name with a capital letter; `Z` and `+01:00` are not its names. */
const NAME = /^(?:[A-Z][A-Za-z0-9_+-]+)(?:\/[A-Z][A-Za-z0-9_+-]*)*$/;

export function isZoneName(text: string): boolean {
  if (/^utc$/i.test(text)) return true;
  if (!NAME.test(text)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** Of the machine. */
export const localOffset: OffsetAt = (moment) => -60_000 * new Date(moment).getTimezoneOffset();

/** @param name for which `isZoneName` is true */
export function offsetOfZone(name: string): OffsetAt {
  if (name === "UTC") return () => 0;
  const format = new Intl.DateTimeFormat("en", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (moment) => {
    const whole = Math.floor(moment / 1_000) * 1_000;
    const parts = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = parts as Record<Intl.DateTimeFormatPartTypes, number>;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}

/** Whether a zone is the local one: cron does not know another. */
export function isLocalZone(name: string): boolean {
  const canonical = (timeZone?: string) => new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  return canonical(name) === canonical();
}
