/** Conversions of numbers for the functions that compute. */
import { CallError } from "./template_error.ts";
import type { GoValue } from "./go_value.ts";

/** @throws {CallError} for anything but a number */
export function floatOf(value: GoValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw new CallError("wanted a number");
}

/** @throws {CallError} for an infinite result: templates have no such numbers */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new CallError("the result is too large");
}

/**
 * A whole number: of a float what precedes its point, of a text the number that it is in decimal digits.
 * @throws {CallError} for anything else, and for what 64 bits cannot hold
 */
export function intOf(value: GoValue): bigint {
  const whole = wholeOf(value);
  if (whole === undefined) throw new CallError("wanted a number, or a text of digits");
  if (BigInt.asIntN(64, whole) !== whole) throw new CallError("the number is too large");
  return whole;
}

function wholeOf(value: GoValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(Math.trunc(value));
  const text = typeof value === "string" ? value.trim() : "";
  return /^[+-]?\d{1,30}$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
}
