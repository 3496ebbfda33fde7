/** Booleans, numbers and dates of TOML. A date is its text: that is what restic and schedules want to see. */

import type { Scalar } from "../../model/value.ts";
import { exactInteger, fault, type Scanner, take, unexpected } from "./scanner.ts";

const TOKEN = /[^\s,\]}#="'[{]+/y;
const TIME_AFTER_DATE = / \d\d:[^\s,\]}#]*/y;
const DECIMAL = /^[+-]?(?:0|[1-9](?:_?\d)*)$/;
const PREFIXED = /^0(?:x[\da-fA-F](?:_?[\da-fA-F])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const FRACTION = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))?$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?$/;
const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ["true", true],
  ["false", false],
  ...["inf", "+inf"].map((word) => [word, Infinity] as const),
  ["-inf", -Infinity],
  ...["nan", "+nan", "-nan"].map((word) => [word, NaN] as const),
]);

export function readScalar(scanner: Scanner): Scalar {
  const start = scanner.at;
  const token = readToken(scanner);
  const value = token === undefined ? undefined : scalarOf(token);
  if (value !== undefined) return value;
  scanner.at = start;
  if (token !== undefined && /^[+-]?\d/.test(token)) {
    throw fault(scanner, "This is neither a number nor a date (text needs quotes)");
  }
  throw unexpected(scanner, "a value (text needs quotes)");
}

/** Date and time may be divided by a space. */
function readToken(scanner: Scanner): string | undefined {
  const token = take(scanner, TOKEN);
  return token !== undefined && DATE.test(token) ? token + (take(scanner, TIME_AFTER_DATE) ?? "") : token;
}

function scalarOf(token: string): Scalar | undefined {
  const word = WORDS.get(token);
  if (word !== undefined) return word;
  if (DECIMAL.test(token)) return exactInteger(token.replace(/^[+-]|_/g, ""), token.startsWith("-"));
  if (PREFIXED.test(token)) return exactInteger(token.replaceAll("_", ""));
  if (FRACTION.test(token)) return Number(token.replaceAll("_", ""));
  return isDate(token) ? token : undefined;
}

function isDate(token: string): boolean {
  const date = DATE.exec(token) ?? DATE_TIME.exec(token);
  if (date === null) return isTime(TIME.exec(token)?.slice(1));
  const [year, month, day] = date.slice(1, 4).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return false;
  return date[4] === undefined || (isTime(date.slice(4, 7)) && Number(date[7] ?? 0) < 24 && Number(date[8] ?? 0) < 60);
}

/** True for hour, minute and second as digits; a second may be 60. */
function isTime(parts: readonly string[] | undefined): boolean {
  const [hour, minute, second] = (parts ?? []).map(Number);
  return hour !== undefined && minute !== undefined && second !== undefined && hour < 24 && minute < 60 && second <= 60;
}

/** Days of a month (1–12) in the Gregorian calendar. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
