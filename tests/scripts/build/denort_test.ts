import { assertEquals, assertRejects } from "@std/assert";
import { keptFile } from "../../../scripts/build/denort.ts";
import { makeFolder } from "../../support/folder.ts";

const RUNTIME = new TextEncoder().encode("runtime");
const SHA256 = "d92c6a81b2ff50096bcda80885427d1f59a25b5f483f7055523504925d16ab23";

Deno.test("a runtime in the cache is used as long as it is the known one, else fetched anew", async () => {
  using folder = makeFolder();
  const path = `${folder.path}/denort`;
  let fetches = 0;
  const use = () =>
    keptFile(path, SHA256, () => {
      fetches++;
      return Promise.resolve(RUNTIME);
    });
  assertEquals(await use(), path);
  await use();
  assertEquals(fetches, 1);
  folder.write({ denort: "something else" });
  await use();
  assertEquals([fetches, folder.read("denort")], [2, "runtime"]);
});

Deno.test("a fetched runtime that is not the known one is refused, and not kept", async () => {
  using folder = makeFolder();
  const other = () => Promise.resolve(new TextEncoder().encode("something else"));
  await assertRejects(() => keptFile(`${folder.path}/denort`, SHA256, other), Error, "its SHA-256 is");
  assertEquals([...Deno.readDirSync(folder.path)], []);
});
