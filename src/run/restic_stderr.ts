/** Standard error of a restic command: always read; shown at once, kept, and its lines looked at. */
import type { ResticStep } from "../model/plan.ts";
import { KEPT_STDERR_BYTES } from "./child_output.ts";
import { masked, type RunContext, tellOutput } from "./run_context.ts";
import type { StepEnvironment } from "./step_environment.ts";
import { errorText } from "./error_message.ts";
import { messageFilter } from "./json_messages.ts";
import { lineReader } from "./line_reader.ts";
import { untilWritten } from "./reader.ts";
import { type HeldResticLock, lockReader } from "./restic_lock.ts";
import { watchLines } from "./stream_error.ts";
import { tail } from "./tail.ts";

export interface StderrReader {
  take(bytes: Uint8Array): Promise<void>;
  /** A last line without line feed counts. */
  end(): Promise<void>;
  /** Masked. */
  text(): string;
  heldLock(status: number): HeldResticLock | undefined;
  /** restic has left out a source that does not exist. */
  lacksSource(): boolean;
}

/**
 * What all versions write, for a source of the command line and for a line of `files-from` that is not a pattern; before 0.19 they
 * end with status 0 all the same.
 */
const MISSING_SOURCE = / does not exist, skipping\r?$|^pattern "[^"*?[]*" does not match any files, skipping\r?$/;

/** With these restic clears its progress from the terminal, if there is one or not; at an interruption they come before the text. */
// deno-lint-ignore no-control-regex
const CLEARED = /\r?\x1b\[2K|^\r+(?!\n)/gm;

/** People get restic's errors as sentences where they did not ask for its JSON (`extended-status`). */
function inWords(message: Uint8Array): Uint8Array {
  const text = errorText(new TextDecoder().decode(message));
  return text === undefined ? message : new TextEncoder().encode(`${text}\n`);
}

/** @throws {SyntaxError} when a pattern of stream-error is not a regular expression */
export async function stderrReader(
  step: ResticStep,
  environment: StepEnvironment,
  context: RunContext,
): Promise<StderrReader> {
  const kept = tail(KEPT_STDERR_BYTES);
  const lines = lineReader();
  const locks = lockReader();
  let lacksSource = false;
  const watch = step.watched ? await watchLines(environment, context) : undefined;
  async function look(complete: readonly string[]): Promise<void> {
    for (const line of complete) {
      locks.read(line);
      lacksSource ||= MISSING_SOURCE.test(line);
      const callbacks = watch?.(line);
      if (callbacks) await callbacks; // not for every line: there may be millions
    }
  }
  const show = (bytes: Uint8Array) => {
    if (!step.quiet) tellOutput("stderr", bytes, context);
    kept.add(bytes);
  };
  const shown = step.errorsInWords ? messageFilter(show, inWords) : { take: show, end: () => {} };
  return {
    async take(bytes: Uint8Array) {
      shown.take(bytes);
      await look(lines.add(bytes));
      await untilWritten(context);
    },
    async end() {
      shown.end();
      await look(lines.end());
    },
    text: () => masked(kept.text().replaceAll(CLEARED, ""), context),
    heldLock: locks.heldLock,
    lacksSource: () => lacksSource,
  };
}
