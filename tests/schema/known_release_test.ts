import { assertEquals } from "@std/assert";
import { knownRelease, minorReleases } from "../../src/schema/known_release.ts";

for (
  const [text, version] of [
    ["0.14", [0, 14, 0]],
    ["0.16", [0, 16, 5]],
    ["v0.16.2", [0, 16, 2]],
    ["0.9", [0, 9, 6]],
    ["0.1", undefined],
    ["0", undefined],
    ["0.99", undefined],
    ["0.16.9", undefined],
    ["latest", undefined],
  ] as const
) {
  Deno.test(`knownRelease() of "${text}" is ${version?.join(".")}`, () =>
    assertEquals(knownRelease(text)?.version, version));
}

Deno.test("minorReleases() are in order, each once", () => {
  const minors = minorReleases();
  assertEquals(minors.slice(0, 3), ["0.9", "0.10", "0.11"]);
  assertEquals(minors.length, new Set(minors).size);
});
