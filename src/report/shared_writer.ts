/** Writes files that runs share, and waits for those whose lock another process holds: without keeping the run from going on. */
import { reasonOf } from "../model/reason.ts";
import type { World } from "../platform/world.ts";
import type { FileChange } from "./shared_file.ts";

/** Every user who may read the file can hold its lock for ever. */
const PATIENCE_MS = 10_000;
const ATTEMPT_MS = 100;

export interface SharedWriter<T> {
  /**
   * It is written when this returns, unless the file's lock is held. Never throws.
   * @param warn tells people what could not be done
   */
  write(path: string, entry: T, warn: Warn): void;
  /** Resolves when all is written, or could not be. */
  settle(): Promise<void>;
}

type Warn = (text: string) => void;

/**
 * @param purpose begins a warning, before the path: `Cannot write the status file`
 * @param put puts entries into the file
 */
export function openSharedWriter<T>(
  purpose: string,
  put: (path: string, entries: readonly T[]) => FileChange,
  world: World,
): SharedWriter<T> {
  /** Entries that wait, by path, in their order. */
  const waiting = new Map<string, T[]>();
  const waits = new Set<Promise<void>>();
  /** Paths whose lack of protection was reported. */
  const unlocked = new Set<string>();

  function tellUnlocked(path: string, warn: Warn): void {
    if (unlocked.has(path)) return;
    unlocked.add(path);
    warn(`Cannot lock ${path}: profiles that write it at the same time can lose each other's entries`);
  }
  /** @returns whether there is nothing more to do, be it for a failure */
  function attempt(path: string, entries: readonly T[], warn: Warn): boolean {
    try {
      const change = put(path, entries);
      if (change === "unlocked") tellUnlocked(path, warn);
      return change !== "held";
    } catch (error) {
      warn(`${purpose} ${path}: ${reasonOf(error)}`);
      return true;
    }
  }
  async function writeLater(path: string, entries: T[], warn: Warn): Promise<void> {
    waiting.set(path, entries);
    for (const end = world.elapsed() + PATIENCE_MS; world.elapsed() < end;) {
      await world.sleep(ATTEMPT_MS);
      if (attempt(path, entries, warn)) return void waiting.delete(path);
    }
    waiting.delete(path);
    warn(`${purpose} ${path}: another process holds its lock`);
  }
  return {
    write(path, entry, warn) {
      const others = waiting.get(path);
      if (others) return void others.push(entry);
      if (attempt(path, [entry], warn)) return;
      const wait = writeLater(path, [entry], warn).finally(() => waits.delete(wait));
      waits.add(wait);
    },
    async settle() {
      await Promise.all(waits);
    },
  };
}
