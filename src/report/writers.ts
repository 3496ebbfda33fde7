/** The two forms of a log: lines for people, or one JSON object for each event. */
import type { RunEvent } from "../model/event.ts";
import type { Job } from "../model/plan.ts";
import { printable } from "../model/printable.ts";
import type { JobId } from "../model/run_id.ts";
import { ansiFilter } from "./ansi.ts";
import { jsonLine, levelOfEvent } from "./json_events.ts";
import type { Sentence } from "./sentence.ts";
import type { Lines, LogTarget } from "./log_sink.ts";
import { type MaskedLines, maskedLines } from "./masked_lines.ts";

export type OutputEvent = Extract<RunEvent, { readonly type: "output" }>;
export type LineEvent = Exclude<RunEvent, OutputEvent>;

export interface Writer {
  /** @param shown what the event says to people, as far as they want to know; `job` is that of the event */
  line(lines: Lines, event: LineEvent, shown: readonly Sentence[], job: Job | undefined): void;
  output(log: LogTarget, event: OutputEvent): void;
  /** Writes the lines that have not ended, of those jobs: something else follows. */
  flush(log: LogTarget, at: number, isDue: (job: JobId) => boolean): void;
}

const STREAMS = ["stdout", "stderr"] as const;
type StreamName = typeof STREAMS[number];

/** One stream of one job on its way into the log: lines of two jobs must not become one. */
interface LogStream {
  readonly filter: ReturnType<typeof ansiFilter>;
  readonly lines: MaskedLines;
  readonly decoder: TextDecoder;
}

interface JobStreams {
  of(event: Pick<OutputEvent, "job" | "stream">): LogStream;
  /** Those of jobs that are asked for. */
  each(isDue: (job: JobId) => boolean, use: (stream: LogStream, name: StreamName, job: JobId) => void): void;
}

function jobStreams(): JobStreams {
  const jobs = new Map<JobId, Record<StreamName, LogStream>>();
  const open = (): LogStream => ({ filter: ansiFilter(), lines: maskedLines(), decoder: new TextDecoder() });
  return {
    of({ job = "", stream }) {
      const streams = jobs.get(job) ?? { stdout: open(), stderr: open() };
      jobs.set(job, streams);
      return streams[stream];
    },
    each(isDue, use) {
      for (const [job, streams] of jobs) if (isDue(job)) STREAMS.forEach((name) => use(streams[name], name, job));
    },
  };
}

export function textWriter(): Writer {
  const streams = jobStreams();
  const write = (log: LogTarget, at: number, bytes: Uint8Array, job: JobId | undefined) => {
    if (bytes.length > 0) log.output(at, bytes, job);
  };
  return {
    line(target, { at }, shown) {
      for (const { level, text } of shown) target.message(at, level, printable(text));
    },
    output(log, event) {
      const { lines, filter } = streams.of(event);
      write(log, event.at, lines.take(filter(event.bytes), event.mask), event.job);
    },
    flush: (log, at, isDue) => streams.each(isDue, ({ lines }, _, job) => write(log, at, lines.rest(), job)),
  };
}

export function jsonWriter(): Writer {
  const streams = jobStreams();
  const write = (log: LogTarget, event: OutputEvent, bytes: Uint8Array) => {
    const text = streams.of(event).decoder.decode(bytes, { stream: true });
    if (text !== "") log.raw(event.at, levelOfEvent(event, []), jsonLine(event, { output: text }));
  };
  let run = "";
  return {
    line: (lines, event, shown, job) =>
      lines.raw(event.at, levelOfEvent(event, shown), jsonLine(event, { shown, job })),
    output(log, event) {
      run = event.run;
      const { lines, filter } = streams.of(event);
      write(log, event, lines.take(filter(event.bytes), event.mask));
    },
    flush(log, at, isDue) {
      streams.each(isDue, ({ lines }, stream, job) => {
        const bytes = lines.rest();
        write(log, { type: "output", at, run, job, stream, bytes }, bytes);
      });
    },
  };
}
