/** The end of what a child wrote: failures, monitoring and templates show the last lines of it, never megabytes. */
import { lastBytes } from "../model/last_lines.ts";

export interface Tail {
  add(bytes: Uint8Array): void;
  /** At most the last `limit` bytes, from the beginning of a line when something was cut; invalid UTF-8 is replaced. */
  text(): string;
}

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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
