/**
 * Shows the tool at work: `deno task demo`. A real restic makes a repository, backs up, checks and forgets in a temporary folder, then
 * a backup fails; shell hooks print, and a local receiver shows the requests of the HTTP hooks as they come. Nothing is left behind.
 */

import { type Folder, makeFolder } from "../tests/support/folder.ts";
import { startReceiver } from "../tests/support/receiver.ts";
import { captured, denoDir, ROOT } from "./programs.ts";

const RUNS: readonly (readonly [what: string, ...args: string[]])[] = [
  ["Make the repository", "init"],
  ["Back up", "backup"],
  ["Check the repository", "check"],
  ["Forget old snapshots", "forget"],
  ["Back up a folder that does not exist", "--name", "broken", "backup"],
];

function profiles(folder: string, restic: string, receiver: string): string {
  const hooks = (command: string) => `
[profiles.default.${command}]
run-before = "echo '  shell hook: before ${command}'"
run-after = "echo '  shell hook: after ${command}'"
run-after-fail = "echo \\"  shell hook: failed with $ERROR\\""
send-before = { url = "${receiver}/${command}/start" }
send-after = { url = "${receiver}/${command}/success" }
send-after-fail = { method = "POST", url = "${receiver}/${command}/fail/$ERROR_EXIT_CODE", body = "$ERROR: $ERROR_STDERR" }
`;
  return `version = "2"

[global]
restic-binary = "${restic}"

[profiles.default]
repository = "local:${folder}/repository"
password-file = "${folder}/password"
${hooks("backup")}source = "${folder}/documents"
${hooks("check")}${hooks("forget")}keep-last = 3

[profiles.broken]
inherit = "default"

[profiles.broken.backup]
source = "${folder}/missing"
`;
}

/** Runs the tool on this terminal; resolves to its exit status. */
async function run(folder: Folder, args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const tool = ["run", "-A", "--no-check", `${ROOT}/src/main.ts`, ...args];
  const command = new Deno.Command(Deno.execPath(), { args: tool, cwd: folder.path, env: { ...env }, stdin: "null" });
  return (await command.spawn().status).code;
}

const restic = await captured("sh", ["scripts/restic"]);
const received: string[] = [];
await using receiver = startReceiver({}, {
  onRequest({ method, target, body }) {
    received.push(`${method} ${target}${body && `  ${body.trim()}`}`);
    console.log(`  HTTP hook: ${received.at(-1)}`);
  },
});
using folder = makeFolder({ "documents/letter.txt": "Dear Ada\n", "password": "correct horse battery staple\n" });
folder.write({ "profiles.toml": profiles(folder.path, restic, receiver.url) });
console.log(folder.read("profiles.toml"));
const env = { HOME: folder.path, DENO_DIR: await denoDir() };
for (const [what, ...args] of RUNS) {
  console.log(`\n── ${what}: resticprofile ${args.join(" ")}`);
  console.log(`   exit status ${await run(folder, args, env)}`);
}
console.log(`\n── What the receiver got, in order\n  ${received.join("\n  ")}`);
