/** For whom jobs are made: under sudo the user who called it. */
import type { Account, World } from "../platform/world.ts";
import type { Permission } from "./scheduled_job.ts";

/** The name is empty if it is unknown; the home is the account's, not `$HOME`. */
export interface User extends Account {
  /** The process may do everything. */
  readonly isRoot: boolean;
  /** The process is root because of sudo. */
  readonly isSudo: boolean;
}

/** The user number that owns nothing, for a process without an account. */
const NOBODY = 65534;

export function jobUser(world: World): User {
  const account = world.account();
  const isRoot = account?.uid === 0;
  const sudoUid = isRoot && /^\d+$/.test(world.env.SUDO_UID ?? "") ? Number(world.env.SUDO_UID) : undefined;
  if (sudoUid !== undefined) return { isRoot, isSudo: true, ...caller(sudoUid, world) };
  const { name = world.userName() ?? "", home = world.homeDir() ?? "/", uid = NOBODY, gid = NOBODY } = account ?? {};
  return { isRoot, isSudo: false, name, home, uid, gid };
}

/** Who called sudo. */
function caller(uid: number, world: World): Account {
  const { SUDO_USER: name = "", SUDO_GID: gid } = world.env;
  return world.account(uid) ?? { name, home: world.homeDir(name) ?? "/", uid, gid: Number(gid ?? NOBODY) };
}

/** What users write: `user_logged_in` is the same as `user_logged_on`. */
export type WantedPermission = Permission | "user_logged_in" | "auto" | "";

/** @returns undefined when the scheduler is to decide */
export function settledPermission(wanted: WantedPermission): Permission | undefined {
  if (wanted === "" || wanted === "auto") return undefined;
  return wanted === "user_logged_in" ? "user_logged_on" : wanted;
}
