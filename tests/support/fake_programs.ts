/** Children that do what a script says: print, take their time, die of signals. */
import { bytePipe } from "./byte_pipe.ts";
import { type Child, type ChildCommand, type ExitStatus, type Signal, SpawnError } from "../../src/platform/world.ts";
import type { FakeClock } from "./fake_clock.ts";

/** What a program does; all of it optional: it ends at once, silently, with status 0. */
export interface FakeProgram {
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string;
  /** Written later, in milliseconds after the start; must not be after its end. */
  readonly later?: readonly { readonly afterMs: number; readonly stream: "stdout" | "stderr"; readonly text: string }[];
  /** A process that it has left behind holds its standard output open. */
  readonly leavesOutputOpen?: boolean;
  readonly code?: number;
  /** It dies of this signal when its time is over. */
  readonly signal?: Signal;
  readonly durationMs?: number;
  /** It ends only when its standard input has ended (and its time is over). */
  readonly readsStdin?: boolean;
  /** Signals that it lives on after; SIGKILL ends everything. */
  readonly survives?: readonly Signal[];
  /** Its status after another signal (restic: 130); undefined: it dies of the signal. */
  readonly codeOnSignal?: number;
  /** It cannot be started, for this reason. */
  readonly refuses?: string;
  /** What it changes, when it starts. */
  readonly effect?: (command: ChildCommand) => void;
}

/** A program that was started. */
export interface Ran {
  /** Program and arguments, separated by blanks. */
  readonly line: string;
  readonly command: ChildCommand;
  readonly pid: number;
  /** Milliseconds of the fake clock. */
  readonly startedAt: number;
  endedAt: number | undefined;
  /** What it got on its standard input so far. */
  stdin: string;
  readonly signals: Signal[];
}

const SIGNAL_NUMBERS: Readonly<Record<Signal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGTERM: 15,
};

export function startFake(program: FakeProgram, command: ChildCommand, pid: number, clock: FakeClock, ran: Ran): Child {
  if (program.refuses !== undefined) throw new SpawnError(command.program, program.refuses);
  program.effect?.(command);
  const killed = new AbortController();
  const stdin = command.stdin === "piped" ? collector(ran, killed.signal) : undefined;
  const stdout = command.stdout === "piped" ? bytePipe() : undefined;
  const stderr = command.stderr === "piped" ? bytePipe() : undefined;
  stdout?.write(program.stdout ?? "");
  stderr?.write(program.stderr ?? "");

  async function live(): Promise<ExitStatus> {
    for (const { afterMs, stream, text } of program.later ?? []) {
      await clock.sleep(ran.startedAt + afterMs - clock.elapsed(), killed.signal);
      (stream === "stdout" ? stdout : stderr)?.write(text);
    }
    const left = ran.startedAt + (program.durationMs ?? 0) - clock.elapsed();
    if (left > 0) await clock.sleep(left, killed.signal);
    if (program.readsStdin) await stdin?.ended;
    if (program.signal) return diedOf(program.signal);
    return { code: program.code ?? 0, signal: undefined };
  }
  function onSignal(): ExitStatus {
    const signal = killed.signal.reason as Signal;
    const { codeOnSignal: code } = program;
    return signal === "SIGKILL" || code === undefined ? diedOf(signal) : { code, signal: undefined };
  }
  const status = live().catch(onSignal).then((end) => {
    ran.endedAt = clock.elapsed();
    if (!program.leavesOutputOpen) stdout?.close();
    stderr?.close();
    return end;
  });
  return {
    pid,
    status,
    stdin: stdin?.stream,
    stdout: stdout?.stream,
    stderr: stderr?.stream,
    niceProblem: undefined,
    kill(signal) {
      if (ran.endedAt !== undefined) return;
      ran.signals.push(signal);
      if (signal === "SIGKILL" || !program.survives?.includes(signal)) killed.abort(signal);
    },
  };
}

function diedOf(signal: Signal): ExitStatus {
  return { code: 128 + SIGNAL_NUMBERS[signal], signal };
}

function collector(ran: Ran, killed: AbortSignal) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  ended.catch(() => {}); // nobody waits for it if the program does not read
  killed.addEventListener("abort", () => reject(killed.reason));
  const stream = new WritableStream<Uint8Array>({
    write: (bytes) => void (ran.stdin += decoder.decode(bytes, { stream: true })),
    close: () => resolve(),
    abort: () => resolve(),
  });
  return { stream, ended };
}
