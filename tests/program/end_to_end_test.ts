/** What users do, with each generation of restic, and the ways in which restic fails: what reaches hooks and repository. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { parsePrometheus } from "../support/prometheus_text.ts";
import { resticOf } from "../support/real_restic.ts";
import { lockRepository, makeRepository } from "../support/restic_repository.ts";
import { type Ended, runProgram, runTool, startTool } from "../support/tool.ts";

/** restic's own statuses: before 0.17 everything that is fatal is 1; 0.18 calls an interrupted backup a fatal error, too. */
const RELEASES = [
  { release: "0.14", noRepository: "1", locked: "1", wrongPassword: "1", interrupted: "130" },
  { release: "0.18", noRepository: "10", locked: "11", wrongPassword: "12", interrupted: "1" },
  { release: "0.19", noRepository: "10", locked: "11", wrongPassword: "12", interrupted: "130" },
] as const;

const LETTER = "Dear Ada";
const PASSWORD = "correct horse";
/** More than a pipe holds, with all bytes that a text would not survive. */
const BINARY = Uint8Array.from({ length: 200_000 }, (_, n) => n * n >> 3);
/** All that a label's value must escape. */
const LABEL = 'a\\b"c\nd';
const HOOKS = "failed $ERROR_EXIT_CODE\nfinally $ERROR_EXIT_CODE\n";

for (const { release, noRepository, locked, wrongPassword, interrupted } of RELEASES) {
  const test = (name: string, body: (site: Site) => Promise<void>) =>
    Deno.test(`restic ${release}: ${name}`, async () => {
      using folder = makeFolder({ "documents/letter.txt": LETTER, "password": PASSWORD });
      await body(await makeSite(folder, release));
    });

  test("backup, forget with prune, check; dump gives each byte", async ({ folder, succeeds }) => {
    await Deno.writeFile(`${folder.path}/documents/binary`, BINARY);
    await succeeds("backup");
    await succeeds("backup");
    await succeeds("forget", "--prune");
    await succeeds("check", "--read-data");
    assertStringIncludes(await succeeds("snapshots"), "1 snapshots");
    const dump = ["-q", "dump", "latest", "/documents/binary"];
    const piped = await runTool(folder, dump, { through: ["sh", "-c", 'exec "$@" > dumped', "sh"] });
    assertEquals(piped, { code: 0, stdout: "", stderr: "" });
    assertEquals(await Deno.readFile(`${folder.path}/dumped`), BINARY);
  });

  test("copy makes the second repository and fills it", async ({ succeeds, restic }) => {
    await succeeds("backup");
    await succeeds("copy");
    assertStringIncludes((await restic("second", "snapshots")).stdout, "1 snapshots");
  });

  test("a producer that fails in the middle leaves no snapshot", async ({ folder, succeeds, fails }) => {
    assertStringIncludes(
      await fails("-n", "producer", "backup"),
      "backup on profile 'producer': 'stdin-command' on profile 'producer': exit status 3",
    );
    assertEquals(folder.read("hooks.log"), hooksWith("3"));
    assertEquals(await succeeds("-q", "snapshots", "--json"), "[]\n");
    assertEquals(locksOf(folder), []);
  });

  test("a wrong password is told by its status", async ({ folder, fails }) => {
    folder.write({ "password": "wrong" });
    await fails("backup");
    assertEquals(folder.read("hooks.log"), hooksWith(wrongPassword));
  });

  test("a repository that is not there is told by its status", async ({ folder, fails }) => {
    Deno.removeSync(`${folder.path}/first`, { recursive: true });
    await fails("backup");
    assertEquals(folder.read("hooks.log"), hooksWith(noRepository));
  });

  test("a lock of another machine is told by its status, and stays", async ({ folder, lock, fails }) => {
    await lock({ hoursAgo: 0 });
    await fails("-n", "forcing", "forget");
    assertEquals(folder.read("hooks.log"), hooksWith(locked));
    assertEquals(locksOf(folder).length, 1);
  });

  test("a stale lock is removed for those who allow it", async ({ folder, lock, fails, succeeds }) => {
    await lock({ hoursAgo: 2 });
    assertStringIncludes(await fails("backup"), "force-inactive-lock");
    assertEquals(folder.read("hooks.log"), hooksWith(locked));
    await succeeds("-n", "forcing", "backup");
    assertEquals(locksOf(folder), []);
    assertStringIncludes(await succeeds("snapshots"), "1 snapshots");
  });

  test("what a backup came to is in status file and metrics, which a collector can read", async (site) => {
    const { folder, succeeds, fails } = site;
    await succeeds("-n", "monitored", "backup");
    assertMonitored(folder, release, {
      success: true,
      status: 2,
      files_new: 1,
      files_total: 1,
      bytes_total: LETTER.length,
    });
    folder.write({ "documents/other.txt": LETTER });
    await succeeds("-n", "monitored", "backup");
    assertMonitored(folder, release, { success: true, status: 2, files_new: 1, files_total: 2, files_unmodified: 1 });
    await Deno.remove(`${folder.path}/documents`, { recursive: true });
    await fails("-n", "monitored", "backup");
    assertMonitored(folder, release, { success: false, status: 0, files_new: 0, files_total: 0 });
  });

  test("a source that cannot be read fails the run, and the snapshot is made", async ({ folder, fails, succeeds }) => {
    await fails("-n", "unreadable", "backup");
    assertEquals(folder.read("hooks.log"), hooksWith("3"));
    assertStringIncludes(await succeeds("snapshots"), "1 snapshots");
    await succeeds("-n", "lenient", "backup");
    assertStringIncludes(await succeeds("snapshots"), "2 snapshots");
  });

  test("an interrupted backup is told by its status, and leaves no lock", async ({ folder, succeeds }) => {
    const { child, ended } = startTool(folder, ["-n", "listening", "backup"]);
    let chunks = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        // more than pipes hold: restic has its lock, and reads
        if (chunks++ === 40) child.kill("SIGINT");
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    await endless.pipeTo(child.stdin).catch(() => {}); // nobody reads it any more
    const { code, stdout, stderr } = await ended;
    assertEquals(code, 1, stdout + stderr);
    assertEquals(folder.read("hooks.log"), hooksWith(interrupted));
    assertEquals(locksOf(folder), []);
    assertEquals(folder.read("profile.lock"), undefined);
    assertEquals(await succeeds("-q", "snapshots", "--json"), "[]\n");
  });
}

/** A folder with profiles, an empty repository `first`, and the restic to use. */
interface Site {
  readonly folder: Folder;
  /** Runs the tool and gives its standard output. */
  succeeds(...args: string[]): Promise<string>;
  /** Runs the tool, which must end with 1, and gives all that it shows. */
  fails(...args: string[]): Promise<string>;
  /** Runs restic itself. */
  restic(repository: string, ...args: string[]): Promise<Ended>;
  /** Locks the repository for another machine. */
  lock(age: { readonly hoursAgo: number }): Promise<void>;
}

async function makeSite(folder: Folder, release: string): Promise<Site> {
  const program = await resticOf(release);
  folder.write({ "profiles.yaml": profiles(program) });
  const ended = async (code: number, args: readonly string[]) => {
    const result = await runTool(folder, args);
    assertEquals(result.code, code, result.stdout + result.stderr);
    return result;
  };
  const restic: Site["restic"] = (repository, ...args) =>
    runProgram(program, folder, ["--repo", repository, "--password-file", "password", ...args]);
  const { path } = folder;
  const masterKey = await makeRepository(`${path}/first`, PASSWORD);
  return {
    folder,
    succeeds: async (...args) => (await ended(0, args)).stdout,
    async fails(...args) {
      const { stdout, stderr } = await ended(1, args);
      return stdout + stderr;
    },
    restic,
    async lock({ hoursAgo }) {
      const time = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
      await lockRepository(`${path}/first`, masterKey, { time, hostname: "elsewhere", pid: 1 });
    },
  };
}

function profiles(restic: string): string {
  return `
version: "2"
global:
  restic-binary: ${restic}
profiles:
  default:
    repository: local:first
    password-file: password
    lock: profile.lock
    run-after-fail: echo failed $ERROR_EXIT_CODE >> hooks.log
    run-finally: '[ -z "$ERROR" ] || echo finally $ERROR_EXIT_CODE >> hooks.log'
    backup:
      source: documents
    forget:
      keep-last: 1
    copy:
      repository: local:second
      password-file: password
      initialize: true
  forcing:
    inherit: default
    force-inactive-lock: true
  producer:
    inherit: default
    backup:
      stdin-command: 'head -c 1000000 /dev/zero; exit 3'
  unreadable:
    inherit: default
    backup:
      # a file that can be opened but not read, also by root
      source: [documents, /proc/self/mem]
  lenient:
    inherit: unreadable
    backup:
      no-error-on-warning: true
  monitored:
    inherit: default
    status-file: status.json
    prometheus-save-to-file: metrics.prom
    prometheus-labels:
      my-host: ${JSON.stringify(LABEL)}
  listening:
    inherit: default
    backup:
      stdin: true
`;
}

/** @param expected the outcome, and some of its counters by their names in the status file */
function assertMonitored(folder: Folder, release: string, { success, status, ...counters }: Outcome): void {
  const entry = JSON.parse(folder.read("status.json") ?? "").profiles.monitored.backup;
  const families = parsePrometheus(folder.read("metrics.prom") ?? "");
  const metrics = new Map([...families].map(([name, { samples }]) => [name, samples[0]?.value]));
  for (const { samples, type, help } of families.values()) {
    assertEquals([samples.length, type, help !== ""], [1, "gauge", true]);
    assertEquals([samples[0]?.labels.my_host, samples[0]?.labels.profile], [LABEL, "monitored"]);
  }
  assertEquals([entry.success, metrics.get("resticprofile_backup_status")], [success, status]);
  for (const [counter, count] of Object.entries(counters)) assertEquals(entry[counter], count, counter);
  for (const [counter, metric] of COUNTERS) {
    assertEquals(metrics.get(`resticprofile_backup_${metric}`), entry[counter], counter);
  }
  assertEquals(families.get("restic_build_info")?.samples[0]?.labels.version?.startsWith(`${release}.`), true);
}

interface Outcome {
  readonly success: boolean;
  /** 0 failure, 1 warning, 2 success. */
  readonly status: number;
  readonly [counter: string]: number | boolean;
}

/** Names of the same numbers in status file and metrics. */
const COUNTERS = [
  ["files_new", "files_new"],
  ["files_changed", "files_changed"],
  ["files_unmodified", "files_unmodified"],
  ["dirs_new", "dir_new"],
  ["dirs_changed", "dir_changed"],
  ["dirs_unmodified", "dir_unmodified"],
  ["files_total", "files_processed"],
  ["bytes_total", "processed_bytes"],
  ["bytes_added", "added_bytes"],
  ["bytes_added_packed", "added_bytes_packed"],
] as const;

function hooksWith(exitCode: string): string {
  return HOOKS.replaceAll("$ERROR_EXIT_CODE", exitCode);
}

function locksOf({ path }: Folder): string[] {
  return [...Deno.readDirSync(`${path}/first/locks`)].map(({ name }) => name);
}
