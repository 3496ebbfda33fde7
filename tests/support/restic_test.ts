import { assertEquals } from "@std/assert";
import { makeFolder } from "./folder.ts";
import { standInRestic } from "./restic.ts";
import { runProgram } from "./tool.ts";

Deno.test("standInRestic() answers as told and records its calls", async () => {
  using folder = makeFolder();
  const restic = standInRestic(folder, { backup: { exit: 3, stdout: "it's\n", stderr: "50%\n" } }, "0.17.1");
  const run = (line: string) => runProgram("sh", folder, ["-c", line]);
  assertEquals(await run("restic backup 'a b' '\n' ''"), { code: 3, stdout: "it's\n", stderr: "50%\n" });
  assertEquals((await run("restic check")).code, 0);
  assertEquals((await run("restic version")).stdout.split(" ")[1], "0.17.1");
  assertEquals(restic.calls(), [["backup", "a b", "\n", ""], ["check"]]);
});
