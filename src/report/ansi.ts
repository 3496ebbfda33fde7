/** Takes the colours and cursor movements of terminals out of what programs print, for logs; all other bytes stay as they are. */

/** Control sequences, operating system commands (titles, links), and two-character sequences. */
// deno-lint-ignore no-control-regex -- control characters are the subject
const SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;
/** The start of a sequence whose rest has not come yet. */
// deno-lint-ignore no-control-regex -- control characters are the subject
const UNFINISHED = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$/;
/** No sequence is longer: what looks like one is something else, and must not be held back for ever. */
const LONGEST = 4_096;
const ESCAPE = 0x1b;

/** A filter for the chunks of one stream: sequences may be cut anywhere. */
export function ansiFilter(): (chunk: Uint8Array) => Uint8Array {
  let held = "";
  return (chunk) => {
    if (held === "" && !chunk.includes(ESCAPE)) return chunk;
    const text = (held + textOf(chunk)).replace(SEQUENCE, "");
    const start = UNFINISHED.exec(text)?.index ?? text.length;
    const cut = text.length - start > LONGEST ? text.length : start;
    held = text.slice(cut);
    return bytesOf(text.slice(0, cut));
  };
}

/** One character for each byte, so that no byte changes on the way through a regular expression. */
function textOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
