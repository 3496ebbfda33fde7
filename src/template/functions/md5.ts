/** MD5 (RFC 1321): not for security, it spreads the seed of `randInt`. */

const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]] as const;
const SINES = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);

/** @returns 16 bytes */
export function md5(message: Uint8Array): Uint8Array {
  const blocks = padded(message);
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < blocks.byteLength; at += 64) addBlock(state, new DataView(blocks.buffer, at, 64));
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => digest.setInt32(index * 4, word, true));
  return new Uint8Array(digest.buffer);
}

/** A one bit, zeros, and the length in bits, up to whole blocks of 64 bytes. */
function padded(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  blocks.set(message);
  blocks[message.length] = 0x80;
  new DataView(blocks.buffer).setBigUint64(blocks.length - 8, BigInt(message.length) * 8n, true);
  return blocks;
}

function addBlock(state: number[], block: DataView): void {
  let [a, b, c, d] = state as [number, number, number, number];
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const [mixed, word] = [
      [(b & c) | (~b & d), step],
      [(d & b) | (~d & c), (5 * step + 1) % 16],
      [b ^ c ^ d, (3 * step + 5) % 16],
      [c ^ (b | ~d), (7 * step) % 16],
    ][round] as [number, number];
    const sum = (a + mixed + SINES[step]! + block.getInt32(word * 4, true)) | 0;
    const shift = SHIFTS[round]![step % 4]!;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  [a, b, c, d].forEach((word, index) => state[index] = (state[index]! + word) | 0);
}
