/** Messages on their way to a syslog: a receiver that stops reading costs a few megabytes and some messages, not the run. */
import type { Socket } from "../platform/world.ts";

/** Bytes that wait at most; what comes then is lost. */
const MOST_WAITING = 4 * 1024 * 1024;

export interface SyslogQueue {
  add(message: Uint8Array): void;
  /** Settles when all that waits has been sent, or refused by the system; never rejects. */
  sent(): Promise<void>;
  /** Messages that the receiver does not have: those that wait, and those for which there was no room. */
  missing(): number;
}

/** @param lossMessage tells the receiver how many messages are lost, once it reads again */
export function syslogQueue(socket: Socket, lossMessage: (lost: number) => Uint8Array): SyslogQueue {
  let waiting: Uint8Array[] = [];
  let next = 0;
  let bytes = 0;
  let lost = 0;
  let sending: Promise<void> | undefined;

  function take(): Uint8Array | undefined {
    const message = waiting[next++];
    if (message !== undefined) {
      bytes -= message.length;
      return message;
    }
    waiting = [];
    next = 0;
    const count = lost;
    lost = 0;
    return count > 0 ? lossMessage(count) : undefined;
  }
  async function sendAll(): Promise<void> {
    for (let message = take(); message !== undefined; message = take()) await socket.send(message).catch(() => {});
    sending = undefined;
  }
  return {
    add(message) {
      if (bytes + message.length > MOST_WAITING) {
        lost++;
        return;
      }
      waiting.push(message);
      bytes += message.length;
      sending ??= Promise.resolve().then(sendAll);
    },
    sent: () => sending ?? Promise.resolve(),
    missing: () => waiting.length - next + lost,
  };
}
