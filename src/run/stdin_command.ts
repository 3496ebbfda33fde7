/**
 * `stdin-command`: shell commands whose joined output is restic's standard input. One that fails must never become a
 * snapshot: before its first 8 KiB restic is not even started, later restic is interrupted while its input is still open.
 */
import type { Failure } from "../model/event.ts";
import type { Child } from "../platform/world.ts";
import { interruptChild, startAs, startChild } from "./child.ts";
import { keepStderr } from "./child_output.ts";
import type { RunContext } from "./context.ts";
import { settle } from "./drain.ts";
import { type Environment, masked } from "./environment.ts";
import { failureOfChild, failureOfCrash, quotedWords } from "./failure.ts";
import { shellCommand } from "./shell.ts";

/** How much must be there, unless the output ends before, until restic starts. */
const HEAD_BYTES = 8 * 1024;

/** restic 0.17 and newer notice an interruption only when a read of theirs, up to 512 KiB, returns: some of them are filled. */
const BLANK_BYTES = 4 * 1024 * 1024;

/** Thrown by the output of a command that failed, after its last bytes. */
export class StdinCommandError extends Error {
  override name = "StdinCommandError";
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export interface CommandsOutput {
  /** Settles when the first bytes, or the end, are there. @throws {StdinCommandError} */
  head(): Promise<void>;
  /** Writes head and rest to restic and closes its input; restic is interrupted, and ends, if a command fails. */
  feed(restic: Child): Promise<StdinCommandError | undefined>;
  /** Ends what still runs, because nobody reads its output any more; settles when it has ended. */
  stop(): Promise<void>;
}

/** @param stage what stands before the cause in ERROR when a command fails */
export function startCommands(
  lines: readonly string[],
  stage: string,
  environment: Environment,
  context: RunContext,
): CommandsOutput {
  const current: Current = { child: undefined, stopped: false };
  const output = outputOf(lines, stage, environment, context, current);
  const begun: Uint8Array[] = [];
  let fed: Promise<unknown> = Promise.resolve();

  async function head(): Promise<void> {
    for (let size = 0; size < HEAD_BYTES;) {
      const { value, done } = await output.next();
      if (done) return;
      begun.push(value);
      size += value.length;
    }
  }
  async function pour(restic: Child): Promise<StdinCommandError | undefined> {
    const writer = restic.stdin!.getWriter();
    try {
      for (const bytes of begun) await write(writer, bytes);
      for await (const bytes of output) await write(writer, bytes);
      await writer.close().catch(() => {}); // restic has ended: its own failure tells why
      return undefined;
    } catch (error) {
      const interrupted = interruptChild(restic, context); // before its input ends
      writer.write(new Uint8Array(BLANK_BYTES)).catch(() => {});
      await interrupted;
      await writer.abort().catch(() => {});
      if (error instanceof StdinCommandError) return error;
      throw error;
    }
  }
  return {
    head,
    feed(restic) {
      const feeding = pour(restic);
      fed = feeding.catch(() => {}); // whoever asked for it gets the error
      return feeding;
    },
    async stop() {
      current.stopped = true;
      current.end?.();
      if (current.child) await interruptChild(current.child, context);
      await fed;
      await output.return();
    },
  };
}

/** The command that runs at the moment, for whoever has to end it. */
interface Current {
  child: Child | undefined;
  /** Nobody wants the rest of the output. */
  stopped: boolean;
  /** Ends the reading of its output, which another process may hold open. */
  end?: () => void;
}

/** A restic that has ended takes no input; the commands are stopped then, so the bytes may vanish. */
async function write(writer: WritableStreamDefaultWriter<Uint8Array>, bytes: Uint8Array): Promise<void> {
  await writer.write(bytes).catch(() => {});
}

async function* outputOf(
  lines: readonly string[],
  stage: string,
  environment: Environment,
  context: RunContext,
  current: Current,
): AsyncGenerator<Uint8Array, void> {
  const { world, signals } = context;
  for (const line of lines) {
    if (current.stopped) return;
    const before = signals.count();
    const commandLine = masked(quotedWords([line]), environment);
    const child = current.child = startCommand(line, stage, commandLine, environment, context);
    const stderr = keepStderr(child, context);
    yield* readAll(child, current);
    const status = await child.status;
    await settle([stderr.drain], world);
    const interrupted = signals.count() > before;
    const failure = failureOfChild({ stage, status, interrupted, commandLine, stderr: stderr.text() });
    if (failure && !current.stopped) throw new StdinCommandError(failure);
  }
}

function startCommand(
  line: string,
  stage: string,
  commandLine: string,
  environment: Environment,
  context: RunContext,
): Child {
  try {
    const start = () => startChild({ ...shellCommand(line, environment, context), stdout: "piped" }, context);
    return startAs(commandLine, start);
  } catch (error) {
    throw new StdinCommandError(failureOfCrash(stage, error));
  }
}

async function* readAll({ stdout }: Child, current: Current): AsyncGenerator<Uint8Array, void> {
  const reader = stdout!.getReader();
  current.end = () => void reader.cancel().catch(() => {});
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
