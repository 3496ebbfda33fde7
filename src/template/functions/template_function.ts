/** What functions and methods of templates look like, and what they get besides their arguments. */
import type { Budget } from "../values/budget.ts";
import type { RegularExpression } from "./regular_expression.ts";
import type { GoValue } from "../values/go_value.ts";

/** Functions that need the machine. Each may throw an `Error`, whose message becomes that of the action. */
export interface FunctionHost {
  /** The folder for temporary files, made on first use. */
  tempDir(): string;
  /** A file in it, created empty if absent. The name is safe: ASCII letters, digits, `_ - .` only, not empty. */
  tempFile(name: string): string;
  /** The file into which hooks write variables for later hooks. */
  env(): string;
  /** @returns the 16 bytes of a text's digest: not for security, it spreads the seed of `randInt` */
  md5(data: Uint8Array): Uint8Array;
}

/** One call of a function. */
export interface CallContext {
  readonly host: FunctionHost;
  readonly budget: Budget;
  /** Compiled once for each execution. @throws {CallError} */
  pattern(source: string): RegularExpression;
}

/**
 * What a parameter takes; values are not converted. `span` is nanoseconds as an int or a duration; it and
 * `int` also take a float literal with a whole value.
 */
export type Parameter = "any" | "string" | "int" | "list" | "time" | "span";

export interface TemplateFunction {
  readonly parameters: readonly Parameter[];
  /** Any number of further arguments. */
  readonly more?: Parameter;
  /** Nil arguments end up in its text, so an unset variable among them is worth a warning. */
  readonly printsNil?: true;
  /** It compiles patterns: what calls it needs the engine for regular expressions. */
  readonly usesPatterns?: true;
  /** Arguments are of the kinds that `parameters` names. @throws {CallError} */
  call(args: readonly GoValue[], context: CallContext): GoValue;
}

/** Defines a function; `Args` says what its parameters guarantee, so that functions need not check them again. */
export function define<Args extends readonly GoValue[]>(
  parameters: readonly Parameter[],
  call: (args: Args, context: CallContext) => GoValue,
  more: { more?: Parameter; printsNil?: true; usesPatterns?: true } = {},
): TemplateFunction {
  return { parameters, ...more, call: call as TemplateFunction["call"] };
}
