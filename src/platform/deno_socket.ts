/** Sockets for log lines and notifications: small messages, one way. */
import { systemReason } from "./deno_files.ts";
import { sendUnixDatagram } from "./unix_datagram.ts";
import { type Socket, type SocketAddress, SocketError } from "./world.ts";

export async function openSocket(address: SocketAddress): Promise<Socket> {
  switch (address.kind) {
    case "udp":
      return await udpSocket(address.host, address.port);
    case "tcp":
      return streamSocket(() => Deno.connect({ hostname: address.host, port: address.port }));
    case "unix-stream":
      return streamSocket(() => Deno.connect({ transport: "unix", path: address.path }));
    case "unix-datagram":
      return unixDatagramSocket(address.path);
    default:
      return address satisfies never;
  }
}

async function streamSocket(connect: () => Promise<Deno.Conn>): Promise<Socket> {
  const connection = await connect().catch(fail);
  let last = Promise.resolve();
  return {
    send: (data) => last = last.then(() => writeAll(connection, data)),
    close: () => connection.close(),
  };
}

async function writeAll(connection: Deno.Conn, data: Uint8Array): Promise<void> {
  for (let done = 0; done < data.length;) done += await connection.write(data.subarray(done)).catch(fail);
}

/** By Node's module: Deno's own datagrams are an unstable feature. An unknown host is found out here, not with each message. */
async function udpSocket(host: string, port: number): Promise<Socket> {
  const { createSocket } = await import("node:dgram");
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  socket.on("error", () => {}); // each send() hears of its own failure
  socket.unref();
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", () => reject(new SocketError("unknown host")));
    socket.connect(port, host);
  }).catch((error) => {
    socket.close();
    throw error;
  });
  return {
    send: (data) =>
      new Promise((resolve, reject) =>
        socket.send(data, (error) => error ? reject(new SocketError(systemReason(error))) : resolve())
      ),
    close: () => socket.close(),
  };
}

function unixDatagramSocket(path: string): Socket {
  const send = (data: Uint8Array | undefined) => {
    if (!sendUnixDatagram(path, data)) throw new SocketError(`no listener at ${path}`);
  };
  send(undefined);
  return { send: (data) => Promise.resolve().then(() => send(data)), close() {} };
}

function fail(error: unknown): never {
  throw new SocketError(systemReason(error));
}
