/** Standard output of a restic command, when it is read: shown, kept for `.Stdout` of body templates, searched for the summary. */
import type { Summary } from "../model/event.ts";
import type { ResticStep } from "../model/plan.ts";
import type { RunContext } from "./context.ts";
import { ANALYSED_BYTES, lineReader } from "./lines.ts";
import { isJsonMessage, summaryReader } from "./summary.ts";

export interface StdoutReader {
  take(bytes: Uint8Array): void;
  /** A last line without line feed counts. */
  end(): Summary | undefined;
}

export function stdoutReader(step: ResticStep, context: RunContext): StdoutReader {
  const { tell, world, state } = context;
  const show = (bytes: Uint8Array) => tell({ type: "output", at: world.now(), stream: "stdout", bytes });
  const filter = step.hideJson ? messageFilter(show) : { take: show, end: () => {} };
  const reader = step.summary && summaryReader(step.summary);
  const lines = lineReader();
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

/** Passes on everything but the lines of `--json`; lines are held back until it is clear which they are. */
function messageFilter(show: (bytes: Uint8Array) => void) {
  let held: Uint8Array[] = [];
  let size = 0;
  let passing = false; // the rest of a line that is too long to be a message

  function flush(): void {
    const line = new Uint8Array(size);
    held.reduce((at, part) => (line.set(part, at), at + part.length), 0);
    if (passing || !isJsonMessage(new TextDecoder().decode(line))) show(line);
    held = [];
    size = 0;
  }
  function take(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const lineFeed = bytes.indexOf(0x0a, from);
      const end = lineFeed < 0 ? bytes.length : lineFeed + 1;
      held.push(bytes.slice(from, end));
      size += end - from;
      from = end;
      passing ||= size > ANALYSED_BYTES;
      if (lineFeed >= 0 || passing) flush();
      if (lineFeed >= 0) passing = false;
    }
  }
  return { take, end: () => size > 0 && flush() };
}
