/** How the tool's own commands say that they could not do something; standard output may be read by programs. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticTexts, errorText } from "../report/diagnostic_text.ts";
import { EXIT } from "../model/exit_status.ts";
import type { World } from "../platform/world.ts";

/** Prints problems to standard error, one below the other. */
export function printProblems(problems: readonly Diagnostic[], world: World): void {
  for (const text of diagnosticTexts(problems)) world.console.write("stderr", `${text}\n`);
}

/** Prints a message to standard error. @returns the exit status */
export function fail(message: string, world: World): number {
  world.console.write("stderr", `${errorText(message)}\n`);
  return EXIT.failure;
}
