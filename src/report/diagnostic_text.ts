/** Problems as people read them: the one place that turns them into text. */
import { type Diagnostic, formatDiagnostic } from "../model/diagnostic.ts";
import { withExcerpt } from "../model/excerpt.ts";

/** Problems of one list that are shown with their lines; longer lists are for programs. */
const MOST_EXCERPTS = 1_000;

/** For the terminal: with the line of the file that the problem is in. */
export function diagnosticText(problem: Diagnostic): string {
  return formatDiagnostic(withExcerpt(problem));
}

/** For logs, which keep every run: without lines of configuration files, unless the problem carries one. */
export function loggedDiagnostic(problem: Diagnostic): string {
  return formatDiagnostic(problem);
}

/** One text for each problem. */
export function diagnosticTexts(problems: readonly Diagnostic[]): string[] {
  return problems.map((problem, index) => index < MOST_EXCERPTS ? diagnosticText(problem) : loggedDiagnostic(problem));
}

/** An error that has neither a place nor a code, in the form of those that have. */
export function errorText(message: string): string {
  return `error: ${message}`;
}
