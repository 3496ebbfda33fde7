/** Callbacks for lines that a restic command writes to standard error: `stream-error` of a profile. */
import type { StreamError } from "../model/plan.ts";
import type { RegularExpression } from "../template/functions/regular_expression.ts";
import { startChild } from "./child.ts";
import { keepStderr, showStdout } from "./child_output.ts";
import { remark, type RunContext, shownReason } from "./run_context.ts";
import { settle } from "./drain.ts";
import type { StepEnvironment } from "./step_environment.ts";
import { causeOf } from "./failure.ts";
import { shellCommand } from "./shell.ts";

/** Tests one line, without its line feed. If it sets off callbacks, the promise settles when they are over. */
export type LineWatch = (line: string) => Promise<void> | undefined;

/**
 * For one restic command: the counts begin anew with each. One callback runs at a time.
 * @returns undefined without a pattern
 * @throws {SyntaxError} when a pattern is not a regular expression
 */
export async function watchLines(environment: StepEnvironment, context: RunContext): Promise<LineWatch | undefined> {
  const { streamErrors } = context.job;
  if (streamErrors.length === 0) return undefined;
  const { compileRegExp } = await import("../template/functions/regexp.ts"); // most profiles never need it
  const watches = streamErrors.map((callback) => counter(callback, compileRegExp(callback.pattern)));
  return (line) => {
    const due = watches.filter((watch) => watch.due(line));
    return due.length > 0 ? runCallbacks(due.map(({ callback }) => callback), line, environment, context) : undefined;
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

async function runCallbacks(
  callbacks: readonly StreamError[],
  line: string,
  environment: StepEnvironment,
  context: RunContext,
): Promise<void> {
  for (const callback of callbacks) await runCallback(callback, line, environment, context);
}

/** A callback that fails changes nothing but for a warning. */
async function runCallback(
  { run }: StreamError,
  line: string,
  environment: StepEnvironment,
  context: RunContext,
): Promise<void> {
  const { world, signals } = context;
  const warn = (cause: string) => remark(context, { code: "callback-failed", cause });
  try {
    const child = startChild({ ...shellCommand(run, environment, context), stdin: "piped" }, context);
    const drains = [keepStderr(child, context).drain, ...showStdout(child, context)];
    await writeInput(child.stdin!, line);
    const status = await child.status;
    await settle(drains, world, signals);
    if (status.code !== 0 || status.signal !== undefined) warn(causeOf(status));
  } catch (error) {
    warn(shownReason(error, context));
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
