/**
 * Local restic repositories with what restic itself would not write: locks as a restic on another machine, or one of hours ago,
 * left them, and a key that is checked at once. Files are encrypted with AES-256-CTR, with Poly1305-AES over the result.
 */

import { scryptSync } from "node:crypto";

/** As `restic cat masterkey` prints it; values in base64. */
export interface MasterKey {
  readonly mac: { readonly k: string; readonly r: string };
  readonly encrypt: string;
}

export interface LockOwner {
  /** RFC 3339; locks older than 30 minutes are stale for restic. */
  readonly time: string;
  readonly hostname: string;
  readonly pid: number;
}

/** Puts an exclusive lock into the repository. */
export async function lockRepository(repository: string, masterKey: MasterKey, owner: LockOwner): Promise<void> {
  const lock = { exclusive: true, username: "root", ...owner };
  await writeByDigest(`${repository}/locks`, await encrypted(lock, masterKey));
}

/** Makes an empty repository of format 2, whose password is checked at once: `restic init` makes one that takes half a second. */
export async function makeRepository(repository: string, password: string): Promise<MasterKey> {
  for (const folder of ["data", "index", "keys", "locks", "snapshots"]) {
    await Deno.mkdir(`${repository}/${folder}`, { recursive: true });
  }
  const masterKey = { mac: { k: base64(random(16)), r: base64(random(16)) }, encrypt: base64(random(32)) };
  const config = { version: 2, id: hex(random(32)), chunker_polynomial: "25b468838dcb75" };
  await Deno.writeFile(`${repository}/config`, await encrypted(config, masterKey));
  await addKey(`${repository}/keys`, masterKey, password);
  return masterKey;
}

async function addKey(folder: string, masterKey: MasterKey, password: string): Promise<void> {
  const salt = random(64);
  const cost = { N: 2, r: 1, p: 1 };
  const derived = new Uint8Array(scryptSync(password, salt, 64, cost));
  const data = await encrypted(masterKey, {
    encrypt: base64(derived.subarray(0, 32)),
    mac: { k: base64(derived.subarray(32, 48)), r: base64(derived.subarray(48)) },
  });
  const key = { created: new Date().toISOString(), username: "root", hostname: "here", kdf: "scrypt", ...cost };
  const file = JSON.stringify({ ...key, salt: base64(salt), data: base64(data) });
  await writeByDigest(folder, new TextEncoder().encode(file));
}

/** restic names its files by what is in them. */
async function writeByDigest(folder: string, file: Bytes): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  await Deno.writeFile(`${folder}/${hex(digest)}`, file);
}

async function encrypted(value: unknown, { mac, encrypt }: MasterKey): Promise<Bytes> {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const nonce = random(16);
  const key = await aesKey(encrypt, "AES-CTR");
  const sealed = await crypto.subtle.encrypt({ name: "AES-CTR", counter: nonce, length: 128 }, key, text);
  const ciphertext = new Uint8Array(sealed);
  // the first block of CBC that begins with zeros is the plain block cipher
  const block = { name: "AES-CBC", iv: new Uint8Array(16) };
  const pad = new Uint8Array(await crypto.subtle.encrypt(block, await aesKey(mac.k, "AES-CBC"), nonce)).subarray(0, 16);
  return Uint8Array.from([...nonce, ...ciphertext, ...poly1305(ciphertext, bytesOf(mac.r), pad)]);
}

function poly1305(text: Bytes, r: Bytes, pad: Bytes): number[] {
  const multiplier = littleEndian(r) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < text.length; at += 16) {
    sum = (sum + littleEndian([...text.subarray(at, at + 16), 1])) * multiplier % ((1n << 130n) - 5n);
  }
  const tag = sum + littleEndian(pad);
  return Array.from({ length: 16 }, (_, n) => Number(tag >> BigInt(8 * n) & 255n));
}

function littleEndian(bytes: Iterable<number>): bigint {
  return [...bytes].reduceRight((sum, byte) => sum << 8n | BigInt(byte), 0n);
}

function aesKey(text: string, name: "AES-CTR" | "AES-CBC"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytesOf(text), name, false, ["encrypt"]);
}

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

function hex(bytes: Bytes): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}

function bytesOf(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

type Bytes = Uint8Array<ArrayBuffer>;
