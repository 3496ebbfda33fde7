/** How a run is told of, by the command line and the global section. */
import type { Invocation, LogLevel } from "../model/invocation.ts";
import type { MessageSettings } from "../report/messages.ts";
import type { GlobalOptions } from "../schema/profile.ts";
import { FLAGS } from "../schema/flags.ts";

/** Their standard output is data. */
const DATA_COMMANDS: readonly string[] = ["cat", "dump"];

/**
 * @param global undefined while there is no configuration: then only the flags count
 * @param env of the program, for NO_COLOR
 */
export function reportSettings(
  invocation: Invocation,
  global: GlobalOptions | undefined,
  env: Readonly<Record<string, string>>,
): MessageSettings {
  const { flags } = invocation;
  return {
    level: levelOf(flags),
    style: {
      stderr: flags.stderr || printsData(invocation),
      colours: !flags.noAnsi && !env["NO_COLOR"],
      theme: flags.theme,
    },
    target: flags.log ?? global?.log,
    commandOutput: flags.commandOutput ?? global?.["command-output"] ?? FLAGS["command-output"].default,
    format: flags.logFormat,
  };
}

/** A dry run is always shown: showing is all it does. */
function levelOf({ trace, verbose, quiet, dryRun }: Invocation["flags"]): LogLevel {
  if (trace) return "trace";
  if (verbose) return "debug";
  return quiet && !dryRun ? "warning" : "info";
}

function printsData({ command, args }: Invocation): boolean {
  return DATA_COMMANDS.includes(command) || args.some((arg) => arg === "--json" || arg === "--json=true");
}
