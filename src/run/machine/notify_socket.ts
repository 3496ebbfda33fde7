/** Tells systemd how far the service is: it set `NOTIFY_SOCKET` if it wants to know. */
import { SocketError, type World } from "../../platform/world.ts";

/** Does nothing outside of a service, and without a listener. */
export async function notifySystemd(state: "READY=1" | "STOPPING=1", world: World): Promise<void> {
  const path = world.env.NOTIFY_SOCKET;
  if (!path) return;
  try {
    const socket = await world.connect({ kind: "unix-datagram", path });
    await socket.send(new TextEncoder().encode(state));
    socket.close();
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
  }
}
