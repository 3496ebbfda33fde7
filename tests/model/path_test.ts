import { assertEquals } from "@std/assert";
import { baseName, cleanPath, folderOf, isAbsolutePath, joinPath } from "../../src/model/path.ts";

for (
  const [path, wanted] of [
    ["", "."],
    ["/", "/"],
    ["a//b/./c/", "a/b/c"],
    ["a/../b", "b"],
    ["../../a", "../../a"],
    ["/../a", "/a"],
    ["a/..", "."],
  ] as const
) {
  Deno.test(`cleanPath("${path}")`, () => assertEquals(cleanPath(path), wanted));
}

for (
  const [parts, wanted] of [[[".", "key"], "key"], [["../conf", "./k"], "../conf/k"], [
    ["/a", "", "b"],
    "/a/b",
  ]] as const
) {
  Deno.test(`joinPath(${parts.join(", ")})`, () => assertEquals(joinPath(...parts), wanted));
}

for (const [path, wanted] of [["p.toml", "."], ["/p.toml", "/"], ["a/b/c", "a/b"], ["../p", ".."]] as const) {
  Deno.test(`folderOf("${path}")`, () => assertEquals(folderOf(path), wanted));
}

Deno.test("baseName() is the last part", () => assertEquals([baseName("/a/b.c"), baseName("x")], ["b.c", "x"]));

for (
  const [path, os, wanted] of [["/a", "linux", true], ["a", "linux", false], ["C:\\a", "windows", true], [
    "C:/a",
    "linux",
    false,
  ]] as const
) {
  Deno.test(`isAbsolutePath("${path}") on ${os}`, () => assertEquals(isAbsolutePath(path, os), wanted));
}
