/** The two service managers of systemd that may have a job: the system's, and the user's own. */
import type { World } from "../../platform/world.ts";
import type { RunAction, WriteAction } from "../action.ts";
import { systemctl } from "./systemctl.ts";
import type { User } from "../job_user.ts";

const SYSTEM_FOLDER = "/etc/systemd/system";

export interface UnitKind {
  readonly folder: string;
  /** Where systemd notes when timers elapsed. */
  readonly stamps: string;
  readonly systemctl: (args: readonly string[]) => RunAction;
  /** For systemctl. */
  readonly flags: readonly string[];
  readonly file: Pick<WriteAction, "folderMode" | "owner">;
}

export function unitKinds(user: User, { env, files }: World): { readonly system: UnitKind; readonly user: UnitKind } {
  const { home, isSudo, name, uid, gid } = user;
  const call = (args: readonly string[]) => systemctl(args, files);
  return {
    system: { folder: SYSTEM_FOLDER, stamps: "/var/lib/systemd/timers", systemctl: call, flags: [], file: {} },
    user: {
      stamps: `${!isSudo && env.XDG_DATA_HOME || `${home}/.local/share`}/systemd/timers`,
      systemctl: call,
      folder: `${home}/.config/systemd/user`,
      flags: isSudo ? ["--user", "-M", `${name}@`] : ["--user"],
      file: { folderMode: 0o700, owner: isSudo ? { uid, gid } : undefined },
    },
  };
}
