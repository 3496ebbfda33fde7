/** The result of a template and the way back from its lines to those of the files that it was made of. */
import { lineAt, type Source } from "./error.ts";

export interface Rendered {
  readonly text: string;
  /** @param outputLine from 1 @returns the file, and the line in it, from 1, that made this line of the text */
  sourceLine(outputLine: number): { readonly name: string; readonly line: number };
}

/** Where the pieces of an output begin, and what they were made of; `isText` for those that were copied. */
export interface Pieces {
  readonly starts: number[];
  readonly sources: Source[];
  readonly offsets: number[];
  readonly isText: boolean[];
}

/** A text that stands for itself. */
export function renderedAsIs({ name, text }: Source): Rendered {
  return { text, sourceLine: (line) => ({ name, line }) };
}

/** The lines are looked up when somebody asks, which is when something is wrong. */
export function renderedFrom(text: string, pieces: Pieces, whole: Source): Rendered {
  let starts: readonly number[] | undefined;
  return {
    text,
    sourceLine(outputLine) {
      starts ??= lineStarts(text);
      const start = starts[Math.min(Math.max(outputLine, 1), starts.length) - 1]!;
      return sourceOf(pieces, whole, firstCharacter(text, start));
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) starts.push(feed + 1);
  return starts;
}

/** A line is from where its first visible character is from: indentation often belongs to another template. */
function firstCharacter(text: string, start: number): number {
  const blank = /[ \t\r]*/y;
  blank.lastIndex = start;
  const end = start + blank.exec(text)![0].length;
  return end < text.length && text[end] !== "\n" ? end : start;
}

function sourceOf(
  { starts, sources, offsets, isText }: Pieces,
  whole: Source,
  at: number,
): { name: string; line: number } {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  const piece = Math.max(low - 1, 0);
  const source = sources[piece];
  if (source === undefined) return { name: whole.name, line: 1 };
  const offset = offsets[piece]! + (isText[piece] ? at - starts[piece]! : 0);
  return { name: source.name, line: lineAt(source.text, offset) };
}
