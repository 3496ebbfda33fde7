/**
 * From the command line to the command that performs it, and from anything thrown to a message and an exit status. Each
 * command is loaded when it is called: `version` must not pay for the configuration's parsers.
 */
import { parseInvocation } from "../cli/parse.ts";
import { refuseUnknownArguments } from "../cli/own_arguments.ts";
import { UsageError } from "../cli/usage_error.ts";
import { ConfigError } from "../model/diagnostic.ts";
import { EXIT } from "../model/exit_status.ts";
import type { Invocation } from "../model/invocation.ts";
import { reasonOf } from "../model/reason.ts";
import { untilCrash } from "../platform/until_crash.ts";
import { FileError, ReaderQuit, type World } from "../platform/world.ts";
import { isOwnCommand, OWN_COMMANDS, REFUSED_COMMANDS } from "../schema/own_commands.ts";
import { fail } from "./fail.ts";

/** @returns the exit status; never throws */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let invocation: Invocation | undefined;
  try {
    invocation = parseInvocation(argv, world.env, (text) => world.console.write("stderr", `warning: ${text}\n`));
    const asked = invocation;
    return await untilCrash(() => perform(asked, world), world);
  } catch (error) {
    return await explain(error, invocation, world);
  } finally {
    world.end();
    if (invocation?.flags.wait) waitForEnter(world);
  }
}

async function perform(invocation: Invocation, world: World): Promise<number> {
  const { command, flags } = invocation;
  if (flags.help || command === "help") {
    if (!flags.help) refuseUnknownArguments("help", invocation);
    const { help } = await import("./help.ts");
    return await help(invocation, world);
  }
  if (isOwnCommand(command) && OWN_COMMANDS[command].needs === "nothing") {
    const { performWithoutConfiguration } = await import("./without_configuration.ts");
    return await performWithoutConfiguration(command, invocation, world);
  }
  const refusal = REFUSED_COMMANDS.get(command);
  if (refusal !== undefined) return fail(`Cannot run "${command}": ${refusal}`, world);
  if (flags.remote !== undefined) {
    fail("Cannot use --remote: this program reads no configuration from a server", world);
    return EXIT.noRemote;
  }
  const { performWithConfiguration } = await import("./with_configuration.ts");
  return await performWithConfiguration(invocation, world);
}

/** Says why the program ends. Without a date, so that editors can jump to the place that a message names. */
async function explain(error: unknown, invocation: Invocation | undefined, world: World): Promise<number> {
  if (error instanceof ReaderQuit) return EXIT.readerQuit;
  if (error instanceof UsageError) {
    const { usageHelp } = await import("./help.ts");
    world.console.write("stderr", `${usageHelp(error)}\n`);
    return EXIT.usage;
  }
  if (error instanceof ConfigError) {
    const { diagnosticTexts, loggedDiagnostic } = await import("../report/diagnostic_text.ts");
    const { diagnostics } = error;
    await tellLast(diagnosticTexts(diagnostics), invocation, world, diagnostics.map(loggedDiagnostic));
    return EXIT.failure;
  }
  if (error instanceof FileError) {
    await tellLast([`error: Cannot use "${error.path}": ${error.message}`], invocation, world);
    return EXIT.failure;
  }
  const reason = reasonOf(error);
  const trace = invocation?.flags.trace && error instanceof Error ? [error.stack ?? ""] : [];
  await tellLast([`error: Internal error: ${reason} (please report it)`, ...trace], invocation, world);
  return EXIT.failure;
}

/** To standard error, and to the log that was asked for. @param logged the texts for that, without lines of files */
async function tellLast(
  texts: readonly string[],
  invocation: Invocation | undefined,
  world: World,
  logged = texts,
): Promise<void> {
  const { printable } = await import("../model/printable.ts");
  for (const text of texts) world.console.write("stderr", `${printable(text)}\n`);
  if (!invocation?.flags.log || invocation.flags.log === "-") return;
  const { withReport } = await import("../launch/message_targets.ts");
  await withReport(
    invocation,
    undefined,
    world,
    ({ say }) => Promise.resolve(logged.forEach((text) => say("error", text))),
  );
}

function waitForEnter(world: World): void {
  world.console.write("stderr", "\nPress the Enter key to continue…\n");
  world.console.readLine();
}
