/** The end of a job: its units, and what systemd remembers of them. */
import type { World } from "../../platform/world.ts";
import type { Action } from "../action.ts";
import { programOutcome } from "../apply_actions.ts";
import { dropInFolders } from "./drop_ins.ts";
import type { UnitKind } from "./service_managers.ts";

/** @param id name of the units */
export async function removal(id: string, kind: UnitKind, world: World): Promise<Action[]> {
  const { folder, stamps, flags, systemctl } = kind;
  const unit = `${folder}/${id}`;
  const timer = `${id}.timer`;
  const stamp = `${stamps}/stamp-${timer}`;
  const hasStamp = world.files.stat(stamp) !== undefined;
  const isFailed = await failed(id, kind, world);
  const remember = (args: readonly string[]): Action => ({ ...systemctl([...flags, ...args]), onFailure: "ignore" });
  const paths = [`${unit}.timer`, `${unit}.service`, `${unit}.env`, ...dropInFolders(unit), ...hasStamp ? [stamp] : []];
  return [
    // systemctl fails for a timer that is not there
    ...world.files.stat(`${unit}.timer`)
      ? [systemctl([...flags, "--no-pager", "--now", "--quiet", "disable", timer])]
      : [],
    // by the last start that is noted there, a job that is made anew would start at once
    ...hasStamp || isFailed === undefined ? [remember(["clean", "--what=state", timer])] : [],
    ...paths.map((path): Action => ({ kind: "remove", path })),
    ...isFailed ?? true ? [remember(["reset-failed", `${id}.service`])] : [],
  ];
}

/** Whether systemd counts the service among the failed ones; undefined when it does not tell. */
async function failed(id: string, { flags }: UnitKind, world: World): Promise<boolean | undefined> {
  const pattern = `${id.replaceAll("\\", "\\\\")}.service`;
  const args = ["list-units", "--all", "--no-pager", "--output", "json", ...flags, pattern];
  const { stdout } = await programOutcome({ program: "systemctl", args }, world);
  try {
    const units: unknown = JSON.parse(stdout);
    return Array.isArray(units) ? units.some((unit) => unit?.active === "failed") : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
