/** `complete`: called by the completion scripts of shells. Standard output has nothing but the answers. */
import { type CompletionNames, completions } from "../cli/completion.ts";
import { completionRequest } from "../cli/completion_request.ts";
import { EXIT } from "../model/exit_status.ts";
import { ConfigError } from "../model/diagnostic.ts";
import type { Invocation } from "../model/invocation.ts";
import { FileError, type World } from "../platform/world.ts";
import { FLAGS } from "../schema/own_flags.ts";

/** Names a file to which requests and answers are appended. */
const DEBUG_VARIABLE = "RESTICPROFILE_DEBUG_COMPLETION";

export async function complete({ args }: Invocation, world: World): Promise<number> {
  const request = completionRequest(args);
  const answers = request ? await completions(request, (flags) => configuredNames(flags, world)) : [];
  world.console.print(answers.map((answer) => `${answer}\n`).join(""));
  record(args, answers, world);
  return EXIT.success;
}

/** None if the configuration is missing or broken: completion is not the time for its errors. */
async function configuredNames(flags: Parameters<CompletionNames>[0], world: World): Promise<readonly string[]> {
  const { loadConfiguration } = await import("../config/load.ts");
  const set = (name: "config" | "format") =>
    flags.get(name) || world.env[FLAGS[name].variables[0]]?.trim() || undefined;
  try {
    const configuration = await loadConfiguration(world, {
      name: set("config") ?? FLAGS.config.default,
      format: set("format"),
    });
    return [...new Set([...configuration.profileNames(), ...configuration.groupNames()])].sort();
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function record(args: readonly string[], answers: readonly string[], world: World): void {
  const path = world.env[DEBUG_VARIABLE];
  if (!path) return;
  try {
    world.files.write(path, `${JSON.stringify({ args, answers })}\n`, { append: true });
  } catch (error) {
    if (!(error instanceof FileError)) throw error; // the user who looks for the file sees that it is missing
  }
}
