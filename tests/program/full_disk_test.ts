/** No space left where something of a run is to be written: in `full`, a small file system of its own that is full. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Fault, testFaults } from "../support/fault.ts";
import { makeFolder } from "../support/folder.ts";
import { inNamespace } from "../support/namespace.ts";
import { runTool } from "../support/tool.ts";

const OLD_STATUS = '{"profiles":{"other":{"check":{"success":true}}}}\n';

/** A page of memory: without room for another line. */
const OLD_LOG = "old log\n".repeat(512);

/** For the tool alone; what stood in the folder is copied before it is full, and what is there at the end to `after`. */
const FULL = `mkdir -p full copy after && cp -r full/. copy && mount -t tmpfs -o size=64k none full && cp -r copy/. full
cat /dev/zero > full/rest 2> /dev/null
"$@"
code=$?
rm full/rest && cp -r full/. after/
exit $code`;

const onFullDisk = { through: inNamespace("mount", FULL) };

const FAULTS: readonly Fault[] = [
  {
    fault: "the device of the log is full",
    promise: "the backup is made",
    async check({ restic, backup }) {
      const { code, stdout, stderr } = await backup({}, "--log", "/dev/full");
      assertEquals(code, 0, stdout + stderr);
      assertEquals(restic.calls(), [["backup", "/source"]]);
    },
  },
  {
    fault: "the disk of the log is full",
    promise: "the backup is made, what could not be logged is shown with the reason, the old lines are whole",
    restic: { stdout: "from restic\n" },
    files: { "full/run.log": OLD_LOG },
    async check({ folder, restic, backup }) {
      const { code, stdout, stderr } = await backup(onFullDisk, "--log", "full/run.log");
      assertEquals(code, 0, stdout + stderr);
      assertEquals(restic.calls(), [["backup", "/source"]]);
      for (const text of ["no space left on device", "starting 'backup'", "from restic", "finished 'backup'"]) {
        assertStringIncludes(stdout, text);
      }
      assertEquals(folder.read("after/run.log"), OLD_LOG);
    },
  },
  {
    fault: "the disk of the status file is full",
    promise: "the backup is made, a message names the file, the old one is whole",
    profile: 'status-file = "full/status.json"',
    files: { "full/status.json": OLD_STATUS },
    async check({ folder, backup }) {
      const { code, stdout, stderr } = await backup(onFullDisk);
      assertEquals(code, 0, stdout + stderr);
      assertStringIncludes(stdout + stderr, "full/status.json");
      assertEquals(folder.read("after/status.json"), OLD_STATUS);
    },
  },
  {
    fault: "the disk of the metrics is full",
    promise: "the backup is made, a message names the file, the old one is whole",
    profile: 'prometheus-save-to-file = "full/metrics.prom"',
    files: { "full/metrics.prom": "# old\n" },
    async check({ folder, backup }) {
      const { code, stdout, stderr } = await backup(onFullDisk);
      assertEquals(code, 0, stdout + stderr);
      assertStringIncludes(stdout + stderr, "full/metrics.prom");
      assertEquals(folder.read("after/metrics.prom"), "# old\n");
    },
  },
  {
    fault: "the disk of the lock is full",
    promise: "nothing runs, the reason is told, and nothing of a run that did not finish",
    profile: 'lock = "full/default.lock"',
    async check({ folder, restic, backup }) {
      const { code, stdout, stderr } = await backup(onFullDisk);
      assertEquals(code, 1, stdout + stderr);
      assertStringIncludes(stdout + stderr, "no space left on device");
      assertEquals((stdout + stderr).includes("did not finish"), false);
      assertEquals([folder.read("after/default.lock"), restic.calls()], [undefined, []]);
    },
  },
  {
    fault: "the disk of temporary files is full",
    promise: "restic does not start without its repository, the reason is told, the lock is gone",
    profile: 'repository = "rest:http://me:hidden@localhost:1/"\nlock = "after/default.lock"',
    files: { "full/.keep": "" },
    async check({ folder, restic, backup }) {
      const { code, stdout, stderr } = await backup({ ...onFullDisk, env: { TMPDIR: `${folder.path}/full` } });
      assertEquals(code, 1, stdout + stderr);
      assertStringIncludes(stdout + stderr, "no space left on device");
      assertStringIncludes(folder.read("failed") ?? "", "-1 backup on profile 'default': ");
      assertEquals([folder.read("after/default.lock"), restic.calls()], [undefined, []]);
    },
  },
];

testFaults(FAULTS);

const ASKED_FOR = [
  ["generate", "--random-key"],
  ["generate", "--json-schema", "v1"],
  ["version"],
  ["help"],
  ["profiles"],
  ["show"],
  ["validate"],
];

for (const args of ASKED_FOR) {
  Deno.test(`when what "${args.join(" ")}" prints finds no room, that is told and the status is 1`, async () => {
    using folder = makeFolder({ "profiles.toml": '[default]\nrepository = "/r"\n' });
    const { code, stderr } = await runTool(folder, args, { through: ["sh", "-c", 'exec "$@" > /dev/full', "sh"] });
    assertEquals(code, 1, stderr);
    assertStringIncludes(stderr, 'error: Cannot use "/dev/stdout": no space left on device');
  });
}

Deno.test("when nobody reads to the end what a command prints, that is status 141 without a word", async () => {
  using folder = makeFolder({});
  const { stdout, stderr } = await runTool(folder, ["generate", "--json-schema", "v1"], {
    through: ["sh", "-c", '{ "$@"; echo "status $?" >&2; } | true', "sh"],
  });
  assertEquals([stdout, stderr], ["", "status 141\n"]);
});
