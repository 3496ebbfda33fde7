/** Scalars where a text is wanted. */
import { formatDecimal } from "../../model/decimal.ts";
import type { Scalar } from "../../model/value.ts";

/** Numbers in their shortest decimal form, `true` as `1`, `false` as `0`, null as nothing. */
export function scalarText(value: Scalar): string {
  if (typeof value === "number" || typeof value === "bigint") return formatDecimal(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  return value ?? "";
}
