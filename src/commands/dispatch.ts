/**
 * From the command line to the command that performs it, and from anything thrown to a message and an exit status. Each
 * command is loaded when it is called: `version` must not pay for the configuration's parsers.
 */
import { parseInvocation } from "../cli/parse.ts";
import { UsageError } from "../cli/usage_error.ts";
import { ConfigError, formatDiagnostic } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { isOwnCommand, OWN_COMMANDS } from "../schema/commands.ts";

/** @returns the exit status; never throws */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let invocation: Invocation | undefined;
  try {
    invocation = parseInvocation(argv, world.env);
    return await perform(invocation, world);
  } catch (error) {
    return await explain(error, world, invocation?.flags.trace ?? false);
  } finally {
    world.removeTempDir();
    if (invocation?.flags.wait) waitForEnter(world);
  }
}

async function perform(invocation: Invocation, world: World): Promise<number> {
  const { command, flags } = invocation;
  if (flags.help || command === "help") {
    const { help } = await import("./help.ts");
    return await help(invocation, world);
  }
  if (isOwnCommand(command) && OWN_COMMANDS[command].needs === "nothing") {
    const { performWithoutConfiguration } = await import("./without_configuration.ts");
    return await performWithoutConfiguration(command, invocation, world);
  }
  const { performWithConfiguration } = await import("./with_configuration.ts");
  return await performWithConfiguration(invocation, world);
}

/** Messages that end the program go to standard error without a date, so that editors can jump to the place they name. */
async function explain(error: unknown, world: World, trace: boolean): Promise<number> {
  const tell = (text: string) => world.console.write("stderr", `${text}\n`);
  if (error instanceof UsageError) {
    const { usageHelp } = await import("./help.ts");
    tell(usageHelp(error, world.env));
    return EXIT.usage;
  }
  if (error instanceof ConfigError) {
    error.diagnostics.forEach((diagnostic) => tell(formatDiagnostic(diagnostic)));
    return EXIT.failure;
  }
  const reason = error instanceof Error ? error.message : String(error);
  tell(`error: Cannot go on because of a mistake in this program: ${reason}`);
  if (trace && error instanceof Error) tell(error.stack ?? "");
  return EXIT.failure;
}

function waitForEnter(world: World): void {
  world.console.write("stderr", "\nPress the Enter key to continue…\n");
  world.console.readLine();
}
