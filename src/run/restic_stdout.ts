/** Standard output of a restic command, when it is read: shown, kept for `.Stdout` of body templates, searched for the summary. */
import type { Summary } from "../model/outcome.ts";
import type { ResticStep } from "../model/plan.ts";
import { type RunContext, tellOutput } from "./run_context.ts";
import { messageFilter } from "./json_messages.ts";
import { lineReader } from "./line_reader.ts";
import { untilWritten } from "./reader.ts";
import { summaryReader } from "./summary.ts";

export interface StdoutReader {
  take(bytes: Uint8Array): Promise<void> | undefined;
  /** A last line without line feed counts. */
  end(): Summary | undefined;
}

export function stdoutReader(step: ResticStep, context: RunContext): StdoutReader {
  const { state } = context;
  const show = shower(step, context);
  const filter = step.hideJson ? messageFilter(show) : { take: show, end: () => {} };
  const reader = step.summary && summaryReader(step.summary);
  const lines = lineReader(reader?.mark);
  return {
    take(bytes) {
      filter.take(bytes);
      if (step.keepStdout) state.stdout.add(bytes);
      if (reader) lines.add(bytes).forEach(reader.read);
      return untilWritten(context);
    },
    end() {
      filter.end();
      if (reader) lines.end().forEach(reader.read);
      return reader?.summary();
    },
  };
}

/** Data and whatever the log does not want go to the console alone. */
function shower({ stdout }: ResticStep, context: RunContext): (bytes: Uint8Array) => void {
  if (stdout === "pass") return (bytes) => context.world.console.write("stdout", bytes);
  const stream = stdout === "stderr" ? "stderr" : "stdout";
  return (bytes) => tellOutput(stream, bytes, context);
}
