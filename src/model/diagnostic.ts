/**
 * Mistakes as data: collected where they are found, shown together at the end. The text form is the one that editors
 * and CI logs can jump to: `profiles.toml:12:3: error: …`.
 */

/** A place in a file as the user wrote it; line and column count from 1, the column in characters. */
export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  /** One sentence without full stop: `Cannot <do> <what>: <state or remedy>`, or a plain fact. */
  readonly message: string;
  readonly at?: Position | undefined;
  /** What to do about it: `Did you mean "exclude"?` */
  readonly hint?: string | undefined;
  /** The source line (or several) around `at`, ready to print, with a caret below the column. */
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
  message: string,
  at?: Position,
  more: { hint?: string; excerpt?: string } = {},
): ConfigError {
  return new ConfigError([{ severity: "error", message, at, ...more }]);
}

export function formatPosition({ path, line, column }: Position): string {
  return `${path}:${line}:${column}`;
}

/** `path:line:column: severity: message`, then the excerpt and the hint, each on lines of their own, indented by two. */
export function formatDiagnostic({ severity, message, at, hint, excerpt }: Diagnostic): string {
  const place = at ? `${formatPosition(at)}: ` : "";
  const below = [excerpt, hint].filter((text) => text !== undefined).map((text) =>
    `\n  ${text.replaceAll("\n", "\n  ")}`
  );
  return `${place}${severity}: ${message}${below.join("")}`;
}

/** The line of `at` in `text` and a caret below its column; tabs stay, so that the caret stands right. */
export function excerptOf(text: string, at: Position): string {
  const line = text.split(/\r\n|\n|\r/, at.line)[at.line - 1] ?? "";
  return `${line}\n${line.slice(0, at.column - 1).replace(/[^\t]/g, " ")}^`;
}
