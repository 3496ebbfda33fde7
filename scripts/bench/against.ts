/**
 * Measures this build against another one, in turns and in one run: `deno task bench --against BINARY [--only WORD]`. Each figure is a
 * ratio of minima, below 1 where this build is better; what a machine adds to a run only ever makes it longer.
 */

import { type Folder, makeFolder } from "../../tests/support/folder.ts";
import { startReceiver } from "../../tests/support/receiver.ts";
import { standInRestic } from "../../tests/support/restic.ts";
import { manyProfiles } from "./large_configurations.ts";
import { type Command, type Figure, peakMemory, prepared, TOOL } from "./measure.ts";

interface Row {
  readonly what: string;
  readonly args: readonly string[];
  readonly rounds: number;
  /** The largest good ratio: of wall-clock and CPU time, or of peak memory. */
  readonly limit: { readonly time: number } | { readonly memory: number };
}

const ROWS: readonly Row[] = [
  { what: "`version`", args: ["version"], rounds: 31, limit: { time: 1.05 } },
  { what: "run with a shell and an HTTP hook", args: ["backup"], rounds: 31, limit: { time: 0.8 } },
  { what: "`profiles`, 1000 profiles", args: ["-c", "few.yaml", "profiles"], rounds: 11, limit: { time: 0.6 } },
  {
    what: "run of one of 10000 profiles",
    args: ["-c", "many.yaml", "-n", "p500", "snapshots"],
    rounds: 7,
    limit: { time: 0.75 },
  },
  { what: "`validate`, 10000 profiles", args: ["-c", "many.yaml", "validate"], rounds: 3, limit: { memory: 0.75 } },
];

/** @param other the build to compare with; @param only a part of the names of the rows that are wanted */
export async function figuresAgainst(other: string, only: string): Promise<Figure[]> {
  await using receiver = startReceiver({});
  using folder = makeFolder({
    // a stand-in is asked for its version in each run; restic's own binary only after it has changed
    "profiles.toml": `[global]
restic-version = "0.18.0"

[default]
repository = "local:/repository"

[default.backup]
source = "/documents"
run-before = "true"
send-after = { url = "${receiver.url}/success" }
`,
    "few.yaml": manyProfiles(1_000),
    "many.yaml": `${manyProfiles(10_000)}global: {restic-version: "0.18.0"}\n`,
  });
  standInRestic(folder, {});
  const figures: Figure[] = [];
  for (const row of ROWS.filter(({ what }) => what.includes(only))) {
    figures.push(...await figuresOf(row, other, folder));
  }
  return figures;
}

async function figuresOf({ what, args, rounds, limit }: Row, other: string, folder: Folder): Promise<Figure[]> {
  const both: readonly Command[] = [[TOOL, ...args], [other, ...args]];
  if ("memory" in limit) {
    const [ours, theirs] = await leastOf(rounds, both, async (command) => [await peakMemory(folder, command)]);
    return [{ what: `${what}: peak memory`, value: ours![0]! / theirs![0]!, limit: limit.memory, unit: "×" }];
  }
  const [ours, theirs] = await leastOf(rounds, both, (command) => times(folder, command));
  return ["wall", "CPU"].map((kind, index) => ({
    what: `${what}: ${kind}`,
    value: ours![index]! / theirs![index]!,
    limit: limit.time,
    unit: "×",
  }));
}

/** The least of each measure, for each command; the commands take turns. */
async function leastOf(
  rounds: number,
  commands: readonly Command[],
  measure: (command: Command) => Promise<number[]>,
): Promise<number[][]> {
  const least: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [n, command] of commands.entries()) {
      const found = await measure(command);
      least[n] = found.map((value, index) => Math.min(value, least[n]?.[index] ?? Infinity));
    }
  }
  return least;
}

/** Wall-clock and CPU time in seconds, of the command and its children, as bash's `time` tells them. */
async function times(folder: Folder, command: Command): Promise<number[]> {
  const timed = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const { success, stderr } = await prepared(folder, ["bash", "-c", timed, "bash", ...command]).output();
  if (!success) throw new Error(`Cannot measure "${command.join(" ")}": it fails`);
  const [wall = NaN, user = NaN, system = NaN] = new TextDecoder().decode(stderr).trim().split(" ").map(Number);
  return [wall, user + system];
}
