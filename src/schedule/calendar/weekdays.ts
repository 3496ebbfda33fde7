/** Days of the week in calendar expressions. */

/** 0 is Monday: the week of systemd begins with it. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const SHORT_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/**
 * `Mon..Fri`, `sat,Sunday`, with a comma at the end too.
 * @returns sorted; undefined when all seven are named
 * @throws {SyntaxError} whose message is the reason alone
 */
export function parseWeekdays(text: string): readonly Weekday[] | undefined {
  const days = new Set(text.replace(/,$/, "").split(",").flatMap(parseRange));
  return days.size === NAMES.length ? undefined : [...days].sort();
}

function parseRange(text: string): Weekday[] {
  const [, first = "", last = first] = /^([A-Za-z]*)(?:(?:\.\.|-)([A-Za-z]*))?$/.exec(text) ?? [];
  const [from, to] = [parseDay(first, text), parseDay(last, text)];
  if (from > to) throw new SyntaxError(`"${text}" runs backwards: the week begins with Monday`);
  return ([0, 1, 2, 3, 4, 5, 6] as const).filter((day) => day >= from && day <= to);
}

function parseDay(name: string, text: string): number {
  const day = NAMES.findIndex((known) => [known, known.slice(0, 3)].includes(name.toLowerCase()));
  if (day < 0) throw new SyntaxError(`"${text}" is not a day of the week`);
  return day;
}

/** Three or more days in a row are a range. @param days sorted */
export function formatWeekdays(days: readonly Weekday[]): string {
  return runs(days).flatMap((run) => {
    const names = run.map((day) => SHORT_NAMES[day]!);
    return run.length > 2 ? [`${names[0]}..${names.at(-1)}`] : names;
  }).join(",");
}

/** Numbers that follow each other, together. @param values ascending */
export function runs(values: readonly number[]): number[][] {
  const found: number[][] = [];
  for (const value of values) {
    const run = found.at(-1);
    if (run?.at(-1) === value - 1) run.push(value);
    else found.push([value]);
  }
  return found;
}
