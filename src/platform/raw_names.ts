/** Names that are not UTF-8: Deno up to 2.8, with which the binary may be made, leaves them out of a folder without a word. */
import { loadLibc } from "./libc.ts";

export interface RawEntry {
  /** U+FFFD stands for bytes that are not text. */
  readonly name: string;
  readonly kind: "file" | "directory" | "link";
}

const LEAVES_OUT = Deno.build.os === "linux" && /^2\.[0-8]\./.test(Deno.version.deno);

/** What `Deno.readDirSync` does not tell of a folder that can be read. */
export function untoldEntries(folder: string): RawEntry[] {
  return LEAVES_OUT ? entriesWithoutText(folder) : [];
}

/** `struct dirent` of 64-bit Linux: inode, offset, length of the record, type, name. */
const TYPE_AT = 18;
const NAME_AT = 19;
const LONGEST_NAME = 255;
const KINDS: Readonly<Record<number, RawEntry["kind"]>> = { 4: "directory", 10: "link" };

/** For Linux; empty if the folder cannot be read. */
export function entriesWithoutText(folder: string): RawEntry[] {
  using libc = loadLibc();
  return [
    ...libc.entries(folder).flatMap((entry) => {
      const bytes = nameIn(entry);
      if (isUtf8(bytes)) return [];
      return [{ name: new TextDecoder().decode(bytes), kind: KINDS[entry.getUint8(TYPE_AT)] ?? "file" }];
    }),
  ];
}

/** Byte by byte: the record may end where its memory ends. */
function nameIn(view: Deno.UnsafePointerView): Uint8Array {
  const bytes: number[] = [];
  for (let byte = view.getUint8(NAME_AT); byte !== 0 && bytes.length < LONGEST_NAME;) {
    bytes.push(byte);
    byte = view.getUint8(NAME_AT + bytes.length);
  }
  return Uint8Array.from(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
  if (bytes.every((byte) => byte < 0x80)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
