/** An HTTP(S) receiver that records the requests it gets, in order: `await using receiver = startReceiver()`. */

import type { Folder } from "./folder.ts";

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ReceiverReply {
  /** 200 unless given. */
  readonly status?: number;
  readonly body?: string;
  /** Never answers: the connection stays open until the other side gives up. */
  readonly silent?: true;
}

export interface Receiver extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly requests: readonly Received[];
}

/** Certificate and key, PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface ReceiverOptions {
  /** Makes it an HTTPS receiver. */
  readonly identity?: Identity;
  /** Called for each request, before it is answered. */
  readonly onRequest?: (request: Received) => void;
}

/** @param replies by path; a path that is not there is answered with 200 */
export function startReceiver(
  replies: Readonly<Record<string, ReceiverReply>> = {},
  { identity, onRequest }: ReceiverOptions = {},
): Receiver {
  const requests: Received[] = [];
  const ended = new AbortController();
  const options = { hostname: "127.0.0.1", port: 0, signal: ended.signal, onListen: () => {}, ...identity };
  const server = Deno.serve(options, async (request) => {
    const url = new URL(request.url);
    const received = {
      method: request.method,
      target: url.pathname + url.search,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    };
    requests.push(received);
    onRequest?.(received);
    const { status = 200, body = "ok", silent } = replies[url.pathname] ?? {};
    return silent ? new Promise<Response>(() => {}) : new Response(body, { status });
  });
  return {
    url: `${identity ? "https://localhost" : "http://127.0.0.1"}:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => {
      ended.abort();
      return server.finished;
    },
  };
}

/**
 * A self-signed certificate for localhost, as `openssl req -x509` makes it; it also stands in the folder as `self-signed.pem`.
 *
 * @throws {Error} when there is no openssl
 */
export async function selfSigned(folder: Folder): Promise<Identity> {
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const files = ["-keyout", "self-signed.key", "-out", "self-signed.pem"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...names, ...files];
  const { success, stderr } = await new Deno.Command("openssl", { args, cwd: folder.path }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return { cert: folder.read("self-signed.pem") ?? "", key: folder.read("self-signed.key") ?? "" };
}
