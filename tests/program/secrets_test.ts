/** A password in every place that holds one: it must reach restic and receivers, and be seen nowhere else. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { startReceiver } from "../support/receiver.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const CANARY = "cAnArY-7x!$&";
/** As it stands in a URL. */
const IN_URL = encodeURIComponent(CANARY);
const REPOSITORY = `rest:https://user:${IN_URL}@host/repository`;

/** What restic writes, to standard error. */
const LEAK = { stderr: `Fatal: ${CANARY} at ${REPOSITORY}\n` };

/** What the test itself puts into its folder; whatever else is there at the end, the tool or a hook has written. */
const GIVEN = ["profiles.yaml", "secrets.env", "bin", "restic.log"];

function profiles(receiver: string): string {
  const hook = (phase: string) => `
    ${phase}:
        url: "${receiver.replace("//", `//user:${IN_URL}@`)}/${phase}?token=$HOOK_TOKEN"
        method: POST
        body: "$HOOK_TOKEN $FILE_SECRET"
        headers:
          - { name: Authorization, value: "Bearer ${CANARY}" }
          - { name: X-Api-Key, value: "${CANARY}" }`;
  return `
version: "1"
default:
  repository: "${REPOSITORY}"
  lock: default.lock
  status-file: status.json
  initialize: true
  env:
    HOOK_TOKEN: "${CANARY}"
    RESTIC_PASSWORD: "${CANARY}"
    PLAIN_URL: "https://user:${IN_URL}@host/"
  env-file: secrets.env
  run-before: cp default.lock default.lock.seen
  run-after-fail: echo "$ERROR $ERROR_MESSAGE $ERROR_COMMANDLINE $ERROR_STDERR" >> errors
  init:
    from-repository: "${REPOSITORY}-first"
  backup:
    source: /source
    check-before: true${hook("send-before")}${hook("send-after-fail")}${hook("send-finally")}
  copy:
    initialize: true
    repository: "${REPOSITORY}-copy"${hook("send-after-fail")}
from:
  inherit: default
  copy:
    from-repository: "${REPOSITORY}-from"
`;
}

/** With the restic command that has to have run and a file that has to be there, if there is one. */
const RUNS: readonly (readonly [what: string, args: readonly string[], ran?: string, wrote?: string])[] = [
  ["quiet", ["-q", "backup"], "backup", "errors"],
  ["plain", ["backup"], "backup", "status.json"],
  ["verbose", ["-v", "backup"], "backup", "default.lock.seen"],
  ["trace", ["--trace", "backup"], "backup"],
  ["dry run", ["--dry-run", "backup"]],
  ["verbose dry run", ["-v", "--dry-run", "backup"]],
  ["restic's dry run", ["-v", "backup", "--dry-run"], "backup"],
  ["copy to", ["--trace", "copy"], "copy"],
  ["copy from", ["--trace", "from.copy"], "copy"],
  ["dry run of copy", ["--dry-run", "copy"]],
  ["init", ["--trace", "init"], "init"],
  ["show", ["show"]],
  ["show --origin", ["show", "--origin"]],
  ["validate", ["validate"]],
  ["help on a command", ["help", "backup"]],
  ["log file", ["--trace", "--log", "run.log", "backup"], "backup", "run.log"],
  ["JSON events", ["--trace", "--log", "events.log", "--log-format", "json", "backup"], "backup", "events.log"],
];

for (const [what, args, ran, wrote] of RUNS) {
  Deno.test(`secrets: ${what} shows no password`, async () => {
    await using receiver = startReceiver({ "/send-finally": { status: 500 } });
    using folder = makeFolder({
      "profiles.yaml": profiles(receiver.url),
      "secrets.env": `FILE_SECRET='${CANARY}'\n`,
    });
    const restic = standInRestic(folder, { backup: { exit: 1, ...LEAK }, copy: { exit: 1 } });
    const { stdout, stderr } = await runTool(folder, args);
    assertEquals(/profiles\.yaml:\d+:\d+: error/.test(stderr), false, stderr);
    assertHidden(folder, (stdout + stderr).replaceAll(LEAK.stderr, "")); // a console gets what restic writes
    if (wrote !== undefined) assertEquals(folder.read(wrote) !== undefined, true, `there is no ${wrote}`);
    if (ran !== undefined) assertEquals(restic.calls().at(-1)?.[0], ran);
    for (const words of restic.calls()) assertEquals(holdsSecret(words.join(" ")), false, words.join(" "));
  });
}

Deno.test("secrets: receivers and restic get them", async () => {
  await using receiver = startReceiver();
  using folder = makeFolder({ "profiles.yaml": profiles(receiver.url), "secrets.env": `FILE_SECRET='${CANARY}'\n` });
  standInRestic(folder, { backup: { run: 'cat "${2#--repository-file=}" > got; printenv RESTIC_PASSWORD >> got' } });
  const { code, stdout, stderr } = await runTool(folder, ["backup"]);
  assertEquals(code, 0, stdout + stderr);
  assertStringIncludes(folder.read("got") ?? "", REPOSITORY);
  assertStringIncludes(folder.read("got") ?? "", CANARY);
  const { headers, body } = receiver.requests[0]!;
  assertEquals(headers["authorization"], `Bearer ${CANARY}`);
  assertEquals(headers["x-api-key"], CANARY);
  assertEquals(body, `${CANARY} ${CANARY}`);
});

function assertHidden(folder: Folder, output: string): void {
  assertEquals(holdsSecret(output), false, output);
  for (const { name, isFile } of Deno.readDirSync(folder.path)) {
    if (!isFile || GIVEN.includes(name)) continue;
    const text = folder.read(name) ?? "";
    assertEquals(holdsSecret(text), false, `${name}: ${text}`);
  }
}

function holdsSecret(text: string): boolean {
  return text.includes(CANARY) || text.includes(IN_URL) || text.includes(CANARY.slice(0, 9));
}
