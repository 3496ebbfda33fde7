/**
 * Datagrams to a Unix socket, as the local syslog and systemd's readiness protocol want them. Deno has them only as an unstable
 * feature and without abstract addresses, so this calls the C library.
 */

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const LIBRARY: Readonly<Record<string, string>> = { linux: "libc.so.6", darwin: "libSystem.B.dylib" };

/**
 * @param path `@name`: an abstract address of Linux
 * @param data undefined: nothing is sent, the answer tells whether the socket has a listener
 * @returns whether it was received; false, too, where the system has no such sockets
 */
export function sendUnixDatagram(path: string, data: Uint8Array | undefined): boolean {
  const library = LIBRARY[Deno.build.os];
  if (library === undefined) return false;
  const address = addressOf(path);
  const libc = openLibrary(library);
  if (!libc) return false;
  const { socket, connect, send, close } = libc.symbols;
  const descriptor = socket(AF_UNIX, SOCK_DGRAM, 0);
  try {
    if (descriptor < 0 || connect(descriptor, address, address.length) !== 0) return false;
    return !data || Number(send(descriptor, Uint8Array.from(data), BigInt(data.length), 0)) === data.length;
  } finally {
    close(descriptor);
    libc.close();
  }
}

function openLibrary(name: string) {
  try {
    return Deno.dlopen(name, {
      socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
      connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
      send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
      close: { parameters: ["i32"], result: "i32" },
    });
  } catch {
    return undefined; // a Linux with another C library
  }
}

/** `struct sockaddr_un`: the family (behind a length byte on BSD systems), then the path. */
function addressOf(path: string): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(path.startsWith("@") ? `\0${path.slice(1)}` : `${path}\0`);
  const family = Deno.build.os === "darwin" ? [name.length + 2, AF_UNIX] : [AF_UNIX, 0];
  return Uint8Array.from([...family, ...name]);
}
