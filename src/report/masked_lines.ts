/** What programs print on its way into a log: the secrets of the run are hidden, line by line, as a chunk may end within one. */

import type { Mask } from "../model/mask.ts";

/** Of a longer line no more is held back than the longest secret, which its next part may complete. */
const LONGEST = 8 * 1024;
/** Bytes of UTF-8. */
const LONGEST_CHARACTER = 4;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface MaskedLines {
  /** @returns what may be written: complete lines, and parts of long ones; all of it where there is nothing to hide */
  take(bytes: Uint8Array, mask: Mask | undefined): Uint8Array;
  /** The line that has not ended. */
  rest(): Uint8Array;
}

/** For one stream. */
export function maskedLines(): MaskedLines {
  let held: Uint8Array = new Uint8Array();
  let hide: Mask = (text) => text;
  return {
    take(bytes, mask) {
      if (mask === undefined && held.length === 0) return bytes;
      hide = mask ?? hide;
      const whole = joined(held, bytes);
      const end = Math.max(whole.lastIndexOf(LINE_FEED), whole.lastIndexOf(CARRIAGE_RETURN)) + 1;
      const secret = hide.longest?.() ?? 0;
      const cut = whole.length - end > LONGEST + secret ? cutBefore(whole.length - secret, whole, hide) : end;
      held = whole.subarray(cut);
      return masked(whole.subarray(0, cut), hide);
    },
    rest() {
      const complete = held;
      held = new Uint8Array();
      return masked(complete, hide);
    },
  };
}

/** The last place up to `most` where neither a secret nor a character is cut through; 0 without one. */
function cutBefore(most: number, bytes: Uint8Array, hide: Mask): number {
  const shown = hide(decoded(bytes));
  for (let cut = most; cut > 0;) {
    for (let back = 0; back < LONGEST_CHARACTER - 1 && isInsideCharacter(bytes[cut]); back++) cut--;
    const start = hide(decoded(bytes.subarray(0, cut)));
    if (start + hide(decoded(bytes.subarray(cut))) === shown) return cut;
    cut -= Math.max(1, differenceOf(start, shown)); // the secret begins where they differ
  }
  return bytes.length > 2 * (LONGEST + bytes.length - most) ? bytes.length : 0; // the password of an endless URL
}

/** Bytes of `start` behind what it has in common with `whole`. */
function differenceOf(start: string, whole: string): number {
  let common = 0;
  while (common < start.length && start[common] === whole[common]) common++;
  return new TextEncoder().encode(start.slice(common)).length;
}

function isInsideCharacter(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Bytes that are not UTF-8 stay as they are, except in lines with a secret. */
function masked(bytes: Uint8Array, hide: (text: string) => string): Uint8Array {
  if (bytes.length === 0) return bytes;
  const text = decoded(bytes);
  const shown = hide(text);
  return shown === text ? bytes : new TextEncoder().encode(shown);
}

/** Always a copy: the bytes of an event are valid only while it is passed on. */
function joined(start: Uint8Array, end: Uint8Array): Uint8Array {
  const whole = new Uint8Array(start.length + end.length);
  whole.set(start);
  whole.set(end, start.length);
  return whole;
}
