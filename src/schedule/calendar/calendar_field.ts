/** One field of a calendar expression: the values at which it matches, as written and as numbers. */

export interface FieldRule {
  /** For messages: `hour`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Step of a range without one; seconds are counted in microseconds. */
  readonly unit: number;
  /** Digits of a number in the normal form. */
  readonly digits: number;
}

/** `start`, `start/step`, `start..end` or `start..end/step`. */
export interface FieldPart {
  readonly start: number;
  readonly end: number | undefined;
  readonly step: number | undefined;
}

/** Sorted; undefined matches everything. */
export type Field = readonly FieldPart[] | undefined;

export const MICROSECONDS = 1_000_000;

export const YEAR: FieldRule = { name: "year", min: 1970, max: 2199, unit: 1, digits: 4 };
export const MONTH: FieldRule = { name: "month", min: 1, max: 12, unit: 1, digits: 2 };
export const DAY: FieldRule = { name: "day", min: 1, max: 31, unit: 1, digits: 2 };
/** Counted from the month's end: there are 28 of them in every month. */
export const DAY_FROM_END: FieldRule = { ...DAY, max: 28 };
export const HOUR: FieldRule = { name: "hour", min: 0, max: 23, unit: 1, digits: 2 };
export const MINUTE: FieldRule = { name: "minute", min: 0, max: 59, unit: 1, digits: 2 };
export const SECOND: FieldRule = {
  name: "second",
  min: 0,
  max: 60 * MICROSECONDS - 1,
  unit: MICROSECONDS,
  digits: 2,
};

const PART = /^(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?(?:\/(\d+(?:\.\d+)?))?$/;

/** @throws {SyntaxError} whose message is the reason alone */
export function parseField(text: string, rule: FieldRule): Field {
  if (text === "*") return undefined;
  const parts = text.split(",").map((part) => parsePart(part, rule)).sort(byValue);
  const field = parts.filter((part, index) => index === 0 || byValue(parts[index - 1]!, part) !== 0);
  return rule === SECOND && isEverySecond(field) ? undefined : field;
}

function isEverySecond([first, ...others]: readonly FieldPart[]): boolean {
  return others.length === 0 && first?.start === 0 && first.end === undefined && first.step === MICROSECONDS;
}

function parsePart(text: string, rule: FieldRule): FieldPart {
  const [, first, last, every] = PART.exec(text) ?? [];
  if (first === undefined) throw new SyntaxError(`"${text}" is not a valid ${rule.name}`);
  const start = inRange(first, rule);
  const step = every === undefined ? undefined : numberOf(every, rule);
  if (step === 0) throw new SyntaxError(`the step of "${text}" is 0`);
  if (last !== undefined) return range(start, inRange(last, rule), step, text, rule);
  if (step !== undefined && !stepFits(start, step, rule)) {
    throw new SyntaxError(`the step of "${text}" leads out of the ${rule.name}s`);
  }
  return { start, end: undefined, step };
}

/** The end is the last value that is reached; one value alone is not a range. */
function range(start: number, end: number, step: number | undefined, text: string, { unit }: FieldRule): FieldPart {
  if (end < start) throw new SyntaxError(`"${text}" runs backwards`);
  const last = end - (end - start) % (step ?? unit);
  if (last === start) return { start, end: undefined, step: undefined };
  return { start, end: last, step: step === unit ? undefined : step };
}

function stepFits(start: number, step: number, rule: FieldRule): boolean {
  return rule === DAY_FROM_END ? start - step >= rule.min : start + step <= rule.max;
}

function inRange(text: string, rule: FieldRule): number {
  const value = rule === YEAR ? fullYear(Number(text)) : numberOf(text, rule);
  if (!Number.isInteger(value) || value < rule.min || value > rule.max) {
    throw new SyntaxError(
      `${rule.name} ${text} is out of range (${shown(rule.min, rule)}–${shown(rule.max, rule)})`,
    );
  }
  return value;
}

function shown(value: number, { unit }: FieldRule): number {
  return Math.floor(value / unit);
}

function numberOf(text: string, { name, unit }: FieldRule): number {
  const value = unit === 1 ? Number(text) : Math.round(Number(text) * unit);
  if (!Number.isInteger(value)) throw new SyntaxError(`"${text}" is not a whole ${name}`);
  return value;
}

function fullYear(year: number): number {
  if (year < 70) return year + 2000;
  return year < 100 ? year + 1900 : year;
}

function byValue(one: FieldPart, other: FieldPart): number {
  return one.start - other.start || (one.end ?? -1) - (other.end ?? -1) || (one.step ?? 0) - (other.step ?? 0);
}

/** In the normal form of systemd. */
export function formatField(field: Field, rule: FieldRule): string {
  if (field === undefined) return "*";
  return field.map(({ start, end, step }) => {
    const to = end === undefined ? "" : `..${formatNumber(end, rule, rule.digits)}`;
    return formatNumber(start, rule, rule.digits) + to + (step === undefined ? "" : `/${formatNumber(step, rule, 1)}`);
  }).join(",");
}

function formatNumber(value: number, { unit }: FieldRule, digits: number): string {
  const whole = String(Math.floor(value / unit)).padStart(digits, "0");
  const fraction = value % unit;
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, "0")}`;
}

/** The smallest matching value that is not below `from`. */
export function firstFrom(field: Field, rule: FieldRule, from: number): number | undefined {
  if (field === undefined) {
    const value = Math.ceil(from / rule.unit) * rule.unit;
    return value <= rule.max ? value : undefined;
  }
  const found = field.map((part) => firstOfPart(part, rule, from)).filter((value) => value !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

function firstOfPart(part: FieldPart, rule: FieldRule, from: number): number | undefined {
  const { first, last, step } = progression(part, rule);
  if (from <= first) return first;
  const value = first + Math.ceil((from - first) / step) * step;
  return value <= last ? value : undefined;
}

/** A step from a day that counts from the end leads down to day 1: the same days upwards. */
function progression({ start, end, step }: FieldPart, rule: FieldRule): { first: number; last: number; step: number } {
  if (step === undefined) return { first: start, last: end ?? start, step: rule.unit };
  if (rule !== DAY_FROM_END || end !== undefined) return { first: start, last: end ?? rule.max, step };
  return { first: (start - rule.min) % step + rule.min, last: start, step };
}

/** All matching values, ascending; the whole numbers of a field that is not restricted. */
export function valuesOf(field: Field, rule: FieldRule): number[] {
  const values: number[] = [];
  for (let value = firstFrom(field, rule, rule.min); value !== undefined; value = firstFrom(field, rule, value + 1)) {
    values.push(value);
  }
  return values;
}
