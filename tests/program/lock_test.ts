/** The tool's lock under real processes: races, and what a killed run leaves behind. */

import { assertEquals } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { startReceiver } from "../support/receiver.ts";
import { standInRestic } from "../support/restic.ts";
import { runTool } from "../support/tool.ts";

const CONTENDERS = 50;
/** The test command asks for fewer of the source, which takes longer to start and has the same lock. */
const ROUNDS = Number(Deno.env.get("RESTICPROFILE_TEST_ROUNDS") ?? 20);

/** Nobody may be inside while another one is: the folder can be made by one only. */
const ALONE = `mkdir inside || echo two at once >> broken
echo one >> entered
rmdir inside`;

Deno.test(`lock: of ${CONTENDERS} runs at once one goes at a time, ${ROUNDS} rounds, dead locks in their way`, async () => {
  using folder = makeFolder({
    "profiles.toml": `
[default]
lock = "default.lock"
force-inactive-lock = true
[default.check]
run-before = "sh alone.sh"
`,
    "alone.sh": ALONE,
  });
  standInRestic(folder, { check: { run: ":" } });
  for (let round = 0; round < ROUNDS; round++) {
    // left by a run that was killed: everybody finds it, one may take it over
    folder.write({ "default.lock": `root on Monday, 01-Jan-24 00:00:00 UTC from ${Deno.hostname()}\n999999` });
    const before = lines(folder, "entered");
    const ended = await Promise.all(
      Array.from({ length: CONTENDERS }, () => runTool(folder, ["-q", "check"])),
    );
    const succeeded = ended.filter(({ code }) => code === 0).length;
    assertEquals(folder.read("broken"), undefined);
    assertEquals(lines(folder, "entered") - before, succeeded, "each run that succeeded was inside once");
    assertEquals(succeeded > 0, true, "somebody has to win");
    assertEquals(leftovers(folder), [], "all locks are gone");
  }
});

/** Where a run is killed: by what runs at that moment, with its parent's number. */
const STEPS = [
  "run-before",
  "init",
  "send-before",
  "section run-before",
  "check-before",
  "backup",
  "forget",
  "section run-after",
  "run-after",
] as const;

for (const step of STEPS) {
  Deno.test(`lock: a run that is killed during ${step} does not keep the next one from running`, async () => {
    let tool = 0;
    await using receiver = startReceiver({}, {
      onRequest: ({ target }) => {
        if (target === "/before" && tool > 0) Deno.kill(tool, "SIGKILL");
      },
    });
    using folder = makeFolder(profileKilledIn(step, receiver.url));
    const dies = (name: string) => ({ run: step === name ? "kill -KILL $PPID" : ":" });
    standInRestic(folder, {
      init: dies("init"),
      check: dies("check-before"),
      backup: dies("backup"),
      forget: dies("forget"),
    });
    const watch = step === "send-before"
      ? whenWritten(`${folder.path}/parent`, (text) => tool = Number(text))
      : undefined;
    const killed = await runTool(folder, ["backup"]);
    await watch;
    tool = 0;
    assertEquals(killed.code, 137, killed.stdout + killed.stderr);
    assertEquals(folder.read("default.lock") !== undefined, true, "the killed run left its lock");
    folder.write(profileKilledIn(undefined, receiver.url));
    standInRestic(folder);
    const next = await runTool(folder, ["backup"]);
    assertEquals(next.code, 0, next.stdout + next.stderr);
    assertEquals(leftovers(folder), []);
  });
}

function profileKilledIn(step: typeof STEPS[number] | undefined, receiver: string): Record<string, string> {
  const hook = (name: typeof STEPS[number]) => `"${step === name ? "kill -KILL $PPID" : "true"}"`;
  // the shell of the first hook tells the number of the tool before a receiver needs it
  const first = step === "run-before" ? hook(step) : '"echo $PPID > parent"';
  return {
    "profiles.toml": `
[default]
lock = "default.lock"
force-inactive-lock = true
initialize = true
run-before = ${first}
run-after = ${hook("run-after")}
[default.backup]
source = "/source"
check-before = true
run-before = ${hook("section run-before")}
run-after = ${hook("section run-after")}
send-before = { url = "${receiver}/before" }
[default.retention]
after-backup = true
keep-last = 1
`,
  };
}

async function whenWritten(path: string, read: (text: string) => void): Promise<void> {
  const watcher = Deno.watchFs(path.slice(0, path.lastIndexOf("/")));
  for await (const _change of watcher) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (!text.endsWith("\n")) continue;
    read(text);
    return watcher.close();
  }
}

function lines(folder: Folder, name: string): number {
  return (folder.read(name) ?? "").split("\n").length - 1;
}

function leftovers({ path }: Folder): string[] {
  return [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) => name.startsWith("default.lock"));
}
