/** What a run writes to keeps its mode, as monitoring, cron and other users rely on it, and nothing keeps the run. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runProgram, runTool } from "../support/tool.ts";

const PROFILE = `
[global]
scheduler = "crontab:-:crontab"
[default]
lock = "default.lock"
status-file = "status.json"
prometheus-save-to-file = "metrics.prom"
[default.backup]
source = "/source"
schedule = "daily"
`;

const MODES = { "run.log": "600", "status.json": "640", "metrics.prom": "604", "crontab": "600" } as const;

async function inShell(folder: Folder, text: string): Promise<string> {
  return (await runProgram("sh", folder, ["-c", text])).stdout;
}

Deno.test("files that are there keep their mode: log, status, metrics, crontab", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILE, "crontab": "1 1 * * * other\n" });
  standInRestic(folder);
  const names = Object.keys(MODES).join(" ");
  await inShell(folder, Object.entries(MODES).map(([name, mode]) => `touch ${name}; chmod ${mode} ${name}`).join("\n"));
  const backup = await runTool(folder, ["--log", "run.log", "backup"]);
  const schedule = await runTool(folder, ["schedule"]);
  assertEquals([backup.code, schedule.code], [0, 0], backup.stderr + schedule.stdout + schedule.stderr);
  const changed = Object.keys(MODES).filter((name) => (folder.read(name) ?? "").length > 20);
  assertEquals(changed, Object.keys(MODES));
  assertEquals(await inShell(folder, `stat -c %a ${names}`), `${Object.values(MODES).join("\n")}\n`);
});

Deno.test("a device as log keeps its mode, and is written to by users that do not own it", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILE });
  standInRestic(folder);
  // root could change the machine's own, other users cannot make one
  await inShell(folder, "if [ $(id -u) = 0 ]; then mknod -m 622 null c 1 3; else ln -s /dev/null null; fi");
  const before = await inShell(folder, "stat -L -c %a null");
  const { code, stdout, stderr } = await runTool(folder, ["--log", "null", "backup"]);
  assertEquals([code, stdout + stderr, await inShell(folder, "stat -L -c %a null")], [0, "", before]);
});

Deno.test("pipes as log and status file do not keep a run: each is named with the reason", async () => {
  using folder = makeFolder({ "profiles.toml": PROFILE });
  const restic = standInRestic(folder);
  await inShell(folder, "mkfifo run.log status.json");
  const { code, stdout, stderr } = await runTool(folder, ["--log", "run.log", "backup"]);
  assertEquals([code, restic.calls()], [0, [["backup", "/source"]]], stderr);
  assertStringIncludes(stdout, 'Cannot log to "run.log", the console is used: it is a pipe without a reader');
  assertStringIncludes(stdout, "status.json: it is not a regular file");
});
