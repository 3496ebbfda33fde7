/** Where the tool is, and where it was started. */
import { cleanPath } from "../model/path.ts";

type Environment = Readonly<Record<string, string>>;

const WINDOWS = Deno.build.os === "windows";

/**
 * `$PWD` if it is absolute and names the same folder (people know a folder by the link they went through), else the real path.
 * It has no `..`, unless a link makes another folder of it. Undefined if its name is not UTF-8: there is no other.
 */
export function startFolder(env: Environment): string | undefined {
  const given = env.PWD ?? "";
  const clean = given.startsWith("/") ? cleanPath(given) : given;
  const shown = sameFolder(clean, given) ? clean : given;
  const absolute = shown.startsWith("/") && !WINDOWS;
  try {
    const real = Deno.cwd();
    return absolute && sameFolder(shown, real) ? shown : real;
  } catch (error) {
    if (error instanceof Deno.errors.InvalidData) return absolute && sameFolder(shown, ".") ? shown : undefined;
    return absolute ? shown : "/"; // the folder was removed: files in it will not be found, by a name that the user knows
  }
}

function sameFolder(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    const [a, b] = [Deno.statSync(one), Deno.statSync(other)];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

/** The program's own path; on Linux by the name it was called, so that a link outlives an update of what it points to. */
export function executablePath(env: Environment, startDir: string): string {
  const real = Deno.execPath();
  if (Deno.build.os !== "linux") return real;
  try {
    const called = Deno.readTextFileSync("/proc/self/cmdline").split("\0", 1)[0] ?? "";
    const folders = called.includes("/") ? [startDir] : (env.PATH ?? "").split(":");
    const candidates = called.startsWith("/") ? [called] : folders.map((folder) => `${folder}/${called}`);
    return candidates.find((path) => realPath(path) === real) ?? real;
  } catch {
    return real;
  }
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}
