import { assertEquals } from "@std/assert";
import { parsePosixZone } from "../../../src/template/formats/posix_zone.ts";
import { localZone, parseZoneFile, type ZoneSource } from "../../../src/template/formats/zone.ts";

const at = (text: string) => Date.parse(text) / 1000;

const RULES: readonly (readonly [string, string, number, string])[] = [
  ["UTC0", "2024-07-01T00:00:00Z", 0, "UTC"],
  ["<+0545>-5:45", "2024-07-01T00:00:00Z", 20_700, "+0545"],
  ["CET-1CEST", "2024-07-01T00:00:00Z", 7200, "CEST"],
  ["CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T00:59:59Z", 3600, "CET"],
  ["CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T01:00:00Z", 7200, "CEST"],
  ["CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T00:59:59Z", 7200, "CEST"],
  ["CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T01:00:00Z", 3600, "CET"],
  ["AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01T00:00:00Z", 39_600, "AEDT"],
  ["AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-06-01T00:00:00Z", 36_000, "AEST"],
  ["EST5EDT4,J60/0,J300/0", "2024-03-01T05:00:00Z", -14_400, "EDT"],
  ["EST5EDT4,J60/0,J300/0", "2024-03-01T04:59:59Z", -18_000, "EST"],
  ["EST5EDT4,59/0,300/0", "2024-02-29T05:00:00Z", -14_400, "EDT"],
  ["IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-29T00:00:00Z", 10_800, "IDT"],
];
for (const [rule, moment, seconds, abbreviation] of RULES) {
  Deno.test(`parsePosixZone() of ${rule} at ${moment}`, () => {
    assertEquals(parsePosixZone(rule)!(at(moment)), { seconds, abbreviation });
  });
}

Deno.test("parsePosixZone() refuses what is no rule", () => {
  for (const text of ["", "Europe/Berlin", "CET", "C-1", "CET-1CEST,M3"]) assertEquals(parsePosixZone(text), undefined);
});

/** A zone file of version 2: LMT +53:28 to the year 1893, then CET, with a footer. */
function zoneFile(): Uint8Array {
  const block = (width: number) => {
    const bytes = new Uint8Array(44 + width + 1 + 12 + 8);
    const view = new DataView(bytes.buffer);
    bytes.set(new TextEncoder().encode("TZif2"));
    [0, 0, 0, 1, 2, 8].forEach((count, index) => view.setUint32(20 + 4 * index, count));
    if (width === 8) view.setBigInt64(44, -2_422_054_408n);
    else view.setInt32(44, -2_147_483_648);
    view.setUint8(44 + width, 1);
    view.setInt32(45 + width, 3208);
    view.setInt32(51 + width, 3600);
    view.setUint8(56 + width, 4);
    bytes.set(new TextEncoder().encode("LMT\0CET\0"), 57 + width);
    return bytes;
  };
  return Uint8Array.from([...block(4), ...block(8), ...new TextEncoder().encode("\nCET-1CEST,M3.5.0,M10.5.0/3\n")]);
}

Deno.test("parseZoneFile() reads changes, and the rules behind them", () => {
  const zone = parseZoneFile(zoneFile(), "Local")!;
  assertEquals(zone.name, "Local");
  assertEquals(zone.at(at("1890-01-01T00:00:00Z")), { seconds: 3208, abbreviation: "LMT" });
  assertEquals(zone.at(at("2024-01-01T00:00:00Z")), { seconds: 3600, abbreviation: "CET" });
  assertEquals(zone.at(at("2090-07-01T00:00:00Z")), { seconds: 7200, abbreviation: "CEST" });
});

Deno.test("parseZoneFile() refuses other and damaged files", () => {
  const good = zoneFile();
  assertEquals(parseZoneFile(new TextEncoder().encode("no zone at all, but long enough for a header"), "x"), undefined);
  for (let length = 0; length < good.length - 28; length++) {
    assertEquals(parseZoneFile(good.subarray(0, length), "x"), undefined);
  }
});

const source = (tz: string | undefined, paths: readonly string[]): ZoneSource => ({
  tz,
  read: (path) => paths.includes(path) ? zoneFile() : undefined,
  offsetAt: () => 5400,
});
const LOCAL: readonly (readonly [string | undefined, readonly string[], string, string, number])[] = [
  [undefined, ["/etc/localtime"], "Local", "CET", 3600],
  [undefined, [], "Local", "", 5400],
  ["", ["/etc/localtime"], "UTC", "UTC", 0],
  ["UTC", [], "UTC", "UTC", 0],
  [":Europe/Berlin", ["/usr/share/zoneinfo/Europe/Berlin"], "Local", "CET", 3600],
  ["/own/zone", ["/own/zone"], "/own/zone", "CET", 3600],
  ["CET-1CEST", [], "Local", "CET", 3600],
  ["../../own/zone", ["/usr/share/zoneinfo/../../own/zone"], "UTC", "UTC", 0],
  ["Nowhere", [], "UTC", "UTC", 0],
];
for (const [tz, paths, name, abbreviation, seconds] of LOCAL) {
  Deno.test(`localZone() of TZ ${tz} with ${paths.length} zone files`, () => {
    const zone = localZone(source(tz, paths));
    assertEquals(zone.name, name);
    assertEquals(zone.at(at("2024-01-01T00:00:00Z")), { seconds, abbreviation });
  });
}
