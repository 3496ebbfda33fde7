/**
 * Time that passes when somebody waits for it, and only then: when nothing else is left to do, the clock jumps to the
 * next moment that a waiter asked for. A test of an hour of waiting takes a millisecond and always goes the same way.
 */

export interface FakeClock {
  /** Milliseconds since the clock was made. */
  elapsed(): number;
  /** Settles when the clock has come `ms` further; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back at a moment; it does not make time pass by itself: somebody has to wait beside it. */
  at(ms: number, action: () => void): void;
}

interface Alarm {
  readonly time: number;
  readonly drives: boolean;
  readonly ring: () => void;
}

export function fakeClock(): FakeClock {
  const alarms = new Set<Alarm>();
  let elapsed = 0;
  let pumping = false;

  function add(alarm: Alarm): void {
    alarms.add(alarm);
    if (alarm.drives) pump();
  }

  /** A macrotask runs when all promises that could settle have settled: then everybody waits for time alone. */
  function pump(): void {
    if (pumping) return;
    pumping = true;
    setTimeout(() => {
      pumping = false;
      if (![...alarms].some((alarm) => alarm.drives)) return;
      const next = [...alarms].reduce((first, alarm) => alarm.time < first.time ? alarm : first);
      alarms.delete(next);
      elapsed = Math.max(elapsed, next.time);
      next.ring();
      pump();
    });
  }

  return {
    elapsed: () => elapsed,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          alarms.delete(alarm);
          reject(signal?.reason);
        };
        const ring = () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        };
        const alarm = { time: elapsed + Math.max(0, ms), drives: true, ring };
        signal?.addEventListener("abort", abort, { once: true });
        add(alarm);
      });
    },
    at: (ms, action) => add({ time: ms, drives: false, ring: action }),
  };
}
