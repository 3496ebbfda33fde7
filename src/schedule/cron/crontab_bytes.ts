/**
 * Texts of crontabs, whose lines may be in any encoding: a table is a text of one character for each byte, so that what is
 * not ours comes back as it was. Our own lines, and what is looked for in others', are UTF-8.
 */

/** Fewer than a call may have arguments. */
const PIECE = 8_192;

export function tableOf(bytes: Uint8Array): string {
  let table = "";
  for (let at = 0; at < bytes.length; at += PIECE) table += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return table;
}

export function bytesOf(table: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(table.length);
  for (let at = 0; at < table.length; at++) bytes[at] = table.charCodeAt(at);
  return bytes;
}

/** A piece of a table for reading: bytes that are not UTF-8 become U+FFFD. */
export function textOf(table: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(table));
}

/** A text as a piece of a table. */
export function pieceOf(text: string): string {
  return tableOf(new TextEncoder().encode(text));
}
