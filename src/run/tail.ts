/** The end of what a child wrote: failures, monitoring and templates show the last lines of it, never megabytes. */
import { lastBytes } from "../model/last_lines.ts";

export interface Tail {
  add(bytes: Uint8Array): void;
  /** At most the last `limit` bytes, from the beginning of a line when something was cut; invalid UTF-8 is replaced. */
  text(): string;
}

/**
 * The bytes are copied: a child that writes line by line gives pieces of a few bytes, each in a buffer for many.
 *
 * @param limit in bytes
 */
export function tail(limit: number): Tail {
  const wanted = limit + 1; // one byte more shows whether a line begins there
  let buffer = new Uint8Array(0);
  let size = 0;

  function makeRoom(length: number): void {
    if (size + length <= buffer.length) return;
    const kept = size + length > 2 * wanted ? Math.min(size, wanted) : size;
    const grown = Math.min(2 * wanted, 2 * (kept + length));
    const room = grown > buffer.length ? new Uint8Array(grown) : buffer;
    room.set(buffer.subarray(size - kept, size));
    buffer = room;
    size = kept;
  }
  return {
    add(bytes) {
      const end = bytes.subarray(-wanted);
      makeRoom(end.length);
      buffer.set(end, size);
      size += end.length;
    },
    text: () => new TextDecoder().decode(lastBytes(buffer.subarray(0, size), limit)),
  };
}
