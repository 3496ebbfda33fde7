/** The program: the real machine, one command line, its exit status. */
import { run } from "./commands/dispatch.ts";
import { denoWorld } from "./platform/deno_world.ts";

/** @returns the exit status */
export function main(args: readonly string[]): Promise<number> {
  return run(args, denoWorld());
}

if (import.meta.main) main(Deno.args).then(Deno.exit);
