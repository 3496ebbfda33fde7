/**
 * SIGKILL at every step of a run, for the tool, for what it runs at that moment, or for both. All steps write down their name; the one whose
 * number stands in the file `deadly` kills. Whatever was killed, the next run has to go through.
 */

import { assertEquals } from "@std/assert";
import { type Folder, makeFolder } from "../support/folder.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { standInRestic } from "../support/restic.ts";
import { type Ended, runTool } from "../support/tool.ts";

const BEFORE = ["run-before", "init", "send-before", "section-run-before", "check", "forget", "backup"];
const FINALLY = ["section-run-finally", "run-finally", "send-finally"];
const GOOD_RUN = [...BEFORE, "forget", "check", "section-run-after", "send-after", "run-after", ...FINALLY];
const FAILED_RUN = [...BEFORE, "send-after-fail", "section-run-after-fail", "run-after-fail", ...FINALLY];

/** Steps that may die: the run goes on, and succeeds. */
const HARMLESS = ["init", "section-run-finally", "run-finally"];

/** As the shell of a step knows them. */
const TOOL = "$PPID";
const ITSELF = "$$";

/** Arguments: the step's name, its exit status. */
const stepScript = (victims: string) =>
  `echo "$1" >> steps
[ "$(wc -l < steps)" != "$(cat deadly)" ] || kill -KILL ${victims}
exit "\${2:-0}"
`;

for (const [order, result] of [[GOOD_RUN, 0], [FAILED_RUN, 1]] as const) {
  const steps = order.map((name, index) => ({ name, index })).slice(result === 0 ? 0 : BEFORE.length);
  for (const { name, index } of steps) {
    const where = `at ${name}, step ${index + 1} of a run that ${result === 0 ? "succeeds" : "fails"}`;

    const isProcess = !name.startsWith("send-");
    const deaths = [
      ["the tool", TOOL],
      ...isProcess ? [["tool and process", `${TOOL} ${ITSELF}`] as const] : [],
    ] as const;
    for (const [who, victims] of deaths) {
      Deno.test(`killed: ${who} ${where}`, async () => {
        await using site = makeSite(result, index, victims);
        assertEquals((await site.backup()).code, 137);
        assertEquals(site.steps(), order.slice(0, index + 1));
        assertEquals(site.locks(), ["default.lock"]);
        await assertGoesThrough(site, result, order);
      });
    }

    if (!isProcess) continue;
    Deno.test(`killed: the process ${where}`, async () => {
      await using site = makeSite(result, index, ITSELF);
      const { code, stdout, stderr } = await site.backup();
      assertEquals(code, HARMLESS.includes(name) ? result : 1, stdout + stderr);
      assertEquals(site.steps().slice(-FINALLY.length), FINALLY);
      assertEquals(site.locks(), []);
      await assertGoesThrough(site, result, order);
    });
  }
}

interface Site extends AsyncDisposable {
  backup(): Promise<Ended>;
  /** Names of the steps so far. */
  steps(): string[];
  locks(): string[];
  /** From now on nothing is killed. */
  makeSafe(): void;
}

/**
 * @param backupStatus what restic's backup ends with
 * @param deadly counts from 0
 */
function makeSite(backupStatus: number, deadly: number, victims: string): Site {
  const folder = makeFolder({ "step.sh": stepScript(victims), "deadly": `${deadly + 1}` });
  const steps = () => (folder.read("steps") ?? "").split("\n").slice(0, -1);
  const receiver = startReceiver({}, {
    onRequest({ target }) {
      Deno.writeTextFileSync(`${folder.path}/steps`, `${target.slice(1)}\n`, { append: true });
      if (steps().length === Number(folder.read("deadly"))) Deno.kill(lockOwner(folder), "SIGKILL");
    },
  });
  const step = (name: string, status = 0) => ({ run: `exec sh step.sh ${name} ${status}` });
  folder.write({ "profiles.toml": profiles(receiver) });
  standInRestic(folder, {
    init: step("init"),
    check: step("check"),
    forget: step("forget"),
    backup: step("backup", backupStatus),
  });
  return {
    steps,
    backup: () => runTool(folder, ["backup"]),
    locks: () => [...Deno.readDirSync(folder.path)].map(({ name }) => name).filter((name) => name.includes(".lock")),
    makeSafe: () => folder.write({ "deadly": "0", "steps": "" }),
    async [Symbol.asyncDispose]() {
      await receiver[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

async function assertGoesThrough(site: Site, result: number, order: readonly string[]): Promise<void> {
  site.makeSafe();
  const { code, stdout, stderr } = await site.backup();
  assertEquals(code, result, stdout + stderr);
  assertEquals(site.steps(), order);
  assertEquals(site.locks(), []);
}

/** The first process in the lock file is the tool. */
function lockOwner(folder: Folder): number {
  return Number(/^\d+$/m.exec(folder.read("default.lock") ?? "")?.[0]);
}

function profiles({ url }: Receiver): string {
  const shell = (prefix = "") =>
    ["run-before", "run-after", "run-after-fail", "run-finally"]
      .map((name) => `${name} = "exec sh step.sh ${prefix}${name}"`).join("\n");
  const http = ["send-before", "send-after", "send-after-fail", "send-finally"]
    .map((name) => `${name} = { url = "${url}/${name}" }`).join("\n");
  return `
[default]
lock = "default.lock"
force-inactive-lock = true
initialize = true
${shell()}
[default.backup]
source = "/source"
check-before = true
check-after = true
${shell("section-")}
${http}
[default.retention]
before-backup = true
after-backup = true
keep-last = 1
`;
}
