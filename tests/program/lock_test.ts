/** The tool's lock under real processes that race for it. `killed_test.ts` has what a killed run leaves behind. */

import { assertEquals } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const CONTENDERS = 50;
/** A lock whose taker does not look again fails in the first; RESTICPROFILE_TEST_ROUNDS makes more, to look for what is rarer. */
const ROUNDS = Number(Deno.env.get("RESTICPROFILE_TEST_ROUNDS") ?? 6);

/** Nobody may be inside while another one is: the folder can be made by one only. */
const ALONE = `mkdir inside || echo two at once >> broken
echo one >> entered
rmdir inside`;

Deno.test(`lock: of ${CONTENDERS} runs at once one goes at a time, ${ROUNDS} rounds, dead locks in their way`, async () => {
  using folder = makeFolder({
    "profiles.toml": `
[default]
lock = "default.lock"
force-inactive-lock = true
[default.check]
run-before = "sh alone.sh"
`,
    "alone.sh": ALONE,
  });
  standInRestic(folder, { check: { run: ":" } });
  for (let round = 0; round < ROUNDS; round++) {
    // left by a run that was killed: everybody finds it, one may take it over
    folder.write({ "default.lock": `root on Monday, 01-Jan-24 00:00:00 UTC from ${Deno.hostname()}\n999999` });
    const before = lines(folder, "entered");
    const ended = await Promise.all(
      Array.from({ length: CONTENDERS }, () => runTool(folder, ["-q", "check"])),
    );
    const succeeded = ended.filter(({ code }) => code === 0).length;
    assertEquals(folder.read("broken"), undefined);
    assertEquals(lines(folder, "entered") - before, succeeded, "each run that succeeded was inside once");
    assertEquals(succeeded > 0, true, "somebody has to win");
    assertEquals(leftovers(folder), [], "all locks are gone");
  }
});

function lines(folder: Folder, name: string): number {
  return (folder.read(name) ?? "").split("\n").length - 1;
}

function leftovers({ path }: Folder): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) => name.startsWith("default.lock"));
}
