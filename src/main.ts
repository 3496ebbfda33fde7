/** The program: the real machine, one command line, its exit status. */
import { run } from "./commands/dispatch.ts";
import { denoWorld } from "./platform/deno_world.ts";

if (import.meta.main) Deno.exit(await run(Deno.args, denoWorld()));
