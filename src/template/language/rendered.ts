/** The result of a template and the way back from its lines to those of the files that it was made of. */
import { wellFormed } from "../values/bytes.ts";
import { countUpTo } from "../values/binary_search.ts";
import type { TemplateSource } from "../values/template_error.ts";

export interface Rendered {
  readonly text: string;
  /** @param outputLine from 1 @returns the file, and the line in it, from 1, that made this line of the text */
  sourceLine(outputLine: number): { readonly name: string; readonly line: number };
}

/** Where the pieces of an output begin, and what they were made of; `isText` for those that were copied. */
export interface Pieces {
  readonly starts: number[];
  readonly sources: TemplateSource[];
  readonly offsets: number[];
  readonly isText: boolean[];
}

/** A text that stands for itself. */
export function renderedAsIs({ name, text }: TemplateSource): Rendered {
  return { text, sourceLine: (line) => ({ name, line }) };
}

/**
 * The lines are looked up only when something is wrong.
 * @param text as it was put together, stray bytes included
 * @param whole the file that was executed
 */
export function renderedFrom(text: string, pieces: Pieces, whole: TemplateSource): Rendered {
  const starts = new Map<string, readonly number[]>(); // by text
  const startsOf = (lines: string) => {
    const known = starts.get(lines) ?? lineStarts(lines);
    starts.set(lines, known);
    return known;
  };
  return {
    text: wellFormed(text), // which moves characters, but no line ends
    sourceLine(outputLine) {
      const lines = startsOf(text);
      const start = lines[Math.min(Math.max(outputLine, 1), lines.length) - 1]!;
      const { source, offset } = originOf(pieces, whole, firstCharacter(text, start));
      return { name: source.name, line: countUpTo(startsOf(source.text), offset) };
    },
  };
}

/** Offsets of the first characters of all lines. */
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

function originOf({ starts, sources, offsets, isText }: Pieces, whole: TemplateSource, at: number): Origin {
  const piece = Math.max(countUpTo(starts, at) - 1, 0);
  const source = sources[piece];
  if (source === undefined) return { source: whole, offset: 0 };
  return { source, offset: offsets[piece]! + (isText[piece] ? at - starts[piece]! : 0) };
}

interface Origin {
  readonly source: TemplateSource;
  readonly offset: number;
}
