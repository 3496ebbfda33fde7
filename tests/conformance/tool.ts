/** The tool under test: starting it as a user would, with nothing of this process's environment. */

import type { Step } from "./case.ts";

export interface Ended {
  /** Exit status; 128 + N after a death by signal N, as a shell tells it; -1 if it could not be started. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LaunchOptions {
  /** Program and arguments. */
  readonly tool: readonly string[];
  readonly dir: string;
  /** Seconds until it is killed. */
  readonly limit: number;
  readonly fill: (text: string) => string;
}

export async function launch(step: Step, options: LaunchOptions): Promise<Ended> {
  let child;
  try {
    child = start(step, options);
  } catch (error) {
    return { code: -1, stdout: "", stderr: String(error) };
  }
  const remarks: string[] = [];
  const stop = (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch { /* it has ended */ }
  };
  const expire = () => {
    remarks.push(`stopped after ${options.limit} s`);
    stop("SIGKILL");
  };
  const timers = [setTimeout(expire, options.limit * 1000)];
  if (step.kill) timers.push(setTimeout(stop, step.kill.after * 1000, step.kill.signal));
  const fed = feed(child.stdin, options.fill(step.stdin ?? ""));
  const [stdout, stderr, { code, signal }] = await Promise.all([text(child.stdout), text(child.stderr), child.status]);
  timers.forEach(clearTimeout);
  await fed;
  if (signal) remarks.push(`died of ${signal}`);
  return { code, stdout, stderr: stderr + remarks.map((remark) => `\n[runner: ${remark}]\n`).join("") };
}

function start(step: Step, { tool, dir, fill }: LaunchOptions): Deno.ChildProcess {
  const [program, ...args] = [...hiding(step), ...tool, ...(step.args ?? []).map(fill)];
  return new Deno.Command(program!, {
    args,
    cwd: step.cwd ? `${dir}/${step.cwd}` : dir,
    env: environment(step, dir, fill),
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function environment({ env = {} }: Step, dir: string, fill: (text: string) => string): Record<string, string> {
  const packages = Deno.env.get("DENO_DIR"); // a tool that is run from source has its packages there
  return {
    PATH: `${dir}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    HOME: `${dir}/home`,
    TMPDIR: `${dir}/tmp`,
    USER: "tester",
    LOGNAME: "tester",
    SHELL: "/bin/sh",
    TZ: "UTC",
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...(packages ? { DENO_DIR: packages } : {}),
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)])),
  };
}

/** Where the tool looks for restic besides the PATH. */
const INSTALLED = ["/usr/bin/restic", "/usr/local/bin/restic"];

/**
 * A case that empties the PATH wants a machine without restic; the tool also looks where systems install it. Where there is one, it is
 * hidden from the tool in a mount namespace.
 *
 * @returns the program that does, and its arguments
 */
function hiding({ env }: Step): string[] {
  if (env?.PATH === undefined || env.PATH.includes("bin")) return [];
  const installed = INSTALLED.filter(isFile);
  if (installed.length === 0) return [];
  const mounts = installed.map((path) => `/bin/mount --bind /dev/null ${path}`).join(" && ");
  return ["/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c", `${mounts} && exec "$@"`, "sh"];
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** The tool may end without having read everything. */
async function feed(stdin: WritableStream<Uint8Array>, input: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch { /* nobody reads it */ }
}

async function text(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

/**
 * Whether the tool can verify a server whose own certificate is given as its authority. One that runs on a Deno before 2.9 cannot: it
 * sends nothing, and has to print the remedy. Tools on something else can.
 */
export async function verifiesOwnAuthorities([program = "", ...args]: readonly string[]): Promise<boolean> {
  const { stdout } = await new Deno.Command(program, { args: [...args, "version", "--verbose"] }).output();
  const [, major, minor] = /\bdeno(\d+)\.(\d+)\./.exec(new TextDecoder().decode(stdout)) ?? [];
  return major !== "2" || Number(minor) >= 9;
}
