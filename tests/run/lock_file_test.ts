import { assertEquals } from "@std/assert";
import { formatOwner, formatProcess, formatStarting, parseLockFile } from "../../src/run/lock_file.ts";

Deno.test("a lock file reads back as it was written", () => {
  const now = Date.UTC(2026, 10, 23, 23, 34, 26);
  const owner = formatOwner({ user: "unknown user", host: "nas 1", now });
  const identity = { started: "12", boot: "boot-1" };
  const text = [owner, formatProcess({ pid: 1, identity }), formatProcess({ pid: 2, identity: undefined })].join("\n");
  assertEquals(parseLockFile(text), {
    owner,
    host: "nas 1",
    date: now,
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
    const { owner, date, processes } = parseLockFile(text);
    assertEquals([owner, date, processes], [text, undefined, []]);
  });
}
