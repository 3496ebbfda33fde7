/** What a program of the system prints. */
import { SpawnError, type World } from "../../platform/world.ts";

/** Its standard output; empty when it cannot be started. */
export async function programOutput(program: string, args: readonly string[], world: World): Promise<string> {
  try {
    const child = world.spawn({
      program,
      args,
      cwd: world.startDir,
      env: world.env,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    });
    const text = await new Response(child.stdout).text();
    await child.status;
    return text;
  } catch (error) {
    if (error instanceof SpawnError) return "";
    throw error;
  }
}
