/** What goes with a parameter of a function. */
import type { Parameter, TemplateFunction } from "../functions/template_function.ts";
import type { Operand } from "./syntax.ts";
import { type GoValue, int64, isCompound } from "../values/go_value.ts";

/** `1e3` goes where an int is wanted. */
export function wholeLiteral(operand: Operand): bigint | undefined {
  if (operand.kind !== "literal" || typeof operand.value !== "number" || !Number.isInteger(operand.value)) {
    return undefined;
  }
  const whole = BigInt(operand.value);
  return int64(whole) === whole ? whole : undefined;
}

export function parameterAt({ parameters, more = "any" }: TemplateFunction, index: number): Parameter {
  return parameters[index] ?? more;
}

/** Values are not converted. */
export function fits(value: GoValue, parameter: Parameter): boolean {
  switch (parameter) {
    case "any":
      return true;
    case "string":
      return typeof value === "string";
    case "int":
      return typeof value === "bigint";
    case "list":
    case "time":
      return isCompound(value) && value.kind === parameter;
    case "span":
      return typeof value === "bigint" || (isCompound(value) && value.kind === "duration");
    default:
      return parameter satisfies never;
  }
}

export const PARAMETER_NAMES: Readonly<Record<Parameter, string>> = {
  any: "any value",
  string: "a string",
  int: "an integer",
  list: "a list",
  time: "a time",
  span: "an integer or a duration",
};
