/** Where the messages of a run go, by flags and configuration. */
import type { Flags, Invocation, LogLevel } from "../model/invocation.ts";
import type { World } from "../platform/world.ts";
import { openReport, type Report } from "../report/report.ts";
import type { GlobalOptions } from "../schema/profile.ts";

/** Tells a message. */
export type Say = (level: LogLevel, text: string) => void;

/** Commands whose output is data: the tool's own words must not stand in it. */
const DATA_COMMANDS: readonly string[] = ["cat", "dump"];

/** @param global undefined when the configuration could not be read */
export function openRunReport(
  { flags, command, args }: Invocation,
  global: GlobalOptions | undefined,
  world: World,
): Promise<Report> {
  return openReport({
    level: levelOf(flags),
    style: {
      stderr: flags.stderr || DATA_COMMANDS.includes(command) || args.includes("--json"),
      colours: !flags.noAnsi && !world.env["NO_COLOR"],
      theme: flags.theme,
    },
    target: flags.log ?? global?.log,
    commandOutput: flags.commandOutput ?? global?.["command-output"] ?? "auto",
    format: flags.logFormat,
  }, world);
}

function levelOf({ trace, verbose, quiet, dryRun }: Flags): LogLevel {
  if (trace) return "trace";
  if (verbose) return "debug";
  // a dry run without a word would be none
  return quiet && !dryRun ? "warning" : "info";
}
