/** Measures what the tool adds to restic: to a short run, to gigabytes that pass, to a flood of messages that it reads. */

import { type Folder, makeFolder } from "../../tests/support/folder.ts";
import { standInRestic } from "../../tests/support/restic.ts";
import { type Command, type Figure, medians, peakMemory, prepared, seconds, TOOL } from "./measure.ts";
import { captured } from "../programs.ts";

const BYTES = 2_000_000_000;
const MESSAGES = 1_000_000;
/** Of the tool, whatever passes through it. */
const MEMORY_MB = 80;

/** @returns figures of the compiled program, which is there already */
export async function resticFigures(restic: string): Promise<Figure[]> {
  using folder = makeFolder({ "password": "correct horse", "disk.img": "" });
  const { path } = folder;
  folder.write({
    "profiles.toml": `
version = "2"

[global]
restic-binary = "${restic}"

[profiles.default]
repository = "local:${path}/repository"
password-file = "${path}/password"
`,
  });
  await Deno.truncate(`${path}/disk.img`, BYTES);
  const access = [`--repo=${path}/repository`, `--password-file=${path}/password`];
  await captured(restic, ["init", ...access], { HOME: path });
  await captured(restic, ["backup", ...access, `${path}/disk.img`], { HOME: path });
  const alone = (command: string, ...args: string[]): Command => [restic, command, ...access, ...args];
  return [
    await shortRun(folder, alone),
    await dump(folder, alone),
    ...await standardInput(folder, alone),
    ...await messages(),
  ];
}

type Alone = (command: string, ...args: string[]) => Command;

/** The tool asks restic for its version before it runs it. */
async function shortRun(folder: Folder, alone: Alone): Promise<Figure> {
  const [asked = 0, direct = 0, through = 0] = await medians(folder, 21, [
    alone("version"),
    alone("snapshots"),
    [TOOL, "snapshots"],
  ]);
  const what = "`snapshots`, beyond restic alone and its `version`";
  return { what, value: through - direct - asked, limit: 0.02, unit: "s" };
}

async function dump(folder: Folder, alone: Alone): Promise<Figure> {
  const image = `${folder.path}/disk.img`;
  const counted = `"$@" | wc -c | grep -qx ${BYTES}`;
  const pipe = (command: Command): Command => ["sh", "-c", counted, "sh", ...command];
  const [direct = 0, through = 0] = await medians(folder, 5, [
    pipe(alone("dump", "latest", image)),
    pipe([TOOL, "dump", "latest", image]),
  ]);
  return { what: "`dump` of 2 GB into a pipe, against restic alone", value: through / direct, limit: 1.1, unit: "×" };
}

async function standardInput(folder: Folder, alone: Alone): Promise<Figure[]> {
  const fed = (command: Command): Command => ["sh", "-c", 'exec "$@" < disk.img', "sh", ...command];
  const through = fed([TOOL, "backup", "--stdin"]);
  const [direct = 0, value = 0] = await medians(folder, 3, [fed(alone("backup", "--stdin")), through]);
  return [
    { what: "`backup --stdin` of 2 GB, against restic alone", value: value / direct, limit: 1.1, unit: "×" },
    { what: "peak memory of that", value: await peakMemory(folder, through), limit: MEMORY_MB, unit: "MB" },
  ];
}

/** From a stand-in, since restic would need a million files; so it writes as fast as it can, which restic never does. */
async function messages(): Promise<Figure[]> {
  using folder = makeFolder({
    "profiles.toml": `
version = "2"

[profiles.default]
repository = "local:/repository"
prometheus-save-to-file = "metrics.prom"

[profiles.default.backup]
source = "/documents"
extended-status = true
`,
  });
  const message = String
    .raw`{\"message_type\":\"verbose_status\",\"action\":\"new\",\"item\":\"/documents/%d.txt\",\"data_size\":%d}\n`;
  standInRestic(folder, {
    backup: { run: `exec awk 'BEGIN { for (n = 0; n < ${MESSAGES}; n++) printf "${message}", n, n }'` },
  });
  const read: Command = [TOOL, "backup"];
  const into: Command = ["sh", "-c", "restic backup | cat > /dev/null"];
  const ratios: number[] = [];
  for (let round = 0; round < 5; round++) {
    const direct = await seconds(folder, into);
    await prepared(folder, read).output();
    ratios.push(toldDuration(folder) / direct);
  }
  const what = `a backup that writes ${MESSAGES} messages with extended-status, against a pipe to \`cat\``;
  return [
    { what, value: ratios.sort((a, b) => a - b)[2]!, limit: 1.05, unit: "×" },
    { what: "peak memory of that", value: await peakMemory(folder, read), limit: MEMORY_MB, unit: "MB" },
  ];
}

/** Seconds that restic itself took in the last run: the start of the tool slows nothing that restic does. */
function toldDuration(folder: Folder): number {
  return Number(/^resticprofile_backup_duration_seconds\{.*\} (.+)$/m.exec(folder.read("metrics.prom") ?? "")?.[1]);
}
