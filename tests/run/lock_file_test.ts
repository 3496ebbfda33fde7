import { assertEquals } from "@std/assert";
import { formatOrigin, formatOwner, formatProcess, formatStarting, parseLockFile } from "../../src/run/lock_file.ts";

Deno.test("a lock file reads back as it was written", () => {
  const now = Date.UTC(2026, 10, 23, 23, 34, 26);
  const owner = formatOwner({ user: "unknown user", host: "nas 1", now });
  const identity = { started: "12", boot: "boot-1" };
  const place = { namespace: "4026531836", boot: "boot-1", machine: "0a1b2c3d" };
  const tool = { pid: 1, identity };
  const text = [owner, formatOrigin(place, true, tool), formatProcess({ pid: 2, identity: undefined })].join("\n");
  assertEquals(parseLockFile(text), {
    owner,
    host: "nas 1",
    date: now,
    place,
    holdsFlock: true,
    processes: [{ pid: 1, identity }, { pid: 2, identity: undefined }],
    starting: undefined,
  });
});

Deno.test("parseLockFile() reads the files of the original tool and skips what it does not know", () => {
  const owner = "root on Monday, 23-Nov-26 23:34:26 UTC from nas1";
  assertEquals(parseLockFile(`${owner}\n30757\nsomething\n# a remark\n30763`), {
    owner,
    host: "nas1",
    date: Date.UTC(2026, 10, 23, 23, 34, 26),
    place: undefined,
    holdsFlock: false,
    processes: [{ pid: 30757, identity: undefined }, { pid: 30763, identity: undefined }],
    starting: undefined,
  });
});

Deno.test("parseLockFile() knows of a child whose start was announced, until its number follows", () => {
  const place = { group: "30", session: "20" };
  const announced = `somebody\n1\n${formatStarting(place)}`;
  assertEquals(parseLockFile(announced).starting, place);
  assertEquals(parseLockFile(`${announced}\n# 2 started 12 boot boot-1\n2`).starting, undefined);
});

for (
  const text of [
    "",
    "somebody",
    "root on Monday, 23-Xyz-26 23:34:26 UTC from nas1",
    "root on Monday, 23-Nov-26 23:34:26 QQT from nas1",
  ]
) {
  Deno.test(`parseLockFile() knows no date in ${JSON.stringify(text)}`, () => {
    const { date, processes } = parseLockFile(text);
    assertEquals([date, processes], [undefined, []]);
  });
}

const USUAL = "root on Monday, 23-Nov-26 23:34:26 UTC from nas1";

for (
  const [text, owner] of [
    [USUAL, USUAL],
    ["", undefined],
    ["RESTIC_PASSWORD=secret", undefined],
    [`\x1b[31m${USUAL}`, undefined],
    [`${USUAL}\x9b2J`, undefined],
    [`${USUAL}\u202e`, undefined],
    [`${USUAL}${"0".repeat(1e6)}`, `${USUAL}${"0".repeat(200 - USUAL.length)}`],
  ] as const
) {
  Deno.test(`parseLockFile() quotes ${owner === undefined ? "nothing" : "the owner"} of ${JSON.stringify(text.slice(0, 70))}`, () => {
    assertEquals(parseLockFile(text).owner, owner);
  });
}

Deno.test("parseLockFile() knows the host of an owner that it does not quote", () => {
  assertEquals(parseLockFile(`\x1b[31m${USUAL}`).host, "nas1");
});

Deno.test("parseLockFile() reads a place without a machine's number back as it was written", () => {
  const place = { namespace: "12", boot: "boot-1", machine: undefined };
  const text = `${USUAL}\n${formatOrigin(place, false, { pid: 1, identity: undefined })}`;
  assertEquals([parseLockFile(text).place, parseLockFile(text).holdsFlock], [place, false]);
});
