/** Writes status files, and waits for those whose lock another process holds: without keeping the run from going on. */
import { reasonOf } from "../model/reason.ts";
import type { World } from "../platform/world.ts";
import type { Monitored } from "./monitored.ts";
import { writeStatus } from "./status_file.ts";

/** Anybody who may read the file can hold its lock, for ever. */
const PATIENCE_MS = 10_000;
const ATTEMPT_MS = 100;

export interface StatusWriter {
  /** It is written when this returns, unless the file's lock is held. Never throws. */
  write(path: string, outcome: Monitored): void;
  /** Resolves when all is written, or could not be. */
  settle(): Promise<void>;
}

/** @param warn tells people what could not be done */
export function openStatusWriter(world: World, warn: (text: string) => void): StatusWriter {
  /** Outcomes that wait, by path, in their order. */
  const waiting = new Map<string, Monitored[]>();
  const waits = new Set<Promise<void>>();

  /** @returns whether there is nothing more to do, be it for a failure */
  function attempt(path: string, outcomes: readonly Monitored[]): boolean {
    try {
      return writeStatus(path, outcomes, world.files);
    } catch (error) {
      warn(`Cannot write the status file ${path}: ${reasonOf(error)}`);
      return true;
    }
  }
  async function writeLater(path: string, outcomes: Monitored[]): Promise<void> {
    waiting.set(path, outcomes);
    for (let left = PATIENCE_MS; left > 0; left -= ATTEMPT_MS) {
      await world.sleep(ATTEMPT_MS);
      if (attempt(path, outcomes)) return void waiting.delete(path);
    }
    waiting.delete(path);
    warn(`Cannot write the status file ${path}: another process holds its lock`);
  }
  return {
    write(path, outcome) {
      const others = waiting.get(path);
      if (others) return void others.push(outcome);
      if (attempt(path, [outcome])) return;
      const wait = writeLater(path, [outcome]).finally(() => waits.delete(wait));
      waits.add(wait);
    },
    async settle() {
      await Promise.all(waits);
    },
  };
}
