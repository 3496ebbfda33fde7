/** Children: found on the PATH that they will have themselves, started directly, without a shell. */
import { denoFiles, systemReason } from "./deno_files.ts";
import { type Child, type ChildCommand, type Signal, SpawnError } from "./world.ts";

const WINDOWS = Deno.build.os === "windows";

/** @throws {SpawnError} */
export function spawnChild(command: ChildCommand): Child {
  const { args, cwd, env, stdin, stdout, stderr, nice } = command;
  const priorities = nice === undefined ? undefined : process.getBuiltinModule("node:os"); // before: the child must not wait
  let child: Deno.ChildProcess;
  try {
    const options = { args: [...args], cwd, env: { ...env }, clearEnv: WINDOWS, stdin, stdout, stderr };
    child = withoutOthers(env, () => new Deno.Command(findProgram(command), options).spawn());
  } catch (error) {
    throw error instanceof SpawnError ? error : new SpawnError(command.program, spawnReason(error, command));
  }
  running.add(child);
  const status = child.status.then(({ code, signal }) => {
    running.delete(child);
    return { code, signal: signal ?? undefined };
  });
  const niceProblem = priorities && attemptNice(child.pid, nice ?? 0, priorities.setPriority);
  return {
    pid: child.pid,
    stdin: stdin === "piped" ? child.stdin : undefined,
    stdout: stdout === "piped" ? child.stdout : undefined,
    stderr: stderr === "piped" ? child.stderr : undefined,
    status,
    niceProblem,
    kill: (signal) => kill(child, signal),
  };
}

/**
 * Starts a child whose environment is the given one, and what this program cannot read of its own: Deno leaves out variables whose
 * bytes are not UTF-8, so the child inherits, and everything else that it must not have is away while it starts.
 */
function withoutOthers(env: ChildCommand["env"], start: () => Deno.ChildProcess): Deno.ChildProcess {
  if (WINDOWS) return start(); // its variables are always text
  const others = Object.entries(Deno.env.toObject()).filter(([name]) => !Object.hasOwn(env, name));
  for (const [name] of others) Deno.env.delete(name);
  try {
    return start();
  } finally {
    for (const [name, value] of others) Deno.env.set(name, value);
  }
}

const running = new Set<Deno.ChildProcess>();

/** Those that are still running: something broke. */
export function killChildren(): void {
  for (const child of running) kill(child, "SIGKILL");
}

function kill(child: Deno.ChildProcess, signal: Signal): void {
  try {
    child.kill(signal);
  } catch {
    return; // it has ended
  }
}

function findProgram({ program, cwd, env }: ChildCommand): string {
  if (WINDOWS || program.startsWith("/")) return program;
  if (program.includes("/")) return `${cwd}/${program}`;
  const folders = (env.PATH ?? "").split(":").filter(Boolean);
  const found = folders.map((folder) => `${folder}/${program}`).find(denoFiles.isExecutable);
  if (found === undefined) throw new SpawnError(program, "not found on the PATH");
  return found;
}

function spawnReason(error: unknown, { cwd }: ChildCommand): string {
  if (denoFiles.stat(cwd)?.kind !== "directory") return `no such folder "${cwd}"`;
  if (error instanceof Deno.errors.NotFound) return "no such file or directory";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  return systemReason(error);
}

/** @returns why it cannot be done */
function attemptNice(
  pid: number,
  nice: number,
  setPriority: (pid: number, nice: number) => void,
): string | undefined {
  try {
    let known = 0;
    for (let threads = [pid]; threads.length > known; threads = threadsOf(pid)) {
      for (const thread of threads.slice(known)) setPriority(thread, nice);
      known = threads.length;
    }
    return undefined;
  } catch (error) {
    if (/ESRCH|not found|no such process/i.test(String(error))) return undefined; // it has ended
    return /EACCES|EPERM|denied|permitted/i.test(String(error)) ? "permission denied" : systemReason(error);
  }
}

/** Linux has a niceness for each thread; those started before it was set would keep the old one. */
function threadsOf(pid: number): number[] {
  try {
    return Array.from(Deno.readDirSync(`/proc/${pid}/task`), (entry) => Number(entry.name)).sort((a, b) => a - b);
  } catch {
    return [];
  }
}
