/** Stands before a receiver and keeps back the alert that closes a TLS 1.3 connection: many servers do not send it. */

/** Bytes of that alert's record: level, description, type, tag. No reply may have a record of this length. */
const ALERT_BYTES = 19;
const HEAD_BYTES = 5;

export interface AlertCutter {
  readonly port: number;
  /** @throws when the connection failed */
  close(): Promise<void>;
}

/** Serves one connection. */
export function startAlertCutter(receiverPort: number): AlertCutter {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = serve(listener, receiverPort);
  return {
    port: listener.addr.port,
    async close() {
      await served;
      listener.close();
    },
  };
}

async function serve(listener: Deno.TcpListener, receiverPort: number): Promise<void> {
  using client = await listener.accept();
  const receiver = await Deno.connect({ hostname: "127.0.0.1", port: receiverPort });
  const asking = client.readable.pipeTo(receiver.writable).catch(() => {}); // ends with the connection
  const writer = client.writable.getWriter();
  for await (const record of records(receiver.readable)) {
    if (record.length !== HEAD_BYTES + ALERT_BYTES) await writer.write(record);
  }
  await writer.close();
  await asking;
}

/** Records of TLS: type, version, length in two bytes, content. */
async function* records(chunks: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = new Uint8Array();
  for await (const chunk of chunks) {
    bytes = Uint8Array.from([...bytes, ...chunk]);
    for (let end = recordEnd(bytes); end <= bytes.length; end = recordEnd(bytes)) {
      yield bytes.slice(0, end);
      bytes = bytes.slice(end);
    }
  }
}

function recordEnd(bytes: Uint8Array): number {
  const [high, low] = bytes.subarray(3);
  return high === undefined || low === undefined ? Infinity : HEAD_BYTES + 256 * high + low;
}
