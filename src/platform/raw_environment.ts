/**
 * Variables of this process whose bytes are not UTF-8. Deno shows none of them; children inherit them unchanged, but the
 * configuration cannot use their values.
 */
import { unlessFileError } from "./unless_file_error.ts";
import type { World } from "./world.ts";

const NUL = 0;
const EQUALS = 0x3d;

/** Why a variable has no value here: `is not set` or `is not valid UTF-8`; the latter can be told on Linux alone. */
export function absenceOf(name: string, world: World): string {
  return undecodableNames(world).has(name) ? "is not valid UTF-8" : "is not set";
}

function undecodableNames({ os, files }: World): ReadonlySet<string> {
  if (os !== "linux") return new Set();
  return unlessFileError(() => new Set(namesWithOddValues(files.read("/proc/self/environ"))), new Set());
}

function* namesWithOddValues(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NUL, start);
    const end = found < 0 ? bytes.length : found;
    const entry = bytes.subarray(start, end);
    const equals = entry.indexOf(EQUALS);
    if (equals > 0 && !isText(entry)) yield new TextDecoder().decode(entry.subarray(0, equals));
    start = end + 1;
  }
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
