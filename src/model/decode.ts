/**
 * Bytes of a configuration file to text. A byte order mark decides; without one, the file is UTF-8, unless its start
 * is not valid UTF-8: then it comes from an old editor, and each byte is one character.
 */

/** How much of a file is looked at to tell UTF-8 from ISO 8859-1, in bytes. */
const PROBE_SIZE = 128 * 1024;

/** The text of a file, without byte order mark. UTF-16 is recognised by its mark only. Never fails. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked || startsAsUtf8(bytes) ? new TextDecoder().decode(bytes) : latin1(bytes);
}

function startsAsUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream, if there is more: the probe may end in the middle of a character.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, PROBE_SIZE), {
      stream: bytes.length > PROBE_SIZE,
    });
    return true;
  } catch {
    return false;
  }
}

/** ISO 8859-1 proper; what `TextDecoder` calls "latin1" is windows-1252, with other characters at 0x80–0x9F. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x2000) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x2000)));
  }
  return parts.join("");
}
