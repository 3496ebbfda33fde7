/** An HTTP(S) server that keeps what it gets as it came over the line, which libraries hide: bodies of GET, repeated headers. */
import type { Certificate } from "./certificates.ts";

export interface Received {
  readonly method: string;
  /** The request line's target: path and query, or the whole URL for a proxy. */
  readonly target: string;
  /** In the order of the line; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface RawReply {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Waits for this before it replies. */
  readonly after?: Promise<void>;
  /** Closes the connection without a reply. */
  readonly drop?: boolean;
}

export interface RawReceiver {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT`. */
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

export function startRawReceiver(
  options: { certificate?: Certificate; reply?: (received: Received, index: number) => RawReply } = {},
): RawReceiver {
  const { certificate, reply = (): RawReply => ({}) } = options;
  const where = { hostname: "127.0.0.1", port: 0 };
  const listener = certificate ? Deno.listenTls({ ...where, ...certificate }) : Deno.listen(where);
  const received: Received[] = [];
  const connections = new Set<Promise<void>>();
  const open = new Set<Deno.Conn>();

  async function serve(connection: Deno.Conn): Promise<void> {
    open.add(connection);
    try {
      const request = await readRequest(connection);
      if (request) await answer(connection, request);
    } catch {
      return; // the client went away, or did not like the certificate
    } finally {
      open.delete(connection);
      connection.close();
    }
  }
  async function answer(connection: Deno.Conn, request: Received): Promise<void> {
    received.push(request);
    const { status = 200, headers = {}, body = "ok", after, drop } = reply(request, received.length - 1);
    await after;
    if (drop) return;
    const bytes = new TextEncoder().encode(request.method === "HEAD" ? "" : body);
    const lines = Object.entries({ ...headers, "Content-Length": bytes.length, Connection: "close" });
    const head = `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
    await writeAll(connection, new TextEncoder().encode(head));
    await writeAll(connection, bytes);
  }
  const accepting = (async () => {
    for await (const connection of listener) {
      const served = serve(connection).then(() => void connections.delete(served));
      connections.add(served);
    }
  })();

  const { port } = listener.addr as Deno.NetAddr;
  return {
    port,
    received,
    url: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    async close() {
      listener.close();
      for (const connection of open) connection.close();
      await Promise.all([accepting, ...connections]).catch(() => {});
    },
  };
}

async function readRequest(connection: Deno.Conn): Promise<Received | undefined> {
  let bytes = new Uint8Array();
  const buffer = new Uint8Array(65_536);
  for (let wanted = Infinity; bytes.length < wanted;) {
    const length = await connection.read(buffer);
    if (length === null) return undefined;
    bytes = Uint8Array.from([...bytes, ...buffer.subarray(0, length)]);
    const text = latin1(bytes);
    const end = text.indexOf("\r\n\r\n");
    if (end >= 0) wanted = end + 4 + Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
  }
  const text = latin1(bytes);
  const [head = ""] = text.split("\r\n\r\n", 1);
  const [line = "", ...headers] = head.split("\r\n");
  const [method = "", target = ""] = line.split(" ");
  return {
    method,
    target,
    headers: headers.map((header) => {
      const colon = header.indexOf(":");
      return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()] as const;
    }),
    body: new TextDecoder().decode(bytes.subarray(head.length + 4)),
  };
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await connection.write(bytes.subarray(done));
}
