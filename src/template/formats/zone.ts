/**
 * Time zones. JavaScript knows the offsets of zones but few of their abbreviations, so zones are read from the system's
 * own files (TZif, RFC 9636); the caller supplies the bytes.
 */
import type { Offset, Zone } from "../values/go_value.ts";
import { parsePosixZone } from "./posix_zone.ts";
import { countUpTo } from "../values/binary_search.ts";

export const UTC: Zone = fixedZone("UTC", 0, "UTC");

export function fixedZone(name: string, seconds: number, abbreviation: string): Zone {
  const offset = { seconds, abbreviation };
  return { name, at: () => offset };
}

const ZONE_FOLDERS = [
  "/usr/share/zoneinfo/",
  "/usr/share/lib/zoneinfo/",
  "/usr/lib/locale/TZ/",
  "/etc/zoneinfo/",
];

/** What finding the local zone needs of the machine. */
export interface ZoneSource {
  /** The variable `TZ`: a zone's name, a POSIX description, a path; `undefined` if it is not set. */
  readonly tz: string | undefined;
  /** The bytes of a file, `undefined` if it cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** Seconds east of UTC at a moment (seconds since 1970), for systems without zone files. */
  offsetAt(seconds: number): number;
}

/** The zone of `TZ` (empty or unknown: UTC), else the system's. */
export function localZone(source: ZoneSource): Zone {
  if (source.tz === undefined) {
    const zone = readZone(source, "/etc/localtime", "Local");
    return zone ?? { name: "Local", at: (seconds) => ({ seconds: source.offsetAt(seconds), abbreviation: "" }) };
  }
  const name = source.tz.replace(/^:/, "");
  if (name === "" || name === "UTC") return UTC;
  if (name.startsWith("/")) return readZone(source, name, name === "/etc/localtime" ? "Local" : name) ?? UTC;
  if (!name.split("/").includes("..")) {
    for (const folder of ZONE_FOLDERS) {
      const zone = readZone(source, folder + name, "Local");
      if (zone) return zone;
    }
  }
  const rules = parsePosixZone(name);
  return rules ? { name: "Local", at: rules } : UTC;
}

function readZone(source: ZoneSource, path: string, name: string): Zone | undefined {
  const bytes = source.read(path);
  return bytes && parseZoneFile(bytes, name);
}

interface ZoneTable {
  /** Moments of change, ascending. */
  readonly changes: readonly number[];
  /** Index into `offsets` from each change on. */
  readonly kinds: readonly number[];
  readonly offsets: readonly Offset[];
  /** Index into `offsets` before the first change. */
  readonly first: number;
}

/** @returns `undefined` if the bytes are not a zone file */
export function parseZoneFile(bytes: Uint8Array, name: string): Zone | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const short = readHeader(view, 0, 4);
    if (!short) return undefined;
    const long = short.version === 0 ? undefined : readHeader(view, short.end, 8);
    const header = long ?? short;
    if (header.end > bytes.length) return undefined;
    const table = readTable(view, bytes, header);
    const footer = long ? new TextDecoder().decode(bytes.subarray(long.end)).split("\n")[1] : undefined;
    return zoneOf(name, table, footer ? parsePosixZone(footer) : undefined);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // cut short
    throw error;
  }
}

interface Header {
  readonly version: number;
  readonly start: number;
  readonly end: number;
  /** Bytes of one moment: 4 in the first block, 8 in the second. */
  readonly width: 4 | 8;
  readonly changes: number;
  readonly types: number;
}

const MAGIC = 0x545a6966; // "TZif"

function readHeader(view: DataView, at: number, width: 4 | 8): Header | undefined {
  if (view.getUint32(at) !== MAGIC) return undefined;
  const count = (index: number) => view.getUint32(at + 20 + 4 * index);
  const [universal, standard, leaps, changes, types, letters] = [0, 1, 2, 3, 4, 5].map(count) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const size = changes * (width + 1) + types * 6 + letters + leaps * (width + 4) + standard + universal;
  return { version: view.getUint8(at + 4), start: at + 44, end: at + 44 + size, width, changes, types };
}

function readTable(view: DataView, bytes: Uint8Array, { start, width, changes: count, types }: Header): ZoneTable {
  const kindsAt = start + count * width;
  const typesAt = kindsAt + count;
  const lettersAt = typesAt + types * 6;
  const changes: number[] = [];
  const kinds: number[] = [];
  for (let index = 0; index < count; index++) {
    const at = start + index * width;
    changes.push(width === 8 ? Number(view.getBigInt64(at)) : view.getInt32(at));
    kinds.push(view.getUint8(kindsAt + index));
  }
  const offsets: Offset[] = [];
  let first: number | undefined;
  for (let index = 0; index < types; index++) {
    const at = typesAt + index * 6;
    if (view.getUint8(at + 4) === 0) first ??= index; // standard time
    const from = lettersAt + view.getUint8(at + 5);
    offsets.push({
      seconds: view.getInt32(at),
      abbreviation: String.fromCharCode(...bytes.subarray(from, bytes.indexOf(0, from))),
    });
  }
  return { changes, kinds, offsets, first: first ?? 0 };
}

function zoneOf(
  name: string,
  { changes, kinds, offsets, first }: ZoneTable,
  rules: ((seconds: number) => Offset) | undefined,
): Zone | undefined {
  const before = offsets[first];
  if (before === undefined) return undefined;
  return {
    name,
    at(seconds) {
      const index = countUpTo(changes, seconds) - 1;
      if (index === changes.length - 1 && rules) return rules(seconds);
      return index < 0 ? before : offsets[kinds[index]!] ?? before;
    },
  };
}
