/**
 * Gives the program's scripts V8's code caches: a program beside it, made by the same compiler of the same scripts, does what ordinary
 * runs do, and then keeps the code of all functions that were called. Nearly all that the tool adds to a short run is compiling itself.
 */

import { makeFolder } from "../../tests/support/folder.ts";
import { startReceiver } from "../../tests/support/receiver.ts";
import { standInRestic } from "../../tests/support/restic.ts";
import { captured } from "../programs.ts";

/** Performs command lines in a folder, as the tool does; then it keeps the caches, or tells which scripts have none. */
const PROGRAM = `
import { main } from "./main.js";
import { codeCaches, uncached } from "./embedded_script.js";
const [task, commandLines, work, result] = Deno.args;
Deno.chdir(work);
for (const args of JSON.parse(commandLines)) await main(args);
if (task === "keep") codeCaches().forEach((cache, name) => Deno.writeFileSync(result + "/" + name + ".cache", cache));
else Deno.writeTextFileSync(result, uncached().join(" "));
Deno.exit(0);
`;

/** What most people have in their configurations. */
function profiles(receiver: string): Record<string, string> {
  return {
    "profiles.toml": `
version = "2"
[global]
initialize = true
[profiles.default]
repository = "local:/repository"
password-file = "password"
lock = "lock"
status-file = "status.json"
env = { A = "1" }
[profiles.default.backup]
source = ["/documents"]
exclude = ["*.tmp"]
tag = "t"
run-before = "true"
send-before = { url = "${receiver}/start" }
send-after = { method = "POST", url = "${receiver}/success", body = "$PROFILE_NAME" }
[profiles.default.retention]
after-backup = true
keep-daily = 7
`,
    "templates.yaml": `
version: "2"
mixins:
  hook:
    run-finally: "true"
profiles:
  base:
    repository: "local:/{{ .Profile.Name }}"
    password-file: password
  default:
    inherit: base
    use: hook
    prometheus-save-to-file: metrics
    backup:
      source: [/documents]
      send-after-fail:
        - url: "${receiver}/fail"
    forget:
      keep-last: 3
groups:
  all:
    profiles: [default]
`,
    password: "correct horse",
  };
}

const COMMAND_LINES = [
  ["version"],
  ["backup"],
  ["snapshots"],
  ["-c", "templates.yaml", "backup"],
  ["-c", "templates.yaml", "--name", "all", "forget"],
  ["--dry-run", "backup"],
];

/**
 * @param folder of the scripts; the caches come beside them
 * @param compile makes a program of one of the folder's modules and of all the others
 * @throws {Error} when a script that was used has no cache in the end
 */
export async function addCodeCaches(
  folder: string,
  compile: (entry: string, output: string) => Promise<void>,
): Promise<void> {
  await using receiver = startReceiver();
  using sample = makeFolder(profiles(receiver.url));
  standInRestic(sample);
  const program = `${sample.path}/program`;
  await Deno.writeTextFile(`${folder}/warm_up.js`, PROGRAM);
  const env = { HOME: sample.path, PATH: `${sample.path}/bin:${Deno.env.get("PATH")}` };
  const perform = async (task: "keep" | "check", result: string) => {
    await compile(`${folder}/warm_up.js`, program);
    await captured(program, [task, JSON.stringify(COMMAND_LINES), sample.path, result], env);
  };
  await perform("keep", folder);
  await perform("check", `${sample.path}/uncached`);
  await Deno.remove(`${folder}/warm_up.js`);
  const uncached = sample.read("uncached");
  if (uncached !== "") throw new Error(`Cannot give scripts their code caches: V8 takes none for ${uncached}`);
}
