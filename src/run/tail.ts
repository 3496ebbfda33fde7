/** The end of what a child wrote: failures, monitoring and templates show the last lines of it, never megabytes. */

export interface Tail {
  add(bytes: Uint8Array): void;
  /** At most the last `limit` bytes, from the beginning of a line when something was cut; invalid UTF-8 is replaced. */
  text(): string;
}

const LINE_FEED = 0x0a;

/** @param limit in bytes */
export function tail(limit: number): Tail {
  let kept: Uint8Array[] = [];
  let size = 0;
  return {
    add(bytes) {
      kept.push(bytes);
      size += bytes.length;
      if (size <= 2 * limit) return;
      const end = joined(kept).slice(-limit - 1); // one byte more shows whether a line begins there
      kept = [end];
      size = end.length;
    },
    text: () => new TextDecoder().decode(lastBytes(joined(kept), limit)),
  };
}

/** The end of a text, by the same rule as {@linkcode Tail.text}. @param limit in bytes of UTF-8 */
export function lastLines(text: string, limit: number): string {
  if (text.length * 3 <= limit) return text;
  return new TextDecoder().decode(lastBytes(new TextEncoder().encode(text), limit));
}

function lastBytes(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes;
  const lineEnd = bytes.indexOf(LINE_FEED, bytes.length - limit - 1);
  if (lineEnd >= 0 && lineEnd < bytes.length - 1) return bytes.subarray(lineEnd + 1);
  const end = bytes.subarray(-limit); // one enormous line: then at least whole characters
  return end.subarray(end.findIndex((byte) => (byte & 0xc0) !== 0x80));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
