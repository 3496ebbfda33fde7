/**
 * Lines out of a stream of bytes, of which only the beginning is looked at: a line of gigabytes must cost no memory. What has arrived is
 * decoded as a whole, since restic can write a line for each of a million files.
 */

/** What is analysed of a line, in characters; the rest is skipped. */
export const ANALYSED_LENGTH = 64 * 1024;

export interface LineReader {
  /** The lines that these bytes complete, without their line feeds. */
  add(bytes: Uint8Array): string[];
  /** A last line without line feed. */
  end(): string[];
}

/** @param mark only lines with this text are of interest: where it is nowhere, nothing is taken apart and no line is given */
export function lineReader(mark = ""): LineReader {
  const decoder = new TextDecoder();
  let begun = "";

  function take(arrived: string): string[] {
    const text = `${begun}${arrived}`;
    const relevant = text.includes(mark) ? text : text.slice(text.lastIndexOf("\n") + 1);
    const lines = relevant.split("\n").map((line) => line.slice(0, ANALYSED_LENGTH));
    begun = lines.pop()!;
    return lines;
  }
  return {
    add: (bytes) => take(decoder.decode(bytes, { stream: true })),
    end() {
      take(decoder.decode()); // nothing but the rest of a character that was cut
      return begun === "" ? [] : take("\n");
    },
  };
}
