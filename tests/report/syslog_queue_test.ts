import { assertEquals } from "@std/assert";
import { SocketError } from "../../src/platform/world.ts";
import { syslogQueue } from "../../src/report/syslog_queue.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const lossMessage = (lost: number) => encode(`lost ${lost}`);

/** A receiver that reads nothing until it is told to. */
function receiver(): { sent: string[]; open: () => void; socket: Parameters<typeof syslogQueue>[0] } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sent: string[] = [];
  const socket = {
    async send(data: Uint8Array) {
      await promise;
      sent.push(new TextDecoder().decode(data).slice(0, 10));
    },
    close() {},
  };
  return { sent, open: resolve, socket };
}

Deno.test("messages are sent in order, what is added meanwhile too", async () => {
  const { sent, open, socket } = receiver();
  const queue = syslogQueue(socket, lossMessage);
  queue.add(encode("a"));
  queue.add(encode("b"));
  open();
  await queue.sent();
  queue.add(encode("c"));
  await queue.sent();
  assertEquals([sent, queue.missing()], [["a", "b", "c"], 0]);
});

Deno.test("a receiver that stops reading keeps no more than 4 MiB, and is told what it lost when it reads again", async () => {
  const { sent, open, socket } = receiver();
  const queue = syslogQueue(socket, lossMessage);
  queue.add(encode("first"));
  await Promise.resolve(); // it is on its way
  const large = new Uint8Array(1024 * 1024).fill(0x78);
  for (let n = 0; n < 10; n++) queue.add(large);
  assertEquals(queue.missing(), 10);
  open();
  await queue.sent();
  assertEquals(sent, ["first", ...Array(4).fill("xxxxxxxxxx"), "lost 6"]);
  assertEquals(queue.missing(), 0);
});

Deno.test("a message that the system refuses does not keep the next one", async () => {
  const sent: string[] = [];
  const queue = syslogQueue({
    send(data) {
      const text = new TextDecoder().decode(data);
      if (text === "bad") return Promise.reject(new SocketError("refused"));
      return Promise.resolve(void sent.push(text));
    },
    close() {},
  }, lossMessage);
  for (const text of ["bad", "good"]) queue.add(encode(text));
  await queue.sent();
  assertEquals(sent, ["good"]);
});
