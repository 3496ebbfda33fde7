/** The two forms of a log: lines for people, or one JSON object for each event. */
import type { RunEvent } from "../model/event.ts";
import { printable } from "../model/printable.ts";
import { ansiFilter } from "./ansi.ts";
import { jsonLine, levelOf } from "./json_events.ts";
import type { Lines, LogTarget } from "./log_target.ts";
import { maskedLines } from "./masked_lines.ts";

export type OutputEvent = Extract<RunEvent, { readonly type: "output" }>;
export type LineEvent = Exclude<RunEvent, OutputEvent>;

export interface Writer {
  line(lines: Lines, event: LineEvent): void;
  output(log: LogTarget, event: OutputEvent): void;
  /** Writes the lines that have not ended: something else follows. */
  flush(log: LogTarget, at: number): void;
}

const STREAMS = ["stdout", "stderr"] as const;

export function textWriter(): Writer {
  const filters = { stdout: ansiFilter(), stderr: ansiFilter() };
  const lines = { stdout: maskedLines(), stderr: maskedLines() };
  const write = (log: LogTarget, at: number, bytes: Uint8Array) => {
    if (bytes.length > 0) log.output(at, bytes);
  };
  return {
    line(target, event) {
      if (event.type === "message") target.message(event.at, event.level, printable(event.text));
    },
    output: (log, { at, stream, bytes, mask }) => write(log, at, lines[stream].take(filters[stream](bytes), mask)),
    flush: (log, at) => STREAMS.forEach((stream) => write(log, at, lines[stream].rest())),
  };
}

export function jsonWriter(): Writer {
  const filters = { stdout: ansiFilter(), stderr: ansiFilter() };
  const lines = { stdout: maskedLines(), stderr: maskedLines() };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const write = (log: LogTarget, event: OutputEvent, bytes: Uint8Array) => {
    const text = decoders[event.stream].decode(bytes, { stream: true });
    if (text !== "") log.raw(event.at, levelOf(event), jsonLine(event, text));
  };
  return {
    line: (lines, event) => lines.raw(event.at, levelOf(event), jsonLine(event)),
    output: (log, event) => write(log, event, lines[event.stream].take(filters[event.stream](event.bytes), event.mask)),
    flush(log, at) {
      for (const stream of STREAMS) {
        const bytes = lines[stream].rest();
        write(log, { type: "output", at, stream, bytes }, bytes);
      }
    },
  };
}
