/** A restic that is fed by the tool must not take the tool's death for the end of its input: half a dump would be a snapshot. */
import { SpawnError, type World } from "../../platform/world.ts";
import { findProgram, programFolders } from "./find_program.ts";

/**
 * What precedes the words of a program that is interrupted when this process dies, by whatever: `setpriv` of util-linux,
 * which becomes that program. Nothing where it is not there, or cannot do it.
 */
export async function untilParentDies(env: Readonly<Record<string, string>>, world: World): Promise<string[]> {
  if (world.os !== "linux") return [];
  const setpriv = findProgram("setpriv", programFolders(env, world), world);
  if (setpriv === undefined) return [];
  const words = [setpriv, "--pdeathsig", "INT"];
  return await succeeds([...words, "true"], env, world) ? words : [];
}

async function succeeds(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  world: World,
): Promise<boolean> {
  try {
    const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
    return (await world.spawn({ program, args, cwd: world.startDir, env, ...streams }).status).code === 0;
  } catch (error) {
    if (error instanceof SpawnError) return false;
    throw error;
  }
}
