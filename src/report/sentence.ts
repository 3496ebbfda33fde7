/** What a log shows of an event. */
import type { LogLevel } from "../model/invocation.ts";

export interface Sentence {
  readonly level: LogLevel;
  /** It may have several lines. */
  readonly text: string;
}
