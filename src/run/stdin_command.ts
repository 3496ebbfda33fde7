/**
 * `stdin-command`: shell commands whose joined output is restic's standard input. One that fails must never become a
 * snapshot: before its first 8 KiB restic is not even started, later restic is interrupted while its input is still open.
 */
import type { Child } from "../platform/world.ts";
import { interruptChild, startAs, startChild } from "./child.ts";
import { keepStderr } from "./child_output.ts";
import { masked, type RunContext } from "./run_context.ts";
import { settle } from "./drain.ts";
import type { StepEnvironment } from "./step_environment.ts";
import { failureOfChild, failureOfCrash, quotedWords } from "./failure.ts";
import { InputError, inputFrom, type ResticInput } from "./restic_input.ts";
import { shellCommand } from "./shell.ts";

/** @param stage what precedes the cause in ERROR when a command fails */
export function startCommands(
  lines: readonly string[],
  stage: string,
  environment: StepEnvironment,
  context: RunContext,
): ResticInput {
  const current: Current = { child: undefined, stopped: false };
  const output = outputOf(lines, stage, environment, context, current);
  async function end(): Promise<void> {
    current.stopped = true;
    current.end?.();
    if (current.child) await interruptChild(current.child, context);
  }
  return inputFrom(output, end, context);
}

/** The command that runs at the moment, to be ended from outside. */
interface Current {
  child: Child | undefined;
  /** The rest of the output is not needed. */
  stopped: boolean;
  /** Ends the reading of its output, which another process may hold open. */
  end?: () => void;
}

async function* outputOf(
  lines: readonly string[],
  stage: string,
  environment: StepEnvironment,
  context: RunContext,
  current: Current,
): AsyncGenerator<Uint8Array, void> {
  const { world, signals } = context;
  for (const line of lines) {
    if (current.stopped) return;
    const before = signals.count();
    const commandLine = masked(quotedWords([line]), context);
    const child = current.child = startCommand(line, stage, commandLine, environment, context);
    const stderr = keepStderr(child, context);
    // a process that it has left behind may hold its output open
    const stop = signals.onEach(() => child.status.then(() => current.end?.()));
    yield* readAll(child, current);
    const status = await child.status;
    stop();
    await settle([stderr.drain], world, signals);
    const interrupted = signals.count() > before;
    const failure = failureOfChild({ kind: "hook", stage, status, interrupted, commandLine, stderr: stderr.text() });
    if (failure && !current.stopped) throw new InputError(failure);
  }
}

function startCommand(
  line: string,
  stage: string,
  commandLine: string,
  environment: StepEnvironment,
  context: RunContext,
): Child {
  try {
    const start = () => startChild({ ...shellCommand(line, environment, context), stdout: "piped" }, context);
    return startAs(commandLine, start);
  } catch (error) {
    throw new InputError(failureOfCrash("hook", stage, error, context));
  }
}

async function* readAll({ stdout }: Child, current: Current): AsyncGenerator<Uint8Array, void> {
  const reader = stdout!.getReader();
  current.end = () => void reader.cancel().catch(() => {});
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
