/** What the system learns while a run lasts: not to fall asleep, and how far the service is. */
import type { Remark } from "../model/remark.ts";
import type { World } from "../platform/world.ts";
import { notifySystemd } from "./machine/notify_socket.ts";
import { preventSleep } from "./machine/prevent_sleep.ts";

/**
 * Does something meanwhile.
 * @param preventsSleep the system is not to fall asleep; that it cannot be kept from it is a remark
 */
export async function awake<T>(
  preventsSleep: boolean,
  remark: (remark: Remark) => void,
  world: World,
  action: () => Promise<T>,
): Promise<T> {
  const wakefulness = preventsSleep ? await preventSleep(world) : undefined;
  if (wakefulness?.problem !== undefined) remark({ code: "sleep-not-prevented", reason: wakefulness.problem });
  await notifySystemd("READY=1", world);
  try {
    return await action();
  } finally {
    await notifySystemd("STOPPING=1", world);
    await wakefulness?.release();
  }
}
