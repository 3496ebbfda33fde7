/** Signals to the tool, and from it to others. */
import type { Signal } from "./world.ts";

/** What the system calls them, and what they mean here. */
const LISTENED: readonly (readonly [Deno.Signal, Signal])[] = Deno.build.os === "windows"
  ? [["SIGINT", "SIGINT"], ["SIGBREAK", "SIGTERM"]]
  : (["SIGINT", "SIGTERM", "SIGABRT", "SIGHUP", "SIGQUIT"] as const).map((name) => [name, name]);

let watches = 0;

/** From the first listener on a signal does not end the program by itself. */
export function listenToSignals(listener: (signal: Signal) => void): () => void {
  watches++;
  const stop = addListeners(listener);
  return () => {
    watches--;
    stop();
  };
}

/** Does something before a signal ends the program, where nothing else listens; the returned function ends that. */
export function onUnwatchedSignal(lastAct: () => void): () => void {
  const stop = addListeners((signal) => {
    if (watches > 0) return;
    stop();
    lastAct();
    Deno.kill(Deno.pid, signal); // it dies as if there had been no listener
  });
  return stop;
}

function addListeners(listener: (signal: Signal) => void): () => void {
  const ignored = hangupIsIgnored() ? "SIGHUP" : undefined;
  const handlers = LISTENED.map(([name, meaning]) =>
    [name, name === ignored ? () => {} : () => listener(meaning)] as const
  );
  for (const [name, handler] of handlers) Deno.addSignalListener(name, handler);
  return () => handlers.forEach(([name, handler]) => Deno.removeSignalListener(name, handler));
}

/**
 * `nohup resticprofile …`: the user wants it to outlive the terminal. A listener that does nothing is needed even so: with
 * the first listener of any signal Deno ends its process on an ignored SIGHUP too.
 */
function hangupIsIgnored(): boolean {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1] ?? "0";
    return (BigInt(`0x${mask}`) & 1n) === 1n;
  } catch {
    return false;
  }
}

/** @returns whether there is (or was, when it got the signal) such a process */
export function signalProcess(pid: number, signal: Signal | undefined): boolean {
  try {
    if (signal === undefined) process.kill(pid, 0);
    else Deno.kill(pid, signal);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.PermissionDenied || (error as { code?: unknown }).code === "EPERM";
  }
}
