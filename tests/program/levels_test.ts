/** The facts that each level of messages adds, and where they go. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { VERSION } from "../../src/model/product.ts";
import { type Folder, makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const PROFILES = `version = "1"
[default]
repository = "/repository"
host = "here"
initialize = true
force-inactive-lock = true
[default.check]
read-data-subset = "{{ printf "%s%%" "5" }}"
`;

function site(): Folder {
  const folder = makeFolder({ "profiles.toml": PROFILES });
  standInRestic(folder, { init: { exit: 1, stderr: "there is one\n" } });
  return folder;
}

Deno.test("info: start and end of the command and of an init that fails", async () => {
  using folder = site();
  const { code, stdout, stderr } = await runTool(folder, ["check"]);
  for (const step of ["starting 'init'", "finished 'init': exit status 1", "starting 'check'", "finished 'check'"]) {
    assertStringIncludes(stdout, `profile 'default': ${step}`);
  }
  assert(!stdout.includes(VERSION), stdout);
  assertEquals([code, stderr], [0, ""]);
});

Deno.test("info: start and end of the removal of a stale lock", async () => {
  using folder = site();
  const locked =
    "lock was created at 2026-12-01 06:11:51 (2h ago)\nthe `unlock` command can be used to remove stale locks";
  standInRestic(folder, { check: { run: `[ -e again ] && exit 0; touch again; echo '${locked}' >&2; exit 11` } });
  const { code, stdout } = await runTool(folder, ["check"]);
  assertMatch(stdout, /starting 'unlock'\n[^]*finished 'unlock'\n[^]*finished 'check'\n/);
  assertEquals(code, 0);
});

Deno.test("debug: the versions of tool and restic", async () => {
  using folder = site();
  const { stdout } = await runTool(folder, ["-v", "check"]);
  assertStringIncludes(stdout, ` resticprofile ${VERSION}\n`);
  assertStringIncludes(stdout, " restic 0.18.0 ");
});

Deno.test("trace: the configuration after templates, and what the filter leaves out, on the console or in the log", async () => {
  using folder = site();
  const console = await runTool(folder, ["--trace", "check"]);
  const logged = await runTool(folder, ["--trace", "--log", "run.log", "check"]);
  for (const text of [console.stdout, folder.read("run.log") ?? ""]) {
    assertStringIncludes(text, '  8: read-data-subset = "5%"\n');
    assertMatch(text, /arguments before filtering: check --host=here --read-data-subset=5% /);
    assertMatch(text, /running \S+ check --read-data-subset=5% /);
  }
  assertEquals([console.stderr, logged.stdout, logged.stderr], ["", "", ""]);
});

Deno.test("trace: the configuration is shown though it cannot be used", async () => {
  using folder = makeFolder({ "profiles.toml": `${PROFILES}{{ "broken" }}\n` });
  const { code, stderr } = await runTool(folder, ["--trace", "check"]);
  assertStringIncludes(stderr, "  9: broken\n");
  assertEquals(code, 1);
});
