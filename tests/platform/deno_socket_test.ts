/** Sockets of the real machine. */
import { assertEquals, assertRejects } from "@std/assert";
import { createSocket } from "node:dgram";
import { openSocket } from "../../src/platform/deno_socket.ts";
import { SocketError } from "../../src/platform/world.ts";
import { makeFolder } from "../support/folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function received(listener: Deno.Listener): Promise<string> {
  const connection = await listener.accept();
  return await new Response(connection.readable).text();
}

Deno.test("a TCP socket sends in the order of the calls", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const text = received(listener);
  const socket = await openSocket({ kind: "tcp", host: "127.0.0.1", port: (listener.addr as Deno.NetAddr).port });
  await Promise.all([socket.send(bytes("one\n")), socket.send(bytes("two\n"))]);
  socket.close();
  assertEquals(await text, "one\ntwo\n");
  listener.close();
});

Deno.test("a Unix stream socket sends", async () => {
  using folder = makeFolder();
  const path = `${folder.path}/socket`;
  const listener = Deno.listen({ transport: "unix", path });
  const text = received(listener as unknown as Deno.Listener);
  const socket = await openSocket({ kind: "unix-stream", path });
  await socket.send(bytes("hello"));
  socket.close();
  assertEquals(await text, "hello");
  listener.close();
});

Deno.test("a UDP socket sends each message as one datagram", async () => {
  const receiver = createSocket("udp4");
  const { promise, resolve } = Promise.withResolvers<string>();
  receiver.on("message", (data) => resolve(String(data)));
  await new Promise<void>((bound) => receiver.bind(0, "127.0.0.1", () => bound()));
  const socket = await openSocket({ kind: "udp", host: "127.0.0.1", port: receiver.address().port });
  await socket.send(bytes("hello"));
  assertEquals(await promise, "hello");
  socket.close();
  await new Promise<void>((closed) => receiver.close(() => closed()));
});

for (const name of ["path", "abstract"] as const) {
  Deno.test(`a Unix datagram socket sends to an address that is ${name}`, async () => {
    using folder = makeFolder();
    const address = name === "path" ? `${folder.path}/socket` : `@resticprofile-test-${Deno.pid}`;
    // Deno cannot listen to datagrams without its unstable features
    const program = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1].replace('@', chr(0)))
sys.stdout.write('ready\\n')
sys.stdout.flush()
sys.stdout.write(s.recv(100).decode() + '\\n')`;
    const child = new Deno.Command("python3", { args: ["-c", program, address], stdout: "piped" }).spawn();
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    assertEquals((await lines.read()).value, "ready\n");
    const socket = await openSocket({ kind: "unix-datagram", path: address });
    await socket.send(bytes("READY=1"));
    assertEquals((await lines.read()).value, "READY=1\n");
    await lines.cancel();
    await child.status;
  });
}

for (
  const address of [
    { kind: "tcp", host: "127.0.0.1", port: 1 },
    { kind: "unix-stream", path: "/nonexistent/socket" },
    { kind: "unix-datagram", path: "/nonexistent/socket" },
  ] as const
) {
  Deno.test(`a ${address.kind} socket that nobody listens to is an error with a reason`, async () => {
    const { message } = await assertRejects(() => openSocket(address), SocketError);
    assertEquals(/^[a-z][^()]+$/.test(message), true, message);
  });
}

Deno.test("a UDP socket to an unknown host is not opened", async () => {
  const opening = () => openSocket({ kind: "udp", host: "no-such.invalid", port: 514 });
  assertEquals((await assertRejects(opening, SocketError)).message, "unknown host");
});
