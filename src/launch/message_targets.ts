/** Where the messages of a run go, by flags and configuration. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Flags, Invocation, LogLevel } from "../model/invocation.ts";
import type { Remark } from "../model/remark.ts";
import { type RunId, runId } from "../model/run_id.ts";
import type { World } from "../platform/world.ts";
import type { MessageSettings } from "../report/messages.ts";
import { openReport, type Reporter } from "../report/report.ts";
import type { GlobalOptions } from "../schema/profile.ts";
import { DATA_COMMANDS } from "../schema/restic_commands.ts";

/** Tells a message. */
export type Say = (level: LogLevel, text: string) => void;

/** How a command tells of itself, outside of all jobs. */
export interface MessageTargets {
  readonly say: Say;
  readonly diagnose: (problem: Diagnostic) => void;
  readonly remark: (remark: Remark) => void;
}

export interface Reporting extends MessageTargets {
  /** On all events. */
  readonly run: RunId;
  readonly report: Reporter;
}

/**
 * Does something that sends events, and waits until all of them have arrived.
 * @param global undefined when the configuration could not be read, or its log is not meant
 * @param settle goes around that last wait
 */
export async function withReport<T>(
  invocation: Invocation,
  global: GlobalOptions | undefined,
  world: World,
  work: (reporting: Reporting) => Promise<T>,
  settle: (sent: () => Promise<void>, telling: MessageTargets) => Promise<void> = (sent) => sent(),
): Promise<T> {
  const run = runId(world.now());
  const report = await openReport(settingsOf(invocation, global, world), world, run);
  const telling = tellingOf(report, run, world);
  try {
    return await work({ ...telling, report, run });
  } finally {
    await settle(report.settle, telling);
    report.close();
  }
}

function tellingOf({ tell }: Reporter, run: RunId, world: World): MessageTargets {
  const stamp = () => ({ at: world.now(), run });
  return {
    say: (level, text) => tell({ ...stamp(), type: "message", level, text }),
    diagnose: (diagnostic) => tell({ ...stamp(), type: "diagnostic", diagnostic }),
    remark: (remark) => tell({ ...stamp(), type: "remark", remark }),
  };
}

function settingsOf(
  { flags, schedule, command, args }: Invocation,
  global: GlobalOptions | undefined,
  world: World,
): MessageSettings {
  return {
    level: levelOfFlags(flags),
    style: {
      stderr: flags.stderr || DATA_COMMANDS.has(command) || asksForJson(args),
      colours: !flags.noAnsi && !world.env["NO_COLOR"],
      theme: flags.theme,
    },
    target: flags.log ?? schedule?.log ?? global?.log,
    commandOutput: flags.commandOutput ?? schedule?.commandOutput ?? global?.["command-output"] ?? "auto",
    format: flags.logFormat,
  };
}

/** Where the profile asks for it, its job tells. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).some((word) => /^--json(=(1|t|true))?$/i.test(word));
}

function levelOfFlags({ trace, verbose, quiet, dryRun }: Flags): LogLevel {
  if (trace) return "trace";
  if (verbose) return "debug";
  // a dry run without a word would be none
  return quiet && !dryRun ? "warning" : "info";
}
