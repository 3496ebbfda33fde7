/** What can go wrong with a template: one class for mistakes with a place, one for functions that do not know theirs. */
import type { Diagnostic, Position } from "../model/diagnostic.ts";

/** A text that is parsed: `name` is the path of the file as messages show it, and the name of its template. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A mistake in a template, of its language or of its execution. The message begins with `NAME:LINE:COLUMN: `. */
export class TemplateError extends Error {
  override name = "TemplateError";
  /** File, line and column, both from 1, the column in characters. */
  readonly at: Position;
  /** The column as it stands in the message: bytes from 0, like Go's. */
  readonly column: number;
  /**
   * @param detail one sentence without place and without full stop
   * @param offset UTF-16 units from the start of the source
   */
  constructor(readonly detail: string, source: Source, offset: number) {
    const before = source.text.slice(0, offset);
    const line = lineAt(source.text, offset);
    const inLine = before.slice(before.lastIndexOf("\n") + 1);
    const column = new TextEncoder().encode(inLine).length;
    super(`${source.name}:${line}:${column}: ${detail}`);
    this.at = { path: source.name, line, column: [...inLine].length + 1 };
    this.column = column;
  }
}

/** Thrown by functions and methods; the evaluator, who knows the place, makes a `TemplateError` of it. */
export class CallError extends Error {
  override name = "CallError";
}

/** For the lists of problems that are shown together. */
export function templateDiagnostic({ detail, at }: TemplateError): Diagnostic {
  return { severity: "error", message: detail, at };
}

/** The line, from 1, in which `offset` (UTF-16 units) is; the end of a text that ends with a line feed is a new line. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < offset; feed = text.indexOf("\n", feed + 1)) line++;
  return line;
}
