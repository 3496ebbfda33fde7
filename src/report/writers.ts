/** The two forms of a log: lines for people, or one JSON object for each event. */
import type { RunEvent } from "../model/event.ts";
import { ansiFilter } from "./ansi.ts";
import { jsonLine, levelOf } from "./json_events.ts";
import type { Lines, LogTarget } from "./log_target.ts";

export type OutputEvent = Extract<RunEvent, { readonly type: "output" }>;
export type LineEvent = Exclude<RunEvent, OutputEvent>;

export interface Writer {
  line(lines: Lines, event: LineEvent): void;
  output(log: LogTarget, event: OutputEvent): void;
}

export function textWriter(): Writer {
  const filters = { stdout: ansiFilter(), stderr: ansiFilter() };
  return {
    line(lines, event) {
      if (event.type === "message") lines.message(event.at, event.level, event.text);
    },
    output: (log, { at, stream, bytes }) => log.output(at, filters[stream](bytes)),
  };
}

export function jsonWriter(): Writer {
  const filters = { stdout: ansiFilter(), stderr: ansiFilter() };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  return {
    line: (lines, event) => lines.raw(event.at, levelOf(event), jsonLine(event)),
    output(log, event) {
      const text = decoders[event.stream].decode(filters[event.stream](event.bytes), { stream: true });
      if (text !== "") log.raw(event.at, levelOf(event), jsonLine(event, text));
    },
  };
}
