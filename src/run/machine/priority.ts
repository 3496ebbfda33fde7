/** Whether the system can do what a job asks for its children's priority. */
import type { Priority } from "../../model/plan.ts";
import type { World } from "../../platform/world.ts";
import { findProgram, pathFolders } from "./find_program.ts";

/** The I/O priority is set by a program of the system, `ionice`, in front of each child; without it only that part is left out. */
export function usablePriority(
  priority: Priority | undefined,
  world: World,
): { readonly priority: Priority | undefined; readonly problem: string | undefined } {
  if (!priority?.io || findProgram("ionice", pathFolders(world), world) !== undefined) {
    return { priority, problem: undefined };
  }
  return {
    priority: { ...priority, io: undefined },
    problem: "Cannot set the I/O priority: there is no ionice on the PATH",
  };
}
