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

export function lineReader(): LineReader {
  const decoder = new TextDecoder();
  let begun = "";

  function take(text: string): string[] {
    const lines = `${begun}${text}`.split("\n").map((line) => line.slice(0, ANALYSED_LENGTH));
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
