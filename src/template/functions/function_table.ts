/** The names that templates may call. */
import { ADDED_FUNCTIONS } from "./added_functions.ts";
import type { TemplateFunction } from "./template_function.ts";
import { GO_FUNCTIONS } from "./go_functions.ts";

export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = { ...GO_FUNCTIONS, ...ADDED_FUNCTIONS };

/** Functions that are the evaluator's own matter. */
const SPECIAL: ReadonlySet<string> = new Set(["and", "or", "call"]);

/** Whether a template that calls the function needs the engine for regular expressions. */
export function usesPatterns(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name) && FUNCTIONS[name]!.usesPatterns === true;
}

export function isFunction(name: string): boolean {
  return SPECIAL.has(name) || Object.hasOwn(FUNCTIONS, name);
}
