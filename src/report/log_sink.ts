/** A log as those who write to it see it, whatever it is. */
import type { LogLevel } from "../model/invocation.ts";
import type { JobId } from "../model/run_id.ts";

/** Points in time are in milliseconds since the epoch; writing throws an error with the reason alone. */
export interface Lines {
  message(at: number, level: LogLevel, text: string): void;
  /** A line as it is, without its end. */
  raw(at: number, level: LogLevel, line: string): void;
}

export interface LogTarget extends Lines {
  /** What a program of a job printed, without terminal sequences. */
  output(at: number, bytes: Uint8Array, job: JobId | undefined): void;
  /** Resolves when everything has been handed over. */
  settle(): Promise<void>;
  close(): void;
}
