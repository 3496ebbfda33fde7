/** Callbacks for lines that a restic command writes to standard error: `stream-error` of a profile. */
import type { StreamError } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import type { RegularExpression } from "../template/re2.ts";
import { startChild } from "./child.ts";
import { keepStderr, showStdout } from "./child_output.ts";
import { type RunContext, say } from "./context.ts";
import { settle } from "./drain.ts";
import type { Environment } from "./environment.ts";
import { causeOf } from "./failure.ts";
import { shellCommand } from "./shell.ts";

/** Tests one line, without its line feed, and settles when the callbacks it set off are over. */
export type LineWatch = (line: string) => Promise<void>;

/**
 * For one restic command: the counts begin anew with each. One callback runs at a time.
 * @returns undefined when there is nothing to watch for
 * @throws {SyntaxError} when a pattern is no regular expression
 */
export async function watchLines(environment: Environment, context: RunContext): Promise<LineWatch | undefined> {
  const { streamErrors } = context.job;
  if (streamErrors.length === 0) return undefined;
  const { compileRegExp } = await import("../template/re2.ts"); // most profiles never need it
  const watches = streamErrors.map((callback) => counter(callback, compileRegExp(callback.pattern)));
  return async (line) => {
    for (const { callback, due } of watches) {
      if (due(line)) await runCallback(callback, line, environment, context);
    }
  };
}

interface Counter {
  readonly callback: StreamError;
  /** Counts a line; true when the callback is to be run for it. */
  due(line: string): boolean;
}

function counter(callback: StreamError, pattern: RegularExpression): Counter {
  const { minMatches, maxRuns } = callback;
  let matches = 0;
  let runs = 0;
  function due(line: string): boolean {
    if (maxRuns > 0 && runs >= maxRuns) return false;
    if (!pattern.test(line) || ++matches < minMatches) return false;
    matches = 0;
    runs++;
    return true;
  }
  return { callback, due };
}

/** A callback that fails changes nothing but for a warning. */
async function runCallback(
  { run }: StreamError,
  line: string,
  environment: Environment,
  context: RunContext,
): Promise<void> {
  const { job, world } = context;
  const warn = (cause: string) => say(context, "warning", `stream-error on profile '${job.profile}': ${cause}`);
  try {
    const child = startChild({ ...shellCommand(run, environment, context), stdin: "piped" }, context);
    const drains = [keepStderr(child, context).drain, ...showStdout(child, context)];
    await writeInput(child.stdin!, line);
    const status = await child.status;
    await settle(drains, world);
    if (status.code !== 0 || status.signal !== undefined) warn(causeOf(status));
  } catch (error) {
    warn(reasonOf(error));
  }
}

/** A callback need not read its input. */
async function writeInput(stdin: WritableStream<Uint8Array>, line: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(line));
    await writer.close();
  } catch {
    return;
  }
}
