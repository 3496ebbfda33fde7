import type { World } from "./world.ts";

/**
 * Does something; an uncaught error meanwhile ends the wait for it. What was under way is left to itself.
 * @throws {unknown} that error
 */
export async function untilCrash<T>(action: () => Promise<T>, world: World): Promise<T> {
  const { promise: crash, reject } = Promise.withResolvers<never>();
  const stop = world.onCrash(reject);
  try {
    return await Promise.race([action(), crash]);
  } finally {
    stop();
  }
}
