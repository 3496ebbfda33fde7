/** Requests that `fetch` cannot send, by the HTTP client of Node.js. */
import type { Socket } from "node:net";
import { Agent, buildConnector, type Dispatcher, ProxyAgent, request as send } from "undici";
import { firstBytes, ownHeaders, toByteString } from "./http_message.ts";
import { HttpError, type HttpReply, type HttpRequest } from "./world.ts";

interface Tls {
  readonly rejectUnauthorized?: false;
  readonly ca?: string[];
}

/**
 * In older Deno a connection that breaks within the TLS handshake may fail in the runtime's own callbacks, where no code can
 * catch it, and a hook would end the program. The request hears of it all the same.
 */
for (const type of ["error", "unhandledrejection"] as const) {
  globalThis.addEventListener(type, (event) => {
    const error = event instanceof ErrorEvent ? event.error : event.reason;
    if (isOfRuntimeAlone(error)) event.preventDefault();
  });
}

/** No frame of its stack belongs to this program or its packages. */
function isOfRuntimeAlone(error: unknown): boolean {
  const frames = error instanceof Error ? error.stack?.match(/^ {4}at .*$/gm) ?? [] : [];
  return frames.length > 0 && frames.every((frame) => /\b(?:ext|node):/.test(frame));
}

/** @throws {HttpError} */
export async function sendWithUndici(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const { url, skipTlsVerification, caCertificates } = request;
  if (!url.startsWith("https:")) return await sendOnce(request, {}, signal);
  if (skipTlsVerification) return await sendOnce(request, { rejectUnauthorized: false }, signal);
  try {
    return await sendOnce(request, {}, signal);
  } catch (error) {
    // Own certificates would replace the system's: they are a second attempt, before anything is sent.
    if (!isCertificateError(error) || caCertificates.length === 0) throw error;
    return await sendOnce(request, { ca: [...caCertificates] }, signal);
  }
}

async function sendOnce(request: HttpRequest, tls: Tls, signal: AbortSignal): Promise<HttpReply> {
  const dispatcher = dispatcherFor(request, tls);
  try {
    const { statusCode, headers, body } = await send(request.url, {
      dispatcher,
      signal,
      method: request.method as Dispatcher.HttpMethod, // any token is sent
      headers: headersByName(request),
      body: request.body ?? null,
    });
    return {
      status: statusCode,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one])
      ),
      async body() {
        try {
          return await firstBytes(body);
        } finally {
          await close(dispatcher);
        }
      },
      discard: () => void close(dispatcher),
    };
  } catch (error) {
    await close(dispatcher);
    throw signal.aborted ? new HttpError("aborted", "aborted") : undiciError(error, request);
  }
}

/** All its own time limits are off: the caller's signal is the limit. */
function dispatcherFor({ proxy, url }: HttpRequest, tls: Tls): Dispatcher {
  const patience = { headersTimeout: 0, bodyTimeout: 0 };
  const connect = { ...tls, timeout: 0 };
  if (proxy === undefined) return new Agent({ ...patience, connect: lenientConnector(connect) });
  const proxyTunnel = url.startsWith("https:");
  return new ProxyAgent({ ...patience, uri: proxy, proxyTunnel, connect: { timeout: 0 }, requestTls: connect });
}

/**
 * Many a receiver hangs up without the closing alert of TLS. That ends its reply; in older Deno it is an error, which would
 * take with it what has been read.
 */
function lenientConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) =>
    connect(target, (...result) => {
      const [error, socket] = result;
      if (!error) endWithoutAlert(socket);
      callback(...result);
    });
}

function endWithoutAlert(socket: Socket): void {
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => {
    if (!(error instanceof Deno.errors.UnexpectedEof)) return destroy(error);
    socket.push(null);
    return socket;
  };
}

async function close(dispatcher: Dispatcher): Promise<void> {
  await dispatcher.destroy().catch(() => {}); // the rest of the reply was dropped: its errors do not matter
}

/** By name, since the proxy's agent keeps the last of several entries alone; lists only where needed: `host` may be none. */
function headersByName({ headers }: HttpRequest): Record<string, string | string[]> {
  const byName = Object.groupBy(ownHeaders(headers), ([name]) => name.toLowerCase());
  return Object.fromEntries(
    Object.entries(byName).map(([name, entries = []]) => {
      const values = entries.map(([, value]) => toByteString(value));
      return [name, values.length === 1 ? values.join() : values];
    }),
  );
}

function isCertificateError(error: unknown): boolean {
  return error instanceof HttpError && error.reason === "certificate";
}

const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "issued for another host name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed; ca-certificates can name it",
  SELF_SIGNED_CERT_IN_CHAIN: "unknown authority; ca-certificates can name it",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknown authority; ca-certificates can name it",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknown authority, or expired; ca-certificates can name the authority",
};
/** An older Deno refuses certificates, and ends broken handshakes without a reason. */
const REFUSED_SILENTLY = "UNKNOWN";
const CONNECTION_PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed",
  UND_ERR_SOCKET: "connection closed",
  [REFUSED_SILENTLY]: "connection closed",
  ENOTFOUND: "unknown host",
};
const UNVERIFIABLE = "certificate not verified; if it is self-signed and marked as a CA, " +
  "re-create it with -addext basicConstraints=critical,CA:FALSE";

function undiciError(error: unknown, { url, skipTlsVerification }: HttpRequest): HttpError {
  const { code, message } = error as { code?: string; message: string };
  const known = code === undefined ? undefined : CERTIFICATE_PROBLEMS[code];
  if (known !== undefined) return new HttpError("certificate", `certificate not verified: ${known}`);
  const mayBeRefused = code === REFUSED_SILENTLY && url.startsWith("https:") && !skipTlsVerification;
  if (mayBeRefused) return new HttpError("certificate", UNVERIFIABLE);
  if (code === "UND_ERR_INVALID_ARG") return new HttpError("invalid", message);
  return new HttpError("connection", CONNECTION_PROBLEMS[code ?? ""] ?? message);
}
