import { assertEquals } from "@std/assert";
import { formatDiagnostic } from "../../src/model/diagnostic.ts";
import { homesInList, listFiles, missingInList } from "../../src/platform/listed_paths.ts";
import type { World } from "../../src/platform/world.ts";
import { type FakeOptions, fakeWorld } from "../support/fake_world.ts";

/** There are the user who runs this and one other. */
function withHomes(files: FakeOptions["files"]): World {
  const homes = new Map([[undefined, "/home/me"], ["other", "/home/other"]]);
  return { ...fakeWorld({ files: { ...files } }), homeDir: (user) => homes.get(user) };
}

const UTF16 = new Uint8Array([0xff, 0xfe, 0x7e, 0, 0x2f, 0, 0x78, 0]);

for (
  const [flag, content, places] of [
    ["exclude-file", "~/docs/no\n", ["1:1"]],
    ["exclude-file", "a\r\n  ~/b \r\n\t!~/c\r\n~\r\n", ["2:3", "3:3", "4:1"]],
    ["iexclude-file", "é\n!~/x", ["2:2"]],
    ["exclude-file", UTF16, ["1:1"]],
    ["exclude-file", "# ~/x\n *~\n~$*\n~lock.#\n/a/~/b\n~snapshot/\n~snapshot\n\\~/x", []],
    ["exclude-file", "!~other/x\n~another/x\n~other", ["1:2"]],
    ["include-file", "~/x", ["1:1"]],
    ["iinclude-file", "~/x", ["1:1"]],
    ["files-from", "#~/x\n ~/y", ["2:2"]],
    ["files-from", "!~/y", []],
    ["files-from-verbatim", " ~/x\n~/y\n~\r\n", ["2:1", "3:1"]],
    ["files-from-raw", "a\0~/x\0", ["1:1"]],
    ["files-from-raw", "a\n~/x\0", []],
    ["password-file", "~/x", []],
  ] as const
) {
  Deno.test(`--${flag} with ${JSON.stringify(String(content))} has a home folder at ${places.join(", ") || "no place"}`, () => {
    const world = withHomes({ "/work/list": content });
    const found = homesInList({ flag, path: "list" }, "/work", world);
    assertEquals(
      found.map(({ at }) => `${at?.path}:${at?.line}:${at?.column}`),
      places.map((place) => `list:${place}`),
    );
  });
}

for (
  const [flag, hint] of [["exclude-file", "Write $HOME in its place"], ["files-from", "Write /home/me in its place"]]
) {
  Deno.test(`what to write in a file of --${flag}`, () => {
    const world = withHomes({ "/list": "~/x" });
    assertEquals(homesInList({ flag: flag!, path: "/list" }, "/", world).map(formatDiagnostic), [
      `/list:1:1: warning: restic takes "~" for the name of a file here, not for a home folder\n  hint: ${hint}`,
    ]);
  });
}

for (
  const [flag, content, missing] of [
    ["files-from", "there\n# comment\n\n  gone \r\n/there\n*.gone\na\\[b\n", ['4:1 "gone"']],
    ["files-from-verbatim", "there\r\n gone\n#gone\n*\n", ['2:1 " gone"', '3:1 "#gone"', '4:1 "*"']],
    ["files-from-raw", "there\0gone\ntwo\0", ['1:1 "gone\ntwo"']],
    ["exclude-file", "gone", []],
  ] as const
) {
  Deno.test(`--${flag} with ${JSON.stringify(content)} lacks ${missing.join(", ") || "nothing"}`, () => {
    const world = fakeWorld({ files: { "/work/list": content, "/work/there": "", "/there": "" } });
    const found = missingInList({ flag, path: "list" }, "/work", world);
    assertEquals(found.map(({ at, message }) => `${at?.line}:${at?.column} ${/".*"/s.exec(message)?.[0]}`), [
      ...missing,
    ]);
  });
}

Deno.test("of a list of which everything is missing, 20 entries are named and the rest counted", () => {
  const world = fakeWorld({ files: { "/list": "gone\n".repeat(50) } });
  const found = missingInList({ flag: "files-from-verbatim", path: "/list" }, "/", world);
  assertEquals(found.length, 21);
  assertEquals(found.at(-1)?.message, "30 more sources of the list do not exist");
});

Deno.test("a list that is not there, a folder or too long is left to restic", () => {
  const world = fakeWorld({ files: { "/folder/": "", "/long": "~/x\n".repeat(2 ** 20 + 1), "/secret": { mode: 0 } } });
  for (const path of ["/none", "/folder", "/long", "/secret"]) {
    assertEquals(homesInList({ flag: "exclude-file", path }, "/", world), []);
  }
});

Deno.test("lists are found in either form of a flag", () => {
  assertEquals(listFiles(["backup", "--exclude-file=a=b", "--files-from", "c", "--tag=x", "--files-from-raw"]), [
    { flag: "exclude-file", path: "a=b" },
    { flag: "files-from", path: "c" },
  ]);
});
