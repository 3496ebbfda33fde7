import { assertEquals } from "@std/assert";
import { kindAt } from "../../src/platform/kind_at.ts";
import { fakeWorld } from "../support/fake_world.ts";

Deno.test("kindAt() takes what may not be looked at for nothing", () => {
  const { files } = fakeWorld({ files: { "/a": "", "/secret/a": "" } });
  files.chmod("/secret", 0);
  const kinds = ["/a", "/secret", "/b", "/secret/a"].map((path) => kindAt(path, files));
  assertEquals(kinds, ["file", "directory", undefined, undefined]);
});
