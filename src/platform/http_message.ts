/** What both ways of sending share: headers as they go onto the line, bodies up to a limit. */

type Headers = readonly (readonly [name: string, value: string])[];

/** Bytes of a reply's body that are kept. */
const MOST_BYTES = 65_536;
/** They belong to the connection, or to the body, and are made with it. */
const NOT_CONFIGURABLE =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|content-length|expect)$/i;

/** Without those that would contradict the message. */
export function ownHeaders(headers: Headers): Headers {
  return headers.filter(([name]) => !NOT_CONFIGURABLE.test(name));
}

/** A header value as the bytes of its UTF-8 text, each as one character: what both clients take for a value. */
export function toByteString(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** The beginning of a body; what comes after it is not read. */
export async function firstBytes(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const bytes = new Uint8Array(MOST_BYTES);
  let length = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(0, MOST_BYTES - length);
    bytes.set(part, length);
    length += part.length;
    if (length === MOST_BYTES) break;
  }
  return bytes.slice(0, length);
}
