import { assertEquals, assertThrows } from "@std/assert";
import type { Failure, Summary } from "../../src/model/outcome.ts";
import { FileError } from "../../src/platform/world.ts";
import type { Monitored } from "../../src/report/monitored.ts";
import { writeStatus } from "../../src/report/status_file.ts";
import { onFullDisk } from "../support/full_disk.ts";
import { fakeWorld } from "../support/fake_world.ts";
import { job } from "../support/job.ts";

const AT = Date.UTC(2026, 10, 23, 12, 34, 56, 700);
const SUMMARY: Summary = {
  filesNew: 1,
  filesChanged: 2,
  filesUnmodified: 3,
  dirsNew: 4,
  dirsChanged: 5,
  dirsUnmodified: 6,
  filesTotal: 7,
  bytesAdded: 8,
  bytesAddedPacked: 9,
  bytesTotal: 10,
};
const FAILURE: Failure = {
  kind: "restic",
  message: "m",
  cause: "exit status 1",
  commandLine: "",
  exitCode: 1,
  stderr: "",
};

function outcome(profile: string, section: Monitored["section"], more: Partial<Monitored> = {}): Monitored {
  return {
    id: profile,
    job: job([], { profile }),
    section,
    at: AT,
    failure: undefined,
    error: "",
    outcome: { durationMs: 15_001, stderr: "", status: 0, summary: SUMMARY },
    ...more,
  };
}

const COUNTERS =
  '"files_new":1,"files_changed":2,"files_unmodified":3,"dirs_new":4,"dirs_changed":5,"dirs_unmodified":6,' +
  '"files_total":7,"bytes_added":8,"bytes_added_packed":9,"bytes_total":10';
const fields = (success: boolean, error = "", stderr = "") =>
  `"success":${success},"time":"TIME","error":"${error}","stderr":"${stderr}","duration":16`;

/** The file after some outcomes, its times replaced. */
function written(outcomes: readonly Monitored[], before?: string, path = "/work/status.json"): string {
  const world = fakeWorld({ files: before === undefined ? {} : { [path]: before } });
  for (const each of outcomes) writeStatus(path, [each], world.files);
  assertEquals(world.files.list("/work").filter((name) => name.endsWith(".tmp")), []);
  return world.files.readText(path).replace(/"time":"2026[^"]*"/g, '"time":"TIME"');
}

Deno.test("a status file is one line of JSON with a backup's counters", () => {
  assertEquals(
    written([outcome("nas", "backup")]),
    `{"profiles":{"nas":{"backup":{${fields(true)},${COUNTERS}}}}}\n`,
  );
});

Deno.test("sections have the order of the manual, profiles are sorted by name", () => {
  assertEquals(
    written([outcome("b", "check"), outcome("10", "check"), outcome("9", "check"), outcome("b", "retention")]),
    `{"profiles":{"10":{"check":{${fields(true)}}},"9":{"check":{${fields(true)}}},` +
      `"b":{"retention":{${fields(true)}},"check":{${fields(true)}}}}}\n`,
  );
});

Deno.test("a failed backup has its error and no counters", () => {
  const zero = COUNTERS.replace(/:\d+/g, ":0");
  assertEquals(
    written([outcome("a", "backup", { failure: FAILURE, error: "exit status 1" })]),
    `{"profiles":{"a":{"backup":{${fields(false, "exit status 1")},${zero}}}}}\n`,
  );
});

Deno.test("standard error is escaped as Go does it, and cut to its last 64 KiB at a line", () => {
  const stderr = `${"x".repeat(70_000)}\na "b" <c> & \u001b é\n`;
  const text = written([outcome("a", "check", { outcome: { ...outcome("a", "check").outcome, stderr } })]);
  assertEquals(
    text,
    `{"profiles":{"a":{"check":{${fields(true, "", 'a \\"b\\" \\u003cc\\u003e \\u0026 \\u001b é\\n')}}}}}\n`,
  );
});

Deno.test("what others have put into the file stays", () => {
  const before = `{"note":1,"profiles":{"a":{"mine":[1],"check":{"success":false,"extra":"x"}},"z":"odd"}}`;
  assertEquals(
    written([outcome("a", "check")], before),
    `{"profiles":{"a":{"check":{${fields(true)},"extra":"x"},"mine":[1]},"z":"odd"},"note":1}\n`,
  );
});

for (const [name, before] of [["no JSON", "this is {no JSON"], ["no object", "[1]"]] as const) {
  Deno.test(`a file that is ${name} is kept as NAME.bad`, () => {
    const world = fakeWorld({ files: { "/work/s.json": before } });
    writeStatus("/work/s.json", [outcome("a", "check")], world.files);
    assertEquals(world.files.readText("/work/s.json.bad"), before);
    assertEquals(JSON.parse(world.files.readText("/work/s.json")).profiles.a.check.success, true);
  });
}

Deno.test("a file that may not be read is kept as NAME.bad, too", () => {
  const world = fakeWorld({ files: { "/work/s.json": { text: "{}", mode: 0o200 } } });
  writeStatus("/work/s.json", [outcome("a", "check")], world.files);
  assertEquals(world.files.list("/work").sort(), ["s.json", "s.json.bad"]);
  assertEquals(JSON.parse(world.files.readText("/work/s.json")).profiles.a.check.success, true);
});

Deno.test("what is kept as NAME.bad takes the place of a link, with the mode and owner of the file", () => {
  const files = {
    "/mon/s.json": { text: "any line", mode: 0o640, owner: 1000 },
    "/mon/s.json.bad": { link: "/root/precious", owner: 1000 },
    "/root/precious": "precious",
  };
  const world = fakeWorld({ uid: 0, files });
  writeStatus("/mon/s.json", [outcome("a", "check")], world.files);
  const kept = world.files.lstat("/mon/s.json.bad");
  assertEquals([kept?.kind, kept?.mode, kept?.owner?.uid], ["file", 0o640, 1000]);
  assertEquals(world.files.stat("/mon/s.json")?.owner?.uid, 1000);
  const texts = ["/mon/s.json.bad", "/root/precious"].map(world.files.readText);
  assertEquals(texts, ["any line", "precious"]);
});

Deno.test("nothing that may stand beside the file under the name of an older temporary file matters", () => {
  const world = fakeWorld({ files: { "/work/precious": "precious" } });
  const planted = [`/work/s.json.${world.pid}.tmp`, `/work/s.json.tmp`];
  for (const path of planted) world.files.link("/work/precious", path);
  writeStatus("/work/s.json", [outcome("a", "check")], world.files);
  assertEquals(world.files.readText("/work/precious"), "precious");
  assertEquals(
    world.files.list("/work").sort(),
    ["precious", "s.json", ...planted.map((path) => path.slice(6))].sort(),
  );
});

for (
  const [what, target, reason] of [
    ["a pipe or device", { stream: true }, "it is not a regular file"],
    ["another user's link to our file", { text: "{}" }, "it is a link of another user to a file that is not theirs"],
  ] as const
) {
  Deno.test(`a status file is not ${what}`, () => {
    const world = fakeWorld({ uid: 0, files: { "/mine": target, "/mon/s.json": { link: "/mine", owner: 1000 } } });
    assertThrows(() => writeStatus("/mon/s.json", [outcome("a", "check")], world.files), FileError, reason);
    assertEquals(world.files.list("/mon"), ["s.json"]);
  });
}

Deno.test("another user's link to a file that does not exist makes none", () => {
  const world = fakeWorld({ uid: 0, files: { "/etc/": "", "/mon/s.json": { link: "/etc/planted", owner: 1000 } } });
  assertThrows(() => writeStatus("/mon/s.json", [outcome("a", "check")], world.files), FileError, "does not exist");
  assertEquals(world.files.list("/etc"), []);
});

Deno.test("an empty file is none", () => {
  const world = fakeWorld({ files: { "/work/s.json": "" } });
  writeStatus("/work/s.json", [outcome("a", "check")], world.files);
  assertEquals(world.files.list("/work"), ["s.json"]);
});

Deno.test("folders are made, a link stays a link, the mode stays", () => {
  const world = fakeWorld({
    files: { "/work/real.json": { text: "{}", mode: 0o600 }, "/work/s": { link: "real.json" } },
  });
  writeStatus("/work/s", [outcome("a", "check")], world.files);
  assertEquals(world.files.lstat("/work/s")?.kind, "other");
  assertEquals(world.files.stat("/work/real.json")?.mode, 0o600);
  writeStatus("/work/new/sub/s.json", [outcome("a", "check")], world.files);
  assertEquals(world.files.stat("/work/new/sub/s.json")?.mode, 0o644);
});

for (const path of ["/work/file/sub/s.json", "/work/folder"]) {
  Deno.test(`writeStatus() to ${path} throws the reason`, () => {
    const world = fakeWorld({ files: { "/work/file": "", "/work/folder/": "" } });
    assertThrows(() => writeStatus(path, [outcome("a", "check")], world.files), FileError);
    assertEquals(world.files.list("/work").sort(), ["file", "folder"]);
  });
}

Deno.test("writeStatus() to a link to nothing names the link, not other processes", () => {
  const world = fakeWorld({ files: { "/work/s.json": { link: "none" } } });
  const error = assertThrows(() => writeStatus("/work/s.json", [outcome("a", "check")], world.files), FileError);
  assertEquals(error.message, "it is a link to a file that does not exist");
});

Deno.test("writeStatus() leaves nothing on a full disk", () => {
  const { files } = fakeWorld({ files: { "/s/": "" } });
  assertThrows(() => writeStatus("/s/status.json", [outcome("p", "backup")], onFullDisk(files)), FileError);
  assertEquals(files.list("/s"), []);
});
