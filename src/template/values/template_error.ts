/** What can go wrong with a template: one class for mistakes with a place, one for functions that do not know theirs. */
import type { Diagnostic, Position } from "../../model/diagnostic.ts";

/** A text that is parsed: `name` is the path of the file as messages show it, and the name of its template. */
export interface TemplateSource {
  readonly name: string;
  readonly text: string;
}

/** A mistake in a template, of its language or of its execution. The message begins with `NAME:LINE:COLUMN: `. */
export class TemplateError extends Error {
  override name = "TemplateError";
  /** File, line and column, both from 1, the column in characters. */
  readonly at: Position;
  /** The column as it is in the message: bytes from 0, like Go's. */
  readonly column: number;
  /**
   * @param detail one sentence without place and without full stop
   * @param offset UTF-16 units from the start of the source
   */
  constructor(readonly detail: string, source: TemplateSource, offset: number) {
    const at = positionAt(source, offset);
    const column = new TextEncoder().encode(source.text.slice(lineStart(source.text, offset), offset)).length;
    super(`${source.name}:${at.line}:${column}: ${detail}`);
    this.at = at;
    this.column = column;
  }
}

/**
 * Thrown by functions and methods, which do not know their place and name; the evaluator, who does, makes a
 * `TemplateError` of it. The message is only the reason: what follows the colon of "Cannot <do> <what>: ".
 */
export class CallError extends Error {
  override name = "CallError";
}

/** For the lists of problems that are shown together. */
export function templateDiagnostic({ detail, at }: TemplateError): Diagnostic {
  return { code: "template", severity: "error", message: detail, at };
}

export function positionAt({ name, text }: TemplateSource, offset: number): Position {
  let line = 1;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < offset; feed = text.indexOf("\n", feed + 1)) line++;
  return { path: name, line, column: [...text.slice(lineStart(text, offset), offset)].length + 1 };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
