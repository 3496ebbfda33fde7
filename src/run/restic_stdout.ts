/** Standard output of a restic command, when it is read: shown, kept for `.Stdout` of body templates, searched for the summary. */
import type { Summary } from "../model/event.ts";
import type { ResticStep } from "../model/plan.ts";
import { type RunContext, tellOutput } from "./context.ts";
import { messageFilter } from "./json_messages.ts";
import { lineReader } from "./lines.ts";
import { summaryReader } from "./summary.ts";

export interface StdoutReader {
  take(bytes: Uint8Array): void;
  /** A last line without line feed counts. */
  end(): Summary | undefined;
}

export function stdoutReader(step: ResticStep, context: RunContext): StdoutReader {
  const { state } = context;
  const stream = step.stdout === "stderr" ? "stderr" : "stdout";
  const show = (bytes: Uint8Array) => tellOutput(stream, bytes, context);
  const filter = step.hideJson ? messageFilter(show) : { take: show, end: () => {} };
  const reader = step.summary && summaryReader(step.summary);
  const lines = lineReader(reader?.mark);
  return {
    take(bytes) {
      filter.take(bytes);
      if (step.keepStdout) state.stdout.add(bytes);
      if (reader) lines.add(bytes).forEach(reader.read);
    },
    end() {
      filter.end();
      if (reader) lines.end().forEach(reader.read);
      return reader?.summary();
    },
  };
}
