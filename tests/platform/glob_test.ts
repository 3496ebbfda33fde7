import { assertEquals, assertThrows } from "@std/assert";
import { glob, NameError } from "../../src/platform/glob.ts";
import { fakeWorld } from "../support/fake_world.ts";

const FILES = {
  "/t/top.yaml": "",
  "/t/a/one.yaml": "",
  "/t/a/.hidden/two.yaml": "",
  "/t/a/b/c/Documents/x": "",
  "/t/a/b/Documents/Documents/y": "",
  "/t/Documents/z": "",
  "/t/a/b/back": { link: "/t" },
  "/bad/plain/x": "",
  "/bad/lat\ufffdin/x": "",
  "/bad/caf\ufffd.txt": "",
  "/bad/deep/one/x": "",
} as const;

const ROWS = [
  ["**/*.yaml", ["a/.hidden/two.yaml", "a/one.yaml", "top.yaml"]],
  ["/t/**/*.yaml", ["/t/a/.hidden/two.yaml", "/t/a/one.yaml", "/t/top.yaml"]],
  ["**/Documents", ["Documents", "a/b/Documents", "a/b/Documents/Documents", "a/b/c/Documents"]],
  ["a/**/b/**/?", ["a/b/Documents/Documents/y", "a/b/c", "a/b/c/Documents/x"]],
  ["a/**/**/one.yaml", ["a/one.yaml"]],
  ["a/**", ["a/.hidden", "a/b", "a/one.yaml"]],
  ["a/**/c/Documents/x", ["a/b/c/Documents/x"]],
  ["none/**/x", []],
  ["top.yaml/**/x", []],
  ["*/back/*.yaml", []],
  ["a/*/back/*.yaml", ["a/b/back/top.yaml"]],
  ["*/x/", []],
  ["/bad/pl*", ["/bad/plain"]],
  ["/bad/*.text", []],
  ["/bad/deep/**/x", ["/bad/deep/one/x"]],
] as const;

for (const [pattern, wanted] of ROWS) {
  Deno.test(`glob(${pattern})`, () => assertEquals(glob(fakeWorld({ files: FILES }), pattern, "/t"), wanted));
}

for (const pattern of ["/bad/*", "/bad/lat*", "/bad/*/x", "/bad/**/x", "/bad/*.txt", "/ba?/*"]) {
  Deno.test(`glob(${pattern}) refuses a name that is not UTF-8, and tells the folder`, () => {
    const error = assertThrows(() => glob(fakeWorld({ files: FILES }), pattern, "/t"), NameError);
    assertEquals(error.folder, "/bad");
  });
}

Deno.test("glob() gives up a ** that looks into more folders than anybody means", () => {
  const world = fakeWorld();
  const bottomless = { ...world, files: { ...world.files, stat: () => world.files.stat("/work"), entries: fanOut } };
  assertThrows(() => glob(bottomless, "**/x", "/work"), SyntaxError, "too many folders");
});

/** Two folders in each, 20 levels deep. */
function fanOut(path: string) {
  return path.split("/").length > 20
    ? []
    : ["1", "2"].map((name) => ({ name, kind: "directory", isText: true } as const));
}
