/** Problems that were collected: each told once, an error among them ends the reading. */
import { ConfigError, type Diagnostic, identityOf } from "../../model/diagnostic.ts";

export function unique(problems: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(problems.map((problem) => [identityOf(problem), problem])).values()];
}

/** @throws {ConfigError} with all problems, when there is an error among them */
export function withoutErrors(problems: readonly Diagnostic[]): Diagnostic[] {
  const told = unique(problems);
  if (told.some(({ severity }) => severity === "error")) throw new ConfigError(told);
  return told;
}

/** What an attempt gives; its error's problems go to the others, for the next attempt to be made. */
export function collecting<T>(report: (problem: Diagnostic) => void, attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    error.diagnostics.forEach(report);
    return undefined;
  }
}
