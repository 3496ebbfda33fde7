/** How the bench measures: seconds of commands that take turns, peaks of memory, and the table of what came out. */

import type { Folder } from "../../tests/support/folder.ts";
import { ROOT } from "../programs.ts";

export interface Figure {
  readonly what: string;
  readonly value: number;
  /** The most that is good. */
  readonly limit: number;
  readonly unit: "×" | "s" | "MB";
}

/** A command line, started in a folder of the bench with the stand-in restic first on its PATH. */
export type Command = readonly [program: string, ...args: string[]];

/** The compiled program. */
export const TOOL = `${ROOT}/dist/resticprofile`;

/** A command that is ready to be started. */
export function prepared(folder: Folder, [program, ...args]: Command): Deno.Command {
  const env = { HOME: folder.path, PATH: `${folder.path}/bin:${Deno.env.get("PATH")}` };
  return new Deno.Command(program, { args, cwd: folder.path, env, stdin: "null", stdout: "piped", stderr: "piped" });
}

/** @throws {Error} when the command fails */
export async function seconds(folder: Folder, command: Command): Promise<number> {
  const start = performance.now();
  const { success, stderr } = await prepared(folder, command).output();
  if (!success) throw new Error(`Cannot measure "${command.join(" ")}": ${new TextDecoder().decode(stderr)}`);
  return (performance.now() - start) / 1000;
}

/** Median seconds of each command. They take turns, so that a slow moment of the machine meets them all. */
export async function medians(folder: Folder, rounds: number, commands: readonly Command[]): Promise<number[]> {
  const taken: number[][] = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [n, command] of commands.entries()) taken[n]!.push(await seconds(folder, command));
  }
  return taken.map((times) => times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!);
}

/** Peak resident memory in MB. The kernel forgets it with the process, so it is asked until that ends. */
export async function peakMemory(folder: Folder, command: Command): Promise<number> {
  const child = prepared(folder, command).spawn();
  const ended = child.output().then(() => true);
  let peak = 0;
  do peak = Math.max(peak, highWaterMark(child.pid)); while (!await Promise.race([ended, after(5)]));
  return peak;
}

function after(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}

/** In MB; 0 for a process that has ended. */
function highWaterMark(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024 / 1e6;
  } catch {
    return 0;
  }
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, limit, unit }) =>
    `| ${what} | ${shown(value, unit)} | ≤ ${shown(limit, unit)} |`
  );
  return ["| what | measured | goal |", "|---|---|---|", ...rows].join("\n");
}

function shown(value: number, unit: Figure["unit"]): string {
  return `${value.toFixed(unit === "MB" ? 1 : 2)} ${unit}`;
}
