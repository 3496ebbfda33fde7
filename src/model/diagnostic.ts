/**
 * Mistakes as data: collected where they are found, shown together at the end. The text form is the one that editors
 * and CI logs can jump to: `profiles.toml:12:3: error: …`.
 */

import type { DiagnosticCode } from "./diagnostic_code.ts";

/** A place in a file as the user wrote it; line and column count from 1, the column in characters. */
export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence without full stop: `Cannot <do> <what>: <state or remedy>`, or a plain fact. */
  readonly message: string;
  readonly at?: Position | undefined;
  /** What to do about it: `Did you mean "exclude"?` */
  readonly hint?: string | undefined;
  /** The source line (or several) around `at`, ready to print, with a caret below the column; see `withExcerpt` too. */
  readonly excerpt?: string | undefined;
}

/** Thrown when nothing useful can go on; carries every problem found so far. */
export class ConfigError extends Error {
  override name = "ConfigError";
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join("\n"));
  }
}

/** One problem: shorthand for the usual `ConfigError` with a single error in it. */
export function configError(
  code: DiagnosticCode,
  message: string,
  at?: Position,
  more: { hint?: string; excerpt?: string } = {},
): ConfigError {
  return new ConfigError([{ code, severity: "error", message, at, ...more }]);
}

/** For programs: one flat object; what the problem does not have is undefined. The excerpt is left out, as it is for eyes. */
export function diagnosticFields(
  { code, severity, message, at, hint }: Diagnostic,
): Readonly<Record<string, string | number | undefined>> {
  return { code, severity, message, ...at, hint };
}

/** The same text for the same problem, for lists that name each once. */
export function identityOf({ code, severity, message, at, hint }: Diagnostic): string {
  return JSON.stringify([code, severity, message, at, hint]);
}

export function formatPosition({ path, line, column }: Position): string {
  return `${path}:${line}:${column}`;
}

/** `path:line:column: severity: message`, then the excerpt and the hint, each on lines of their own, indented by two. */
export function formatDiagnostic({ severity, message, at, hint, excerpt }: Diagnostic): string {
  const place = at ? `${formatPosition(at)}: ` : "";
  const below = [excerpt, hint && `hint: ${hint}`].filter((text) => text !== undefined && text !== "").map((text) =>
    `\n  ${text!.replaceAll("\n", "\n  ")}`
  );
  return `${place}${severity}: ${message}${below.join("")}`.replace(CONTROL, "\ufffd");
}

/** What a file or name may hold to move the cursor or colour the terminal; tabs and line feeds are ours. */
// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
