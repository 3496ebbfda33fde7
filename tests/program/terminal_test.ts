/** Standard output of restic in a real pseudo-terminal: restic shows its progress only when it has the terminal itself. */

import { assertEquals } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { IN_TERMINAL } from "../support/terminal.ts";
import { runTool } from "../support/tool.ts";

const CASES = [
  { args: [], terminal: true, what: "without a log" },
  { args: ["--log", "run.log", "--command-output", "console"], terminal: true, what: "with a log of messages only" },
  { args: ["--log", "run.log"], terminal: true, what: "with a log beside it" },
  {
    args: ["--log", "run.log", "--command-output", "all"],
    terminal: true,
    what: "with a log for the output beside it",
  },
  { args: ["--log", "run.log", "--command-output", "log"], terminal: false, what: "with a log for the output" },
] as const;

for (const { args, terminal, what } of CASES) {
  Deno.test(`restic's standard output is ${terminal ? "" : "not "}the terminal ${what}`, async () => {
    using folder = makeFolder({
      "profiles.toml": '[default]\npassword-file = "key"\n[default.backup]\nsource = "/source"\n',
    });
    standInRestic(folder, {
      backup: { run: "[ -t 1 ] && echo terminal > seen || echo other > seen; echo progress; echo trouble >&2" },
    });
    const { code, stdout } = await runTool(folder, [...args, "backup"], { through: IN_TERMINAL });
    assertEquals(code, 0, stdout);
    assertEquals(stdout.includes("progress"), terminal);
    assertEquals(folder.read("seen"), terminal ? "terminal\n" : "other\n");
    const log = folder.read("run.log");
    if (log === undefined || args[3] === "console") return;
    assertEquals([log.includes("trouble"), log.includes("is not logged")], [true, terminal]);
  });
}
