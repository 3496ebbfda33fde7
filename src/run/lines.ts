/** Lines out of a stream of bytes, of which only the beginning is looked at: a line of gigabytes must cost no memory. */

/** What is analysed of a line, in bytes; the rest is skipped. */
export const ANALYSED_BYTES = 64 * 1024;

export interface LineReader {
  /** The lines that these bytes complete, without their line feeds. */
  add(bytes: Uint8Array): string[];
  /** A last line without line feed. */
  end(): string[];
}

export function lineReader(): LineReader {
  let begun: Uint8Array[] = [];
  let size = 0;

  function keep(bytes: Uint8Array): void {
    const part = bytes.subarray(0, ANALYSED_BYTES - size);
    if (part.length > 0) begun.push(part.slice());
    size += part.length;
  }
  function complete(): string {
    const decoder = new TextDecoder();
    const line = begun.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
    begun = [];
    size = 0;
    return line;
  }
  return {
    add(bytes) {
      const lines: string[] = [];
      let from = 0;
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
        keep(bytes.subarray(from, end));
        lines.push(complete());
        from = end + 1;
      }
      keep(bytes.subarray(from));
      return lines;
    },
    end: () => size > 0 ? [complete()] : [],
  };
}
