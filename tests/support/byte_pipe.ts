/** A pipe in memory whose reader may bring its own buffer, as the pipes of children are. */

export interface BytePipe {
  readonly stream: ReadableStream<Uint8Array>;
  /** Resolves when the text has been read, or nobody will. */
  write(data: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export function bytePipe(): BytePipe {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const source = readable.getReader();
  const writer = writable.getWriter();
  const stream = new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { value, done } = await source.read();
      if (!done) return controller.enqueue(value);
      controller.close();
      controller.byobRequest?.respond(0); // whoever waits with a buffer learns of the end
    },
    cancel: (reason) => source.cancel(reason),
  });
  return {
    stream,
    write: async (data) => {
      const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data.slice(); // the stream takes the buffer away
      if (bytes.length > 0) await writer.write(bytes).catch(() => {});
    },
    close: () => writer.close().catch(() => {}),
  };
}
