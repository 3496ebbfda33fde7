import { assert, assertEquals } from "@std/assert";
import {
  acceptsFlag,
  commandOfSection,
  commandsOfSection,
  flagNames,
  fullCommand,
  isFlagOfAnyCommand,
  isKnownFlag,
  longName,
  NEWEST,
  resticCommands,
  type ResticRelease,
} from "../../src/schema/restic_flags.ts";
import { compareVersions, isAtLeast, parseVersion } from "../../src/schema/restic_version.ts";

function release(version: string, os = "linux"): ResticRelease {
  return { version: parseVersion(version)!, os };
}

for (
  const [version, command, flag, accepted] of [
    ["0.9.0", "backup", "tag", true],
    ["0.9.0", "backup", "repo", true],
    ["0.9.0", "backup", "keep-last", false],
    ["0.13.1", "backup", "compression", false],
    ["0.14", "backup", "compression", true],
    // patch releases
    ["0.9.4", "backup", "iexclude", false],
    ["0.9.5", "backup", "iexclude", true],
    ["0.12.0", "forget", "keep-within-hourly", false],
    ["0.12.1", "forget", "keep-within-hourly", true],
    ["0.12.1", "snapshots", "latest", true],
    ["0.9.5", "snapshots", "group-by", true],
    // hidden, still accepted
    ["0.19.1", "check", "check-unused", true],
    ["0.19.1", "copy", "repo2", true],
    ["0.18.0", "rebuild-index", "read-all-packs", true],
    // gone
    ["0.9.6", "mount", "allow-root", true],
    ["0.10.0", "mount", "allow-root", false],
    ["0.16.5", "key", "host", true],
    ["0.17.0", "key", "host", false],
    ["0.17.0", "key add", "host", true],
    ["0.16.5", "key add", "host", true],
    // commands that are not there (yet) have the global flags
    ["0.9.6", "copy", "host", false],
    ["0.9.6", "copy", "password-file", true],
    ["0.18.0", "unheard-of", "quiet", true],
    ["0.18.0", "unheard-of", "host", false],
    // a newer one than all that are known
    ["2.0.0", "backup", "skip-if-unchanged", true],
    ["0.18.0", "backup", "toString", false],
  ] as const
) {
  Deno.test(`restic ${version} ${accepted ? "takes" : "refuses"} ${command} --${flag}`, () => {
    assertEquals(acceptsFlag(command, flag, release(version)), accepted);
  });
}

Deno.test("acceptsFlag() knows the flags that only Windows has", () => {
  assert(acceptsFlag("backup", "use-fs-snapshot", release("0.12.0", "windows")));
  assert(!acceptsFlag("backup", "use-fs-snapshot", release("0.11.0", "windows")));
  assert(!acceptsFlag("backup", "use-fs-snapshot", release("0.18.0", "linux")));
});

Deno.test("what the oldest release has, those before it have too", () => {
  assert(acceptsFlag("snapshots", "repo", release("0.1.0")));
  assert(!acceptsFlag("backup", "iexclude", release("0.1.0")));
});

Deno.test("commandsOfSection() are all that its flags may be for", () => {
  assertEquals(commandsOfSection("copy"), ["copy", "init"]);
  assertEquals(commandsOfSection("repair"), ["repair", "repair index", "repair packs", "repair snapshots"]);
  assertEquals(commandsOfSection("retention"), ["forget"]);
  assertEquals(commandsOfSection("unheard-of"), ["unheard-of"]);
});

Deno.test("a version that is not known is the newest", () => {
  assert(acceptsFlag("restore", "ownership-by-name", { version: undefined, os: "linux" }));
  assert(isAtLeast(NEWEST, "0.19"));
});

Deno.test("commands of two words", () => {
  assertEquals(fullCommand("repair", "snapshots"), "repair snapshots");
  assertEquals(fullCommand("key", "add"), "key add");
  assertEquals(fullCommand("key", undefined), "key");
  assertEquals(fullCommand("backup", "index"), "backup");
  assertEquals(commandOfSection("repair-snapshots"), "repair snapshots");
  assertEquals(commandOfSection("rebuild-index"), "rebuild-index");
  assertEquals(commandOfSection("retention"), "forget");
  assert(resticCommands().includes("repair packs") && resticCommands().includes("backup"));
});

Deno.test("isKnownFlag() looks at all releases, and at the second words of a command", () => {
  assert(isKnownFlag("mount", "allow-root"));
  assert(isKnownFlag("repair", "forget"));
  assert(isKnownFlag("unheard-of", "repo"));
  assert(!isKnownFlag("backup", "exclude-fiel"));
  assert(isFlagOfAnyCommand("keep-last") && !isFlagOfAnyCommand("keep-first"));
  assert(flagNames("cache").includes("max-age") && flagNames("cache").includes("repo"));
});

Deno.test("longName() finds the flag behind a letter", () => {
  assertEquals(longName("backup", "H", release("0.18.0")), "host");
  assertEquals(longName("forget", "H", release("0.18.0")), "keep-hourly");
  assertEquals(longName("backup", "v", release("0.18.0")), "verbose");
  assertEquals(longName("backup", "n", release("0.12.0")), undefined);
});

for (
  const [text, version] of [
    ["0.18.1", [0, 18, 1]],
    ["0.18", [0, 18, 0]],
    ["1", [1, 0, 0]],
    ["v0.9.5", [0, 9, 5]],
    ["newest", undefined],
    ["0.1.2.3", undefined],
    ["", undefined],
  ] as const
) {
  Deno.test(`parseVersion() of "${text}"`, () => assertEquals<unknown>(parseVersion(text), version));
}

Deno.test("compareVersions() compares numbers, not text", () => {
  assert(compareVersions([0, 9, 6], [0, 10, 0]) < 0);
  assertEquals(compareVersions([0, 18, 0], [0, 18, 0]), 0);
});
