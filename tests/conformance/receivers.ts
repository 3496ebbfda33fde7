/**
 * Receivers of requests: one of HTTP, two of HTTPS, with a self-signed certificate and with one that an authority signed.
 *
 * They hide what Deno's `node:http` shows otherwise from release to release, for the cases were recorded with one of them: newer ones give
 * the URL of a request to a proxy as a whole, and the body of a GET.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificates } from "../support/certificates.ts";
import type { CaseSpec, Event, HttpReply } from "./case.ts";

export interface Receivers extends Disposable {
  /** Addresses without a slash at the end. */
  readonly http: string;
  readonly selfSigned: string;
  readonly signed: string;
}

/** @param note called with each request before it is answered */
export async function startReceivers(
  spec: CaseSpec,
  { self, leaf }: Certificates,
  note: (event: Event) => void,
): Promise<Receivers> {
  const replyTo = replies(spec);
  let http = "";
  const handler = (scheme: string) => async (request: IncomingMessage, response: ServerResponse) => {
    const target = targetOf(request);
    note(requestEvent(scheme, target, request, await bodyOf(request), spec));
    await answer(request, response, replyTo(target.split("?")[0]!), http);
  };
  const servers = [
    createServer(handler("http")),
    createTlsServer(self, handler("https")),
    createTlsServer(leaf, handler("https")),
  ];
  const [plain, selfSigned, signed] = await Promise.all(servers.map(listen));
  http = `http://127.0.0.1:${plain}`;
  return {
    http,
    selfSigned: `https://localhost:${selfSigned}`,
    signed: `https://localhost:${signed}`,
    [Symbol.dispose]() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** @returns the port */
function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** The reply to the next request for a path. */
function replies({ http = {} }: CaseSpec): (path: string) => HttpReply {
  const counts = new Map<string, number>();
  return (path) => {
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    const all = [http[path] ?? {}].flat();
    return all[Math.min(count, all.length - 1)]!;
  };
}

function targetOf({ url = "" }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/]+/, "");
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return await new Blob(chunks).text();
}

function requestEvent(
  scheme: string,
  target: string,
  { method = "", headers: given }: IncomingMessage,
  body: string,
  { watchHeaders = [] }: CaseSpec,
): Event {
  const headers = watchHeaders.map((name) => name.toLowerCase()).filter((name) => given[name] !== undefined)
    .map((name) => [name, String(given[name]).replace(/resticprofile\/\S+/, "resticprofile/VERSION")]);
  return {
    [scheme]: `${method} ${target}`,
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
    ...(body !== "" && method !== "GET" && method !== "HEAD" ? { body } : {}),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, reply: HttpReply, http: string) {
  if (reply.delay) await new Promise((resolve) => setTimeout(resolve, reply.delay! * 1000));
  if (reply.drop) return void request.socket.destroy();
  response.writeHead(reply.status ?? 200, reply.location ? { location: reply.location.replace("{{HTTP}}", http) } : {});
  response.end(reply.body ?? "ok");
}
