/** What programs print on its way into a log: the secrets of the run are hidden, line by line, as a chunk may end within one. */

/** No line is held back that is longer. */
const LONGEST = 8 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface MaskedLines {
  /** @returns what may be written: complete lines; all of it where there is nothing to hide */
  take(bytes: Uint8Array, mask: ((text: string) => string) | undefined): Uint8Array;
  /** The line that has not ended. */
  rest(): Uint8Array;
}

/** For one stream. */
export function maskedLines(): MaskedLines {
  let held: Uint8Array = new Uint8Array();
  let hide = (text: string) => text;
  return {
    take(bytes, mask) {
      if (mask === undefined && held.length === 0) return bytes;
      hide = mask ?? hide;
      const end = Math.max(bytes.lastIndexOf(LINE_FEED), bytes.lastIndexOf(CARRIAGE_RETURN)) + 1;
      const isLong = held.length + bytes.length - end > LONGEST;
      const cut = isLong ? bytes.length : end;
      const complete = cut === 0 ? new Uint8Array() : joined(held, bytes.subarray(0, cut));
      held = joined(cut === 0 ? held : new Uint8Array(), bytes.subarray(cut));
      return masked(complete, hide);
    },
    rest() {
      const complete = held;
      held = new Uint8Array();
      return masked(complete, hide);
    },
  };
}

/** Bytes that are no UTF-8 stay what they are, but for lines with a secret. */
function masked(bytes: Uint8Array, hide: (text: string) => string): Uint8Array {
  if (bytes.length === 0) return bytes;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const shown = hide(text);
  return shown === text ? bytes : new TextEncoder().encode(shown);
}

/** A copy in any case: the bytes of an event are there only while it is told. */
function joined(start: Uint8Array, end: Uint8Array): Uint8Array {
  const whole = new Uint8Array(start.length + end.length);
  whole.set(start);
  whole.set(end, start.length);
  return whole;
}
