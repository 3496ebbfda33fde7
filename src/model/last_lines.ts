/** The end of long texts: what failed is said in the last lines. */

const LINE_FEED = 0x0a;

/** At most the last `limit` bytes, from the beginning of a line when something was cut. @param limit in bytes of UTF-8 */
export function lastLines(text: string, limit: number): string {
  if (text.length * 3 <= limit) return text;
  return new TextDecoder().decode(lastBytes(new TextEncoder().encode(text), limit));
}

/** The same for bytes. */
export function lastBytes(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes;
  const lineEnd = bytes.indexOf(LINE_FEED, bytes.length - limit - 1);
  if (lineEnd >= 0 && lineEnd < bytes.length - 1) return bytes.subarray(lineEnd + 1);
  const end = bytes.subarray(-limit); // one enormous line: then at least whole characters
  return end.subarray(end.findIndex((byte) => (byte & 0xc0) !== 0x80));
}
