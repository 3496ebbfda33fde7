/** Whether the system can do what a job asks for its children's priority. */
import type { Priority } from "../../model/plan.ts";
import { SpawnError, type World } from "../../platform/world.ts";

/**
 * What the system can do of it, and why not all of it. The I/O priority is set by `ionice` in front of each child, and a child must not fail for it: one that does nothing is tried
 * first. Where that does not work only this part of the priority is left out.
 */
export async function usablePriority(
  priority: Priority | undefined,
  world: World,
): Promise<{ readonly priority: Priority | undefined; readonly problem: string | undefined }> {
  const complaint = priority?.io && await tryIonice(priority.io, world);
  if (complaint === undefined) return { priority, problem: undefined };
  return { priority: { nice: priority?.nice, io: undefined }, problem: complaint };
}

/** For `ionice`, in front of the program that it starts. */
export function ioniceWords({ class: io, level }: NonNullable<Priority["io"]>): string[] {
  return ["-c", String(io), ...level === undefined ? [] : ["-n", String(level)]];
}

/** Why it does not work; undefined: it does. */
async function tryIonice(io: NonNullable<Priority["io"]>, world: World): Promise<string | undefined> {
  try {
    const child = world.spawn({
      program: "ionice",
      args: [...ioniceWords(io), "true"],
      cwd: world.startDir,
      env: world.env,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    });
    const complaint = (await new Response(child.stderr).text()).trim();
    return (await child.status).code === 0 ? undefined : complaint || "ionice failed";
  } catch (error) {
    if (error instanceof SpawnError) return `ionice: ${error.message}`;
    throw error;
  }
}
