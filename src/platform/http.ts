/**
 * One HTTP request, as it is asked for: nothing is followed, repeated or remembered. `fetch` sends it, but for what `fetch`
 * cannot do: skip the verification of a certificate, trust a certificate that is its own authority, send a body with GET,
 * reach ports that browsers block. For those there is `undici`, which takes a while to load.
 */
import { sendWithFetch } from "./http_fetch.ts";
import { HttpError, type HttpReply, type HttpRequest } from "./world.ts";

/** Variables that Deno would choose a proxy by, with rules of its own; `HttpRequest.proxy` has been chosen by ours. */
const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((n) => [n, n.toLowerCase()]);

/** @throws {HttpError} for everything but a reply */
export async function sendRequest(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  useSystemSettings();
  if (isBeyondFetch(request)) return await sendWithUndici(request, signal);
  try {
    return await sendWithFetch(request, signal);
  } catch (error) {
    if (error instanceof HttpError && mayWorkWithUndici(error, request)) return await sendWithUndici(request, signal);
    throw error;
  }
}

async function sendWithUndici(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const undici = await import("./http_undici.ts");
  return await undici.sendWithUndici(request, signal);
}

/** Deno looks at both when it opens the first connection, so there is still time at the first request. */
function useSystemSettings(): void {
  for (const name of PROXY_VARIABLES) Deno.env.delete(name);
  Deno.env.set("DENO_TLS_CA_STORE", "system");
  try {
    Deno.createHttpClient({}).close();
  } catch { // a container without certificates: then those that every browser trusts
    Deno.env.set("DENO_TLS_CA_STORE", "mozilla");
  }
}

function isBeyondFetch({ method, url, body, skipTlsVerification }: HttpRequest): boolean {
  const skips = skipTlsVerification && url.startsWith("https:");
  const hasOddBody = (method === "GET" || method === "HEAD") && body !== undefined;
  return skips || hasOddBody || method === "TRACE" || method === "TRACK";
}

/** In both cases nothing has been sent yet. */
function mayWorkWithUndici(error: HttpError, { caCertificates }: HttpRequest): boolean {
  return error.reason === "unsupported" || (error.reason === "authority" && caCertificates.length > 0);
}
