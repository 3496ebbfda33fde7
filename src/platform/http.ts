/** One HTTP request. */
import { HttpError, type HttpReply, type HttpRequest } from "./world.ts";

/** @throws {HttpError} for everything but a reply */
export async function sendRequest(
  { method, url, headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpReply> {
  try {
    const reply = await fetch(url, {
      method,
      signal,
      redirect: "manual",
      headers: headers.map(([name, value]) => [name, value]),
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: reply.status,
      headers: [...reply.headers],
      body: async () => new Uint8Array(await reply.arrayBuffer()).subarray(0, 65_536),
      discard: () => void reply.body?.cancel(),
    };
  } catch (error) {
    throw new HttpError("connection", String(error));
  }
}
