/**
 * What goes wrong around a run. Stand-ins wait until they are killed, so nothing depends on how long things take. Runs that are
 * killed at each of their steps are in `killed_test.ts`, full disks in `full_disk_test.ts`, a clock that is set back in
 * `tests/run/clock_test.ts`.
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Fault, locks, testFaults } from "../support/fault.ts";
import { inNamespace } from "../support/namespace.ts";
import { makeFolder } from "../support/folder.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool, startTool } from "../support/tool.ts";
import { until } from "../support/watch.ts";

const TEN_MB = 10_000_000;
/** Error variables and the status file hold no more. */
const KEPT_STDERR = 65_536;
const ELSEWHERE = "root on Monday, 01-Jan-24 00:00:00 UTC from elsewhere\n999999";
/** Survives each SIGINT, telling of it, and never ends. It waits for signals, as a shell that reads would miss some. */
const STUBBORN = `import signal
signals = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
open("ready", "w").write("yes")
while signal.sigwait(signals):
    open("interrupts", "a").write("x")
`;
/** As a good restic: ends at the first SIGINT. */
const OBEDIENT = STUBBORN.replace('"x")', '"x")\n    raise SystemExit(130)');
const inContainer = (host: string) => inNamespace("container", `hostname ${host} && exec "$@"`);
const ON_OTHER_HOST = { through: inNamespace("uts", 'hostname other && exec "$@"') };

const KILLED: readonly Fault[] = [
  {
    fault: "restic is killed",
    promise: "the run fails, its hooks know, its lock is gone",
    restic: { run: "kill -KILL $$" },
    async check({ folder, backup }) {
      assertEquals((await backup()).code, 1);
      assertEquals(folder.read("failed"), "-1 backup on profile 'default': signal: killed\n");
      assertEquals(locks(folder), []);
    },
  },
  ...["run-before", "run-after"].map((hook): Fault => ({
    fault: `the shell of ${hook} is killed`,
    promise: "the run fails, its hooks know, its lock is gone",
    profile: `${hook} = "kill -KILL $$"`,
    async check({ folder, backup }) {
      assertEquals((await backup()).code, 1);
      assertEquals(folder.read("failed"), `-1 ${hook} on profile 'default': signal: killed\n`);
      assertEquals(locks(folder), []);
    },
  })),
  {
    fault: "tool and restic are killed",
    promise: "the next run takes over the lock that is left",
    restic: { run: `[ -e killed ] || { : > killed; kill -KILL $PPID $$; }` },
    async check({ folder, backup }) {
      assertEquals((await backup()).code, 137);
      assertEquals(locks(folder), ["default.lock"]);
      assertEquals((await backup()).code, 0);
      assertEquals(locks(folder), []);
    },
  },
  {
    fault: "the tool is killed with the repository's password in a file",
    promise: "the next run removes the file",
    profile: 'repository = "rest:http://user:hidden@localhost/"',
    restic: { run: "kill -KILL $PPID" },
    files: { "tmp/.keep": "" },
    async check({ folder, backup }) {
      const env = { TMPDIR: `${folder.path}/tmp` };
      const files = () => [...Deno.readDirSync(env.TMPDIR)].map(({ name }) => name);
      await backup({ env });
      assertEquals(files().length, 2, files().join());
      standInRestic(folder);
      assertEquals((await backup({ env })).code, 0);
      assertEquals(files(), [".keep"]);
    },
  },
  {
    fault: "the tool is killed and restic goes on",
    promise: "nobody takes over the lock",
    // not a named pipe: some releases of Deno open what changes in a folder they watch, and wait for its writer
    restic: { run: "exec > orphan 2>&1; echo $$ > ready; exec tail -f /dev/null" },
    async check({ folder, restic, backup }) {
      const { child, ended } = startTool(folder, ["backup"]);
      const listed = () =>
        (folder.read("default.lock") ?? "").split("\n").includes(folder.read("ready")?.trim() ?? "none");
      await until(listed, folder.path, ended);
      child.kill("SIGKILL");
      await child.stdin.close();
      assertEquals((await ended).code, 137);
      assertEquals((await backup()).code, 1);
      assertEquals(restic.calls().length, 1, "no restic beside the other one");
      Deno.kill(Number(folder.read("ready")), "SIGKILL");
    },
  },
  {
    fault: "the tool is killed before it has written down that restic runs",
    promise: "nobody takes over the lock while it does",
    restic: {
      run: `exec > orphan 2>&1; kill -KILL $PPID; sed -i "/^# $$ started/d; /^$$\$/d" default.lock
echo $$ > ready; exec tail -f /dev/null`,
    },
    async check({ folder, restic, backup }) {
      assertEquals((await backup()).code, 137);
      await until(() => folder.read("ready") !== undefined, folder.path, new Promise(() => {}));
      const orphan = Number(folder.read("ready"));
      assertEquals((folder.read("default.lock") ?? "").split("\n").includes(`${orphan}`), false);
      assertEquals((await backup()).code, 1);
      assertEquals(restic.calls().length, 1, "no restic beside the other one");
      Deno.kill(orphan, "SIGKILL");
    },
  },
  {
    fault: "a hook never ends, and survives SIGINT and SIGTERM",
    promise: "the third signal ends it and the tool, the lock is gone",
    profile: 'run-before = "exec python3 stubborn.py"',
    files: { "stubborn.py": STUBBORN },
    async check({ folder, restic }) {
      const { child, ended } = startTool(folder, ["backup"]);
      const seen = (name: string, length: number) =>
        until(() => (folder.read(name) ?? "").length >= length, folder.path, ended);
      await seen("ready", 3);
      child.kill("SIGTERM");
      await seen("interrupts", 1);
      child.kill("SIGINT");
      await seen("interrupts", 2);
      child.kill("SIGINT");
      assertEquals((await ended).code, 1);
      await child.stdin.close();
      assertEquals([locks(folder), restic.calls()], [[], []]);
    },
  },
  ...(["SIGHUP", "SIGQUIT"] as const).map((signal): Fault => ({
    fault: `the tool gets ${signal}`,
    promise: "restic is interrupted, hooks know, lock and temporary files are gone",
    profile: 'repository = "rest:http://me:hidden@localhost:1/"',
    restic: { run: "exec python3 obedient.py" },
    files: { "obedient.py": OBEDIENT, "temporary/.keep": "" },
    async check({ folder, backup }) {
      const temporary = `${folder.path}/temporary`;
      assertEquals((await backup({ env: { TMPDIR: temporary }, kill: { signal, whenFile: "ready" } })).code, 1);
      assertEquals(folder.read("interrupts"), "x");
      assertEquals(folder.read("failed"), "130 backup on profile 'default': exit status 130\n");
      assertEquals(locks(folder), []);
      assertEquals([...Deno.readDirSync(temporary)].map(({ name }) => name), [".keep"]);
    },
  })),
];

const FOREIGN_LOCK: readonly Fault[] = [
  {
    fault: "the lock is one of another machine",
    promise: "it is not taken over, though its process is not here",
    files: { "default.lock": ELSEWHERE },
    async check({ folder, restic, backup }) {
      const { code, stdout, stderr } = await backup();
      assertEquals(code, 1);
      assertStringIncludes(stdout + stderr, "from elsewhere");
      assertEquals([folder.read("default.lock"), restic.calls()], [ELSEWHERE, []]);
    },
  },
  {
    fault: "two hosts share the folder of the lock",
    promise: "the second one leaves the first one's lock alone, the first one goes on",
    restic: { run: "exec python3 obedient.py" },
    files: { "obedient.py": OBEDIENT },
    async check({ folder, restic, backup }) {
      const { child, ended } = startTool(folder, ["backup"]);
      await until(() => folder.read("ready") === "yes", folder.path, ended);
      const { code, stdout, stderr } = await backup(ON_OTHER_HOST);
      assertEquals(code, 1, stdout + stderr);
      assertStringIncludes(stdout + stderr, `another run holds the lock "${folder.path}/default.lock": `);
      assertEquals([locks(folder), restic.calls().length], [["default.lock"], 1]);
      child.kill("SIGINT");
      await child.stdin.close();
      assertEquals((await ended).code, 1);
      assertEquals(locks(folder), []);
    },
  },
  {
    fault: "two containers and their machine share the folder of the lock",
    promise: "nobody takes it from a run that lives, everybody from one whose container was killed",
    restic: { run: "[ -e ready ] || { : > ready; exec tail -f /dev/null; }" },
    async check({ folder, restic, backup }) {
      const { child, ended } = startTool(folder, ["backup"], inContainer("a"));
      await until(() => folder.read("ready") !== undefined, folder.path, ended);
      assertEquals((await backup()).code, 1);
      assertEquals((await backup({ through: inContainer("a") })).code, 1);
      assertEquals((await backup({ through: inContainer("b") })).code, 1);
      assertEquals(restic.calls().length, 1, "no restic beside the other one");
      child.kill("SIGKILL");
      await child.stdin.close();
      await ended;
      const { code, stdout, stderr } = await backup({ through: inContainer("b") });
      assertEquals([code, locks(folder)], [0, []], stdout + stderr);
    },
  },
  {
    fault: "the lock is a pipe",
    promise: "the run fails at once",
    profile: 'lock = "pipe"',
    async check({ folder, backup }) {
      assertEquals(new Deno.Command("mkfifo", { args: [`${folder.path}/pipe`] }).outputSync().code, 0);
      const { code, stdout, stderr } = await backup();
      assertEquals(code, 1);
      assertStringIncludes(stdout + stderr, "it is not a regular file");
    },
  },
];

const OUTPUT: readonly Fault[] = [
  ...[
    { what: "10 MB of lines", run: `yes "can't read this file" | head -c ${TEN_MB} >&2; exit 1` },
    { what: "a line of 10 MB", run: `head -c ${TEN_MB} /dev/zero | tr '\\0' x >&2; exit 1` },
  ].map(({ what, run }): Fault => ({
    fault: `restic writes ${what} on standard error`,
    promise: "all of it is shown, hooks start and the status file keeps the end",
    profile: 'status-file = "status.json"',
    restic: { run },
    async check({ folder, backup }) {
      const { code, stderr } = await backup();
      assertEquals(code, 1);
      assertEquals(stderr.length >= TEN_MB, true);
      assertEquals(folder.read("failed"), "1 backup on profile 'default': exit status 1\n");
      const kept = JSON.parse(folder.read("status.json") ?? "").profiles.default.backup.stderr.length;
      assertEquals(kept > 0 && kept <= KEPT_STDERR, true, `${kept}`);
    },
  })),
  {
    fault: "restic writes 10 MB without a line feed on standard output",
    promise: "all of it is shown",
    profile: 'status-file = "status.json"',
    restic: { run: `head -c ${TEN_MB} /dev/zero | tr '\\0' x` },
    async check({ backup }) {
      const { code, stdout } = await backup();
      assertEquals(code, 0);
      assertEquals(stdout.includes("x".repeat(TEN_MB)), true);
    },
  },
  {
    fault: "restic's output is no UTF-8",
    promise: "its bytes are shown as they are, and the status file is JSON",
    profile: 'status-file = "status.json"',
    restic: { run: "printf 'a\\377b\\n'; printf 'c\\376d\\n' >&2; exit 1" },
    async check({ folder, backup }) {
      await backup({ through: ["sh", "-c", 'exec "$@" > out 2> err', "sh"] });
      const bytes = (name: string) => Deno.readFileSync(`${folder.path}/${name}`);
      assertEquals([bytes("out").includes(255), bytes("err").includes(254)], [true, true]);
      const { stderr } = JSON.parse(folder.read("status.json") ?? "").profiles.default.backup;
      assertEquals(stderr, "c\ufffdd\n");
    },
  },
];

testFaults([...KILLED, ...FOREIGN_LOCK, ...OUTPUT]);

Deno.test("when a signal ends a command that is no run: its temporary files are gone", async () => {
  using folder = makeFolder({
    "profiles.toml": 'version = "1"\n[default]\nrepository = "/r"\npassword-file = "{{ tempFile "secret" }}"\n',
    "bin/restic": "#!/bin/sh\nls tmp > files\n: > ready\nexec sleep 60\n",
    "tmp/.keep": "",
  });
  Deno.chmodSync(`${folder.path}/bin/restic`, 0o755);
  const { code } = await runTool(folder, ["validate"], {
    env: { TMPDIR: `${folder.path}/tmp` },
    kill: { signal: "SIGTERM", whenFile: "ready" },
  });
  assertEquals(code, 143);
  assertStringIncludes(folder.read("files") ?? "", "resticprofile-");
  assertEquals([...Deno.readDirSync(`${folder.path}/tmp`)].map(({ name }) => name), [".keep"]);
});
