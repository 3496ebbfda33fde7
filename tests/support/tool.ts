/**
 * Runs the tool as its users do: a program with arguments, environment and standard input.
 *
 * RESTICPROFILE_TEST_TOOL is the program to test: `deno task test` runs all program-level tests with the compiled binary, and a few with
 * the source. Without it the source is taken.
 */

import { existsSync } from "node:fs";
import type { Folder } from "./folder.ts";

const SOURCE = new URL("../../src/main.ts", import.meta.url).pathname;
const [PROGRAM = "", ...LEADING_ARGS] = programToTest();
/** Becomes the program behind it, in a process group that other tests have no part in; by its path, for tests have a PATH of their own. */
const ALONE = onPath("setsid");

export interface Launch {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Sends a signal to the tool as soon as the file exists in the folder: a hook or the stand-in restic can say "now" so. */
  readonly kill?: { readonly signal: Deno.Signal; readonly whenFile: string };
  /** Program and arguments that stand before the tool and start it, such as `nice`. */
  readonly through?: readonly string[];
}

export interface Ended {
  /** Exit status; 128 + N after a death by signal N. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that a test watches and signals while it runs; its standard input stays open. */
export interface Running {
  readonly child: Deno.ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Runs the tool in a folder that is also its HOME; programs of the folder's `bin/` come first on its PATH. */
export function runTool(folder: Folder, args: readonly string[], launch: Launch = {}): Promise<Ended> {
  const leading = [...launch.through ?? [], PROGRAM, ...LEADING_ARGS];
  return runProgram(ALONE, folder, [...leading, ...args], launch);
}

/** Starts the tool as `runTool` does. */
export function startTool(folder: Folder, args: readonly string[], through: Launch["through"] = []): Running {
  return start(ALONE, folder, [...through, PROGRAM, ...LEADING_ARGS, ...args]);
}

/** Runs any program as `runTool` runs the tool. */
export async function runProgram(
  program: string,
  folder: Folder,
  args: readonly string[],
  launch: Launch = {},
): Promise<Ended> {
  const { child, ended } = start(program, folder, args, launch.env);
  const fed = feed(child.stdin, launch.stdin ?? "");
  if (launch.kill !== undefined) {
    await killWhenThere(child, `${folder.path}/${launch.kill.whenFile}`, launch.kill.signal);
  }
  await fed;
  return ended;
}

function start(program: string, folder: Folder, args: readonly string[], env: Launch["env"] = {}): Running {
  const child = new Deno.Command(program, {
    args: [...args],
    cwd: folder.path,
    env: { ...cleanEnvironment(folder), ...env },
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // `child.output()` would close the standard input
  const ended = Promise.all([child.status, new Response(child.stdout).text(), new Response(child.stderr).text()])
    .then(([{ code }, stdout, stderr]) => ({ code, stdout, stderr }));
  return { child, ended };
}

/** @returns the name alone when there is no such program, so that whoever starts it says so */
function onPath(name: string): string {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? name;
}

function programToTest(): string[] {
  const tool = Deno.env.get("RESTICPROFILE_TEST_TOOL");
  return tool === undefined ? [Deno.execPath(), "run", "-A", "--no-check", SOURCE] : [tool];
}

function cleanEnvironment({ path }: Folder): Record<string, string> {
  const home = Deno.env.get("HOME") ?? "";
  return {
    PATH: `${path}/bin:${Deno.env.get("PATH") ?? ""}`,
    HOME: path,
    TZ: "UTC",
    LANG: "C.UTF-8",
    // the packages of the source stand where the real HOME has them
    DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("XDG_CACHE_HOME") ?? `${home}/.cache`}/deno`,
  };
}

/** The tool may end without having read everything. */
async function feed(stdin: WritableStream<Uint8Array>, text: string): Promise<void> {
  await new Response(text).body?.pipeTo(stdin).catch(() => {});
}

/** Sends the signal once the file is there; returns when the program has ended, with or without it. */
async function killWhenThere(child: Deno.ChildProcess, path: string, signal: Deno.Signal): Promise<void> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const watcher = Deno.watchFs(folder);
  const closed = child.status.then(() => watcher.close());
  let sent = false;
  const killOnce = () => {
    if (sent || !Deno.readDirSync(folder).some(({ name }) => path === `${folder}/${name}`)) return;
    sent = true;
    child.kill(signal);
  };
  killOnce();
  for await (const _change of watcher) killOnce();
  await closed;
}
