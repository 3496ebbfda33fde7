/**
 * What goes wrong around a run, and what must be true nevertheless: each row names the fault and the promise. Stand-ins block on
 * named pipes, so nothing depends on how long things take. Runs that are killed at each of their steps are in `killed_test.ts`.
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { type ResticReply, type StandInRestic, standInRestic } from "../support/restic.ts";
import { type Ended, type Launch, runTool, startTool } from "../support/tool.ts";
import { until } from "../support/watch.ts";

const TEN_MB = 10_000_000;
/** Error variables and the status file hold no more. */
const KEPT_STDERR = 65_536;
const OLD_STATUS = '{"profiles":{"other":{"check":{"success":true}}}}\n';
const ELSEWHERE = "root on Monday, 01-Jan-24 00:00:00 UTC from elsewhere\n999999";
/** Survives each SIGINT, telling of it, and never ends. It waits for signals, as a shell that reads would miss some. */
const STUBBORN = `import signal
signals = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
open("ready", "w").write("yes")
while signal.sigwait(signals):
    open("interrupts", "a").write("x")
`;
/** A file system without space, in `full`, for the tool alone; what stood in the folder is copied before it is full. */
const FULL = `mkdir -p full copy && cp -r full/. copy && mount -t tmpfs -o size=64k none full && cp -r copy/. full
cat /dev/zero > full/rest 2> /dev/null
"$@"
code=$?
rm full/rest && cp -r full/. after/
exit $code`;

interface Scene {
  readonly folder: Folder;
  readonly restic: StandInRestic;
  backup(launch?: Launch, ...flags: string[]): Promise<Ended>;
}

interface Fault {
  readonly fault: string;
  readonly promise: string;
  /** Lines of the profile. */
  readonly profile?: string;
  /** What the stand-in restic does for `backup`. */
  readonly restic?: ResticReply;
  readonly files?: Readonly<Record<string, string>>;
  readonly check: (scene: Scene) => Promise<void>;
}

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
    promise: "the next run takes over the lock",
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
    restic: { run: "exec > orphan 2>&1; echo $$ > ready; read -r _ <> pipe" },
    async check({ folder, restic, backup }) {
      await makePipe(folder);
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
echo $$ > ready; read -r _ <> pipe`,
    },
    async check({ folder, restic, backup }) {
      await makePipe(folder);
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
];

const NO_SPACE: readonly Fault[] = [
  {
    fault: "the disk of the log is full",
    promise: "the backup is made",
    async check({ restic, backup }) {
      const { code, stdout, stderr } = await backup({}, "--log", "/dev/full");
      assertEquals(code, 0, stdout + stderr);
      assertEquals(restic.calls(), [["backup", "/source"]]);
    },
  },
  {
    fault: "the disk of the status file is full",
    promise: "the backup is made, a message names the file, the old one is whole",
    profile: 'status-file = "full/status.json"',
    files: { "full/status.json": OLD_STATUS, "after/.keep": "" },
    async check({ folder, backup }) {
      const { code, stdout, stderr } = await backup({ through: onFullDisk() });
      assertEquals(code, 0, stdout + stderr);
      assertStringIncludes(stdout + stderr, "full/status.json");
      assertEquals(folder.read("after/status.json"), OLD_STATUS);
    },
  },
  {
    fault: "the disk of the metrics is full",
    promise: "the backup is made, a message names the file, the old one is whole",
    profile: 'prometheus-save-to-file = "full/metrics.prom"',
    files: { "full/metrics.prom": "# old\n", "after/.keep": "" },
    async check({ folder, backup }) {
      const { code, stdout, stderr } = await backup({ through: onFullDisk() });
      assertEquals(code, 0, stdout + stderr);
      assertStringIncludes(stdout + stderr, "full/metrics.prom");
      assertEquals(folder.read("after/metrics.prom"), "# old\n");
    },
  },
  {
    fault: "the disk of the lock is full",
    promise: "nothing runs, and the reason is told",
    profile: 'lock = "full/default.lock"',
    files: { "full/.keep": "", "after/.keep": "" },
    async check({ folder, restic, backup }) {
      const { code, stdout, stderr } = await backup({ through: onFullDisk() });
      assertEquals(code, 1, stdout + stderr);
      assertStringIncludes(stdout + stderr, "no space left on device");
      assertEquals([folder.read("after/default.lock"), restic.calls()], [undefined, []]);
    },
  },
  {
    fault: "the folder for what is kept between runs cannot be made",
    promise: "the backup is made",
    async check({ restic, backup }) {
      const { code, stdout, stderr } = await backup({ env: { XDG_CACHE_HOME: "/dev/null/cache" } });
      assertEquals(code, 0, stdout + stderr);
      assertEquals(restic.calls(), [["backup", "/source"]]);
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

for (
  const { fault, promise, profile = "", restic = {}, files = {}, check } of [
    ...KILLED,
    ...FOREIGN_LOCK,
    ...NO_SPACE,
    ...OUTPUT,
  ]
) {
  Deno.test(`when ${fault}: ${promise}`, async () => {
    using folder = makeFolder({ "profiles.toml": configuration(profile), ...files });
    await check({
      folder,
      restic: standInRestic(folder, { backup: restic }),
      backup: (launch = {}, ...flags) => runTool(folder, [...flags, "backup"], launch),
    });
  });
}

function configuration(lines: string): string {
  return `
[default]
${lines.includes("lock =") ? "" : 'lock = "default.lock"'}
force-inactive-lock = true
run-after-fail = "echo $ERROR_EXIT_CODE $ERROR > failed"
${lines}
[default.backup]
source = "/source"
`;
}

/** A mount that only the tool sees; who is not root gets the right to it in a namespace of its own. */
function onFullDisk(): string[] {
  const namespaces = Deno.uid() === 0 ? ["--mount"] : ["--mount", "--map-root-user"];
  return ["unshare", ...namespaces, "sh", "-c", FULL, "sh"];
}

async function makePipe({ path }: Folder): Promise<void> {
  await new Deno.Command("mkfifo", { args: [`${path}/pipe`] }).output();
}

function locks({ path }: Folder): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) => name.startsWith("default.lock"));
}
