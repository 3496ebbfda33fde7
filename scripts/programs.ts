/** Running programs from the scripts of the workshop, and where those keep what they fetched. */

import { fileURLToPath } from "node:url";

/** The project's folder, without a slash at its end. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).slice(0, -1);

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the project's folder and keeps its output. */
export async function outcome(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const command = new Deno.Command(program, { args: [...args], env: { ...env }, cwd: ROOT, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/**
 * Standard output of a program that has to succeed, without the space around it.
 *
 * @throws {Error} with the program's standard error when it fails
 */
export async function captured(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await outcome(program, args, env);
  if (code !== 0) throw new Error(`Cannot run "${program} ${args.join(" ")}": exit status ${code}\n${stderr.trim()}`);
  return stdout.trim();
}

/** Folder for what the scripts fetch, made if need be; `scripts/deno` and `scripts/restic` keep theirs in the same. */
export function cacheFolder(): string {
  const folder = `${Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME")}/.cache`}/resticprofile-build`;
  Deno.mkdirSync(folder, { recursive: true });
  return folder;
}

/** Folder where Deno keeps its packages; a program that gets another HOME needs it as DENO_DIR. */
export async function denoDir(): Promise<string> {
  return JSON.parse(await captured(Deno.execPath(), ["info", "--json"])).denoDir;
}
