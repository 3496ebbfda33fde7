/** A pipe in memory whose reader may bring its own buffer, as the pipes of children are. */

export interface BytePipe {
  readonly stream: ReadableStream<Uint8Array>;
  /** Resolves when the text has been read, or nobody will. */
  write(text: string): Promise<void>;
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
    write: async (text) => {
      if (text !== "") await writer.write(new TextEncoder().encode(text)).catch(() => {});
    },
    close: () => writer.close().catch(() => {}),
  };
}
