/** `randInt`: a number that depends on the seed alone, the same on every machine (PCG-DXSM, seeded by an MD5). */
import { toBytes } from "../values/bytes.ts";
import { CallError } from "../values/template_error.ts";

const MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645n;
const INCREMENT = 0x5851F42D4C957F2D14057B7EF767814Fn;
const OUTPUT_MULTIPLIER = 0xDA942042E4DD58B5n;
const LOW_64 = (1n << 64n) - 1n;

/** Makes the digest of a seed: MD5. */
type Digest = (data: Uint8Array) => Uint8Array;

/** low ≤ n < high. @throws {CallError} when there is no such number */
export function randomInt(low: bigint, high: bigint, seed: string, md5: Digest): bigint {
  const count = high - low;
  if (count <= 0n || BigInt.asIntN(64, count) !== count) {
    throw new CallError(`the range from ${low} to below ${high} is empty or too large`);
  }
  const draw = generator(md5(toBytes(seed)));
  if ((count & (count - 1n)) === 0n) return low + (draw() & (count - 1n));
  const threshold = (1n << 64n) % count; // drawn again below it, else low numbers would be more frequent
  let product = draw() * count;
  while ((product & LOW_64) < threshold) product = draw() * count;
  return low + (product >> 64n);
}

/** Draws of 64 bits. */
function generator({ buffer, byteOffset }: Uint8Array): () => bigint {
  const digest = new DataView(buffer, byteOffset, 16);
  let state = (digest.getBigUint64(0, true) << 64n) | digest.getBigUint64(8, true);
  return () => {
    state = BigInt.asUintN(128, state * MULTIPLIER + INCREMENT);
    const low = state & LOW_64;
    let high = state >> 64n;
    high ^= high >> 32n;
    high = (high * OUTPUT_MULTIPLIER) & LOW_64;
    high ^= high >> 48n;
    return (high * (low | 1n)) & LOW_64;
  };
}
