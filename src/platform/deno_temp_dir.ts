/**
 * The private folder for temporary files. Its name tells whose it is, so that a later run can remove what a killed one has
 * left: a repository's URL may be in there, with its password.
 */
import { signalProcess } from "./deno_signals.ts";
import { parseProcessStat } from "./process_stat.ts";
import { FileError } from "./world.ts";

const WINDOWS = Deno.build.os === "windows";
const PREFIX = "resticprofile-";
const NAME = /^resticprofile-(\d+)(?:\.(\d+)\.(\d+))?-[^-]+$/;

/**
 * A new folder that no other user may enter. Containers have a read-only root and no `TMPDIR` more often than not: every
 * place that may be writable is tried.
 *
 * @throws {FileError} when none is
 */
export function makeTempDir(env: Readonly<Record<string, string>>): string {
  const home = env.HOME ? `${env.HOME}/${Deno.build.os === "darwin" ? "Library/Caches" : ".cache"}` : undefined;
  const places = WINDOWS ? [undefined] : [env.TMPDIR, "/tmp", "/dev/shm", env.XDG_CACHE_HOME, home].filter(Boolean);
  for (const dir of places) {
    try {
      const prefix = `${PREFIX}${ownerOf(Deno.pid)}-`;
      const path = Deno.makeTempDirSync({ prefix, ...(dir === undefined ? {} : { dir }) });
      unlessRefused(() => removeLeftovers(path));
      return path;
    } catch {
      continue;
    }
  }
  throw new FileError(
    "denied",
    env.TMPDIR ?? "/tmp",
    `no place for temporary files: none of ${places.join(", ")} is writable; set TMPDIR to a folder that is`,
  );
}

/**
 * A process, by what tells it from others of the same number: when it started, and in which container (others may share
 * the folder, and have other processes).
 */
function ownerOf(pid: number): string {
  return [pid, startOf(pid), namespaceOf(pid)].filter(Boolean).join(".");
}

/** Numbers mean processes within it only. */
function namespaceOf(pid: number): string | undefined {
  return unlessRefused(() => /\d+/.exec(Deno.readLinkSync(`/proc/${pid}/ns/pid`))?.[0]);
}

/** Undefined where the system does not tell, and when there is no such process. */
function startOf(pid: number): string | undefined {
  return unlessRefused(() => parseProcessStat(Deno.readTextFileSync(`/proc/${pid}/stat`)).started || undefined);
}

/** Folders beside this one, of the same user, whose process is no more. */
function removeLeftovers(path: string): void {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const parent = path.slice(0, end);
  const { uid } = Deno.lstatSync(path);
  const namespace = namespaceOf(Deno.pid);
  for (const { name } of Deno.readDirSync(parent)) {
    const [, pid, started, home] = NAME.exec(name) ?? [];
    if (pid === undefined || home !== namespace || isAlive(Number(pid), started)) continue;
    unlessRefused(() => {
      const info = Deno.lstatSync(`${parent}${name}`); // a link is not a folder
      if (info.isDirectory && info.uid === uid) Deno.removeSync(`${parent}${name}`, { recursive: true });
    });
  }
}

function isAlive(pid: number, started: string | undefined): boolean {
  return signalProcess(pid, undefined) && startOf(pid) === started;
}

function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
