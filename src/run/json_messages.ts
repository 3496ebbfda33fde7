/** The lines of `restic backup --json`, taken out of what is shown. They are known by their bytes: there may be a million of them. */
import { ANALYSED_LENGTH } from "./line_reader.ts";

export interface MessageFilter {
  take(bytes: Uint8Array): void;
  /** A last line without line feed counts. */
  end(): void;
}

/**
 * Passes on everything but messages; a line is held back until it is clear whether it is one.
 *
 * @param replace what is shown in place of a message, which it gets with its line feed; undefined for nothing
 */
export function messageFilter(
  show: (bytes: Uint8Array) => void,
  replace?: (message: Uint8Array) => Uint8Array | undefined,
): MessageFilter {
  let held = new Uint8Array();
  let passing = false; // the rest of a line that is too long to be a message

  function flush(bytes: Uint8Array, from: number, end: number): void {
    const line = bytes.subarray(from, end);
    if (passing || end - from > ANALYSED_LENGTH || !isJsonMessage(bytes, from, end)) return show(line);
    const shown = replace?.(line);
    if (shown) show(shown);
  }
  function flushHeld(): void {
    flush(held, 0, held.length);
    held = new Uint8Array();
  }
  function hold(bytes: Uint8Array): void {
    held = joined(held, bytes);
    if (!passing && held.length <= ANALYSED_LENGTH) return;
    passing = true;
    show(held);
    held = new Uint8Array();
  }
  return {
    take(bytes) {
      let from = 0;
      for (let end = bytes.indexOf(LINE_FEED) + 1; end > 0; end = bytes.indexOf(LINE_FEED, from) + 1) {
        if (held.length === 0) {
          flush(bytes, from, end);
        } else {
          held = joined(held, bytes.subarray(from, end));
          flushHeld();
        }
        passing = false;
        from = end;
      }
      if (from < bytes.length) hold(bytes.subarray(from));
    },
    end: () => held.length > 0 && flushHeld(),
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const CLOSING_BRACE = 0x7d;
/** Older restic clears the line of its terminal before each message. */
const CLEARING = new TextEncoder().encode("\x1b[2K");
const BEGINNING = new TextEncoder().encode('{"message_type":"');

/**
 * Whether a line, with or without its line feed, is a message; its keys have any order but for the first.
 *
 * @param bytes have the line between `from` and `end`
 */
export function isJsonMessage(bytes: Uint8Array, from = 0, end = bytes.length): boolean {
  const start = bytes[from] === CARRIAGE_RETURN ? from + 1 : from;
  const text = hasAt(bytes, CLEARING, start) ? start + CLEARING.length : start;
  let last = end - 1;
  while (last >= from && bytes[last]! <= BLANK) last--;
  return bytes[last] === CLOSING_BRACE && hasAt(bytes, BEGINNING, text);
}

function hasAt(line: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let n = 0; n < bytes.length; n++) if (line[at + n] !== bytes[n]) return false;
  return true;
}
