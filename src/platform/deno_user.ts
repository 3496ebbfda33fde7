/** Users and their home folders. Files of the system answer faster than `node:os`, which is asked for the rest. */
import type { Account } from "./world.ts";

const WINDOWS = Deno.build.os === "windows";

/** Name of the account, whatever `$USER` says. */
export function userNameOfProcess(): string | undefined {
  const uid = WINDOWS ? null : Deno.uid();
  const entry = accounts().find(([, , id]) => id === String(uid));
  if (entry) return entry[0];
  try {
    return process.getBuiltinModule("node:os").userInfo().username;
  } catch {
    return undefined; // a container's user number without an account
  }
}

/** Of the process: `$HOME` (Windows: `%USERPROFILE%`), else what the account says; of others: what the account says. */
export function homeDirOf(user: string | undefined, env: Readonly<Record<string, string>>): string | undefined {
  if (user !== undefined) return accounts().find(([name]) => name === user)?.[5] ?? homeBesideOthers(user);
  const own = WINDOWS ? env.USERPROFILE : env.HOME;
  if (own) return own;
  const uid = WINDOWS ? null : String(Deno.uid());
  return accounts().find(([, , id]) => id === uid)?.[5];
}

/** Of the process, or of another user by number. */
export function accountOf(uid: number | undefined): Account | undefined {
  if (WINDOWS) return undefined;
  const wanted = uid ?? Deno.uid()!;
  const [name, , , gid, , home] = accounts().find(([, , id]) => id === String(wanted)) ?? [];
  if (name !== undefined && home !== undefined) return { name, uid: wanted, gid: Number(gid), home };
  return wanted === Deno.uid() ? accountOfProcess() : undefined;
}

/** From services of the system, as on macOS. */
function accountOfProcess(): Account | undefined {
  try {
    const { username, uid, gid, homedir } = process.getBuiltinModule("node:os").userInfo();
    return { name: username, uid, gid, home: homedir };
  } catch {
    return undefined; // a container's user number without an account
  }
}

/** Lines of /etc/passwd: name, password, user number, group number, comment, home, shell. */
function accounts(): string[][] {
  try {
    return Deno.readTextFileSync("/etc/passwd").split("\n").map((line) => line.split(":"));
  } catch {
    return [];
  }
}

/** macOS keeps its users out of /etc/passwd. */
function homeBesideOthers(user: string): string | undefined {
  const home = `/Users/${user}`;
  try {
    return Deno.build.os === "darwin" && /^\w/.test(user) && Deno.statSync(home).isDirectory ? home : undefined;
  } catch {
    return undefined;
  }
}
