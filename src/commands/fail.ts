/** How the tool's own commands say that they could not do something; standard output may be read by programs. */
import { type Diagnostic, formatDiagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { World } from "../platform/world.ts";

/** Prints problems to standard error, one below the other. */
export function printProblems(problems: readonly Diagnostic[], world: World): void {
  for (const problem of problems) world.console.write("stderr", `${formatDiagnostic(problem)}\n`);
}

/** Prints a message to standard error. @returns the exit status */
export function fail(message: string, world: World): number {
  world.console.write("stderr", `${message}\n`);
  return EXIT.failure;
}
