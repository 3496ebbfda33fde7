/** `stdin = true` when restic has to be run again, because of a stale lock. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool, startTool } from "../support/tool.ts";
import { until } from "../support/watch.ts";

const PROFILES = `version = "1"
[default]
repository = "/repository"
force-inactive-lock = true
[default.backup]
stdin = true
`;
const LOCKED =
  "lock was created at 2026-12-01 06:11:51 (2h ago)\nthe `unlock` command can be used to remove stale locks";

function replies(firstReads: boolean) {
  const first = `touch again; ${firstReads ? "cat >first" : ":"}; echo '${LOCKED}' >&2; exit 11`;
  return { backup: { run: `[ -e again ] || { ${first}; }; cat >second` } };
}

Deno.test("stdin: a restic that has not read gets all of it in the next attempt", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILES });
  const restic = standInRestic(folder, replies(false));
  const input = "line\n".repeat(100_000);
  const { code } = await runTool(folder, ["backup"], { stdin: input });
  assertEquals(restic.calls().map(([command]) => command), ["backup", "unlock", "backup"]);
  assertEquals([code, folder.read("second") === input], [0, true]);
});

Deno.test("stdin: what restic has read makes no snapshot without its beginning", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILES });
  const restic = standInRestic(folder, replies(true));
  const { code, stdout } = await runTool(folder, ["backup"], { stdin: "dump" });
  assertEquals(restic.calls().map(([command]) => command), ["backup", "unlock"]);
  assertEquals([code, folder.read("first"), folder.read("second")], [1, "dump", undefined]);
  assertStringIncludes(stdout, "backup on profile 'default': Cannot retry: standard input is already consumed");
});

Deno.test("stdin: a signal ends the wait for the input of the next attempt", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILES });
  const restic = standInRestic(folder, replies(false));
  const { child, ended } = startTool(folder, ["-v", "--log", "run.log", "backup"]);
  const attempts = () => folder.read("run.log")?.match(/running \S+ backup/g)?.length;
  await until(() => attempts() === 2, folder.path, ended);
  child.kill("SIGINT");
  const { code } = await ended;
  await child.stdin.close();
  assertEquals(restic.calls().map(([command]) => command), ["backup", "unlock"]);
  assertStringIncludes(folder.read("run.log") ?? "", "ERROR backup on profile 'default': interrupted");
  assertEquals(code, 1);
});
