/**
 * Strings of the template language are bytes to `len`, `index` and `slice`. Here they are JavaScript strings; a byte
 * that belongs to no UTF-8 character (of `"\xff"`, or of a cut one) is kept as the lone surrogate U+DC00 + byte, so that
 * nothing is lost while it is passed on, and halves that come together again make their character when the text is done.
 */
const ENCODER = new TextEncoder();
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });

/** Lone surrogates that stand for a byte, U+DC80 to U+DCFF. */
const STRAY_BYTE = /(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/;

export function isAscii(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return /^[\x00-\x7f]*$/.test(text);
}

/** The bytes of the text; stray bytes as themselves. */
export function toBytes(text: string): Uint8Array {
  if (text.isWellFormed()) return ENCODER.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    if (STRAY_BYTE.test(character)) bytes.push(character.charCodeAt(0) & 0xff);
    else for (const byte of ENCODER.encode(character)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** The text of the bytes; those that are not UTF-8 become stray bytes. */
export function fromBytes(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch { // not UTF-8: character by character
    let text = "";
    for (let at = 0; at < bytes.length;) {
      const length = characterLength(bytes, at);
      text += length === 0 ? strayText(bytes[at]!) : STRICT.decode(bytes.subarray(at, at + length));
      at += Math.max(length, 1);
    }
    return text;
  }
}

/** How many bytes from `at` on are one character, 0 for none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    STRICT.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

export function byteLength(text: string): number {
  return isAscii(text) ? text.length : toBytes(text).length;
}

/** The text as the world outside gets it: stray bytes that make a character together are it, the others are U+FFFD. */
export function wellFormed(text: string): string {
  return text.isWellFormed() ? text : LENIENT.decode(toBytes(text));
}

/** A byte from 0x80 on that belongs to no character, as text. */
export function strayText(byte: number): string {
  return String.fromCharCode(0xdc00 + byte);
}

/** The number of the stray byte that the character stands for. */
export function strayByte(character: string): number | undefined {
  return STRAY_BYTE.test(character) ? character.charCodeAt(0) & 0xff : undefined;
}

/** Order of the UTF-8 bytes, which is that of code points: negative, 0 or positive. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Puts the surrogates, halves of the highest characters, above U+E000 to U+FFFF. */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Go's query escaping: letters, digits and `- _ . ~` stay, blank becomes `+`, every other byte of the UTF-8 text `%XX`. */
export function queryEscape(text: string): string {
  return text.replace(/[^A-Za-z0-9\-_.~]+/g, (run) => {
    let escaped = "";
    for (const byte of toBytes(run)) {
      escaped += byte === 0x20 ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    }
    return escaped;
  });
}
