/** End to end with a real restic: RESTICPROFILE_TEST_RESTIC is its path, which `deno task test` gives. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { startReceiver } from "../support/receiver.ts";
import { runTool, startTool } from "../support/tool.ts";
import { until } from "../support/watch.ts";

const RESTIC = Deno.env.get("RESTICPROFILE_TEST_RESTIC") ?? "restic";

function folderWithProfiles(receiverUrl: string): Folder {
  const folder = makeFolder({ "documents/letter.txt": "Dear Ada", "password": "correct horse" });
  const { path } = folder;
  folder.write({
    "profiles.toml": `
version = "2"

[global]
restic-binary = "${RESTIC}"

[profiles.default]
repository = "local:${path}/repository"
password-file = "${path}/password"

[profiles.default.backup]
source = "${path}/documents"
run-before = "echo before >> ${path}/hooks.log"
run-after = "echo after >> ${path}/hooks.log"
run-after-fail = "echo failed >> ${path}/hooks.log"
send-before = { url = "${receiverUrl}/start" }
send-after = { url = "${receiverUrl}/success" }
send-after-fail = { method = "POST", url = "${receiverUrl}/fail/$ERROR_EXIT_CODE", body = "$ERROR" }

[profiles.default.forget]
keep-last = 1

[profiles.broken]
inherit = "default"

[profiles.broken.backup]
source = "${path}/missing"
`,
  });
  return folder;
}

Deno.test("real restic: init, backup, snapshots, check, forget and restore", async () => {
  await using receiver = startReceiver();
  using folder = folderWithProfiles(receiver.url);
  const succeeds = async (...args: string[]) => {
    const { code, stdout, stderr } = await runTool(folder, args);
    assertEquals(code, 0, stdout + stderr);
    return stdout;
  };
  await succeeds("init");
  await succeeds("backup");
  await succeeds("backup");
  assertStringIncludes(await succeeds("snapshots"), "2 snapshots");
  await succeeds("check");
  await succeeds("forget", "--prune");
  assertStringIncludes(await succeeds("snapshots"), "1 snapshots");
  await succeeds("restore", "latest", "--target", `${folder.path}/restored`);
  assertEquals(folder.read(`restored${folder.path}/documents/letter.txt`), "Dear Ada");
  assertEquals(folder.read("hooks.log"), "before\nafter\nbefore\nafter\n");
  assertEquals(receiver.requests.map(({ target }) => target), ["/start", "/success", "/start", "/success"]);
});

Deno.test("real restic: a backup that fails calls the failure hooks", async () => {
  await using receiver = startReceiver();
  using folder = folderWithProfiles(receiver.url);
  assertEquals((await runTool(folder, ["init"])).code, 0);
  const { code, stderr } = await runTool(folder, ["--name", "broken", "backup"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "missing");
  assertEquals(folder.read("hooks.log"), "before\nfailed\n");
  assertEquals(receiver.requests.map(({ method, target }) => `${method} ${target}`), ["GET /start", "POST /fail/1"]);
  assertMatch(receiver.requests[1]?.body ?? "", /^backup on profile 'broken': exit status 1$/);
});

/** Opens a pipe when it backs up, which has its end when restic has ended. */
const OBSERVED_RESTIC = `#!/bin/sh
case "$*" in *--stdin*) exec 7>"$0.runs" ;; esac
exec ${RESTIC} "$@"
`;

Deno.test("real restic: a tool that is killed while it feeds restic leaves no half dump as a snapshot", async () => {
  using folder = makeFolder({ "password": "correct horse", "bin/restic": OBSERVED_RESTIC });
  const { path } = folder;
  folder.write({
    "profiles.toml": `
[global]
restic-binary = "${path}/bin/restic"
[default]
repository = "local:${path}/repository"
password-file = "${path}/password"
[default.backup]
stdin = true
stdin-command = "head -c 20000000 /dev/urandom; echo $$ > ${path}/feeder; touch ${path}/halfway; exec cat ${path}/pipe"
`,
  });
  assertEquals(new Deno.Command("mkfifo", { args: [`${path}/pipe`, `${path}/bin/restic.runs`] }).outputSync().code, 0);
  using _writer = Deno.openSync(`${path}/pipe`, { read: true, write: true });
  assertEquals((await runTool(folder, ["init"])).code, 0);
  const resticEnded = new Deno.Command("cat", { args: [`${path}/bin/restic.runs`] }).output();
  const { child, ended } = startTool(folder, ["backup"]);
  await until(() => folder.read("halfway") !== undefined, path, child.status);
  child.kill("SIGKILL");
  await resticEnded;
  const args = ["snapshots", "--json", "--no-lock", `--repo=${path}/repository`, `--password-file=${path}/password`];
  const { stdout } = await new Deno.Command(RESTIC, { args, env: { HOME: path } }).output();
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), []);
  Deno.kill(Number(folder.read("feeder")), "SIGTERM");
  await ended;
});
