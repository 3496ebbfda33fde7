/** A real restic in a real terminal: its progress reaches the user, its question for a password an answer. */

import { assertEquals, assertMatch } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { resticOf } from "../support/real_restic.ts";
import { makeRepository } from "../support/restic_repository.ts";
import { IN_TERMINAL } from "../support/terminal.ts";
import { runTool } from "../support/tool.ts";

const RELEASE = "0.18";
const PASSWORD = "correct horse";
/** restic clears the line, and writes it again with the time that has passed. */
const showsProgress = (text: string) => text.split("\r\x1b[2K").some((line) => /^\[\d+:\d\d\] /.test(line));
const FILE = 'password-file = "password"\n';

for (
  const { what, args = [], lines = "", progress } of [
    { what: "as it is", progress: true },
    { what: "with --no-ansi, which is for the tool alone", args: ["--no-ansi"], progress: true },
    { what: "with --theme none", args: ["--theme", "none"], progress: true },
    { what: "with a status file", lines: 'status-file = "status.json"', progress: true },
    { what: "with metrics", lines: 'prometheus-save-to-file = "metrics.prom"', progress: true },
    { what: "with messages in a log", args: ["--log", "a.log", "--command-output", "console"], progress: true },
    { what: "with all output in a log, too", args: ["--log", "a.log"], progress: true },
    { what: "with --quiet", args: ["-q"], progress: false },
  ]
) {
  Deno.test(`restic in a terminal shows ${progress ? "its" : "no"} progress ${what}`, async () => {
    using folder = await makeSite(FILE + lines);
    const { code, stdout } = await runTool(folder, [...args, "backup"], { through: IN_TERMINAL });
    assertEquals(code, 0, stdout);
    assertEquals(showsProgress(stdout), progress, stdout);
  });
}

Deno.test("restic in a pipe shows no progress", async () => {
  using folder = await makeSite(FILE);
  const { code, stdout, stderr } = await runTool(folder, ["backup"]);
  assertEquals(code, 0, stdout + stderr);
  assertEquals(stdout.includes("\x1b"), false, stdout);
});

// 0.17 and 0.18 ask only where their standard error is a terminal, too
for (const release of ["0.14", "0.18", "0.19"]) {
  Deno.test(`restic ${release} in a terminal asks for the password, and reads it there`, async () => {
    using folder = await makeSite("", release);
    const { code, stdout } = await runTool(folder, ["snapshots"], { through: IN_TERMINAL, stdin: `${PASSWORD}\n` });
    assertMatch(stdout, /enter password for repository/);
    assertEquals(code, 0, stdout);
  });
}

Deno.test("a password that is piped reaches the command, and a new one reaches key add", async () => {
  using folder = await makeSite("");
  assertEquals((await runTool(folder, ["snapshots"], { stdin: `${PASSWORD}\n` })).code, 0);
  const added = await runTool(folder, ["key", "add"], {
    stdin: "another\nanother\n",
    env: { RESTIC_PASSWORD: PASSWORD },
  });
  assertEquals(added.code, 0, added.stderr);
  assertEquals((await runTool(folder, ["snapshots"], { stdin: "another\n" })).code, 0);
});

Deno.test("without a password the run says where to write one", async () => {
  using folder = await makeSite("");
  const { code, stderr, stdout } = await runTool(folder, ["snapshots"]);
  assertEquals(code, 1);
  assertMatch(stdout + stderr, /restic got no password: set password-file or password-command, or RESTIC_PASSWORD/);
});

async function makeSite(lines: string, release = RELEASE): Promise<Folder> {
  const folder = makeFolder({
    "documents/letter.txt": "Dear Ada",
    "password": PASSWORD,
    "profiles.toml": `
[global]
restic-binary = "${await resticOf(release)}"
[default]
repository = "local:repository"
${lines}
[default.backup]
source = "documents"
`,
  });
  await makeRepository(`${folder.path}/repository`, PASSWORD);
  return folder;
}
