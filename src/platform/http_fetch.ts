/** Requests by Deno's own `fetch`. */
import { firstBytes, ownHeaders, toByteString } from "./http_message.ts";
import { HttpError, type HttpReply, type HttpRequest } from "./world.ts";

/** @throws {HttpError} */
export async function sendWithFetch(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  let client: Deno.HttpClient | undefined;
  try {
    client = openClient(clientOptions(request));
    const reply = await fetch(request.url, { ...fetchOptions(request), client, signal });
    return replyOf(reply, client);
  } catch (error) {
    client?.close();
    throw signal.aborted ? new HttpError("aborted", "aborted") : fetchError(error);
  }
}

function replyOf({ status, headers, body }: Response, client: Deno.HttpClient): HttpReply {
  return {
    status,
    headers: [...headers],
    async body() {
      try {
        return await firstBytes(body ?? []);
      } finally {
        client.close();
      }
    },
    discard() {
      body?.cancel().catch(() => {}); // dropped in the middle of it: its errors do not matter
      client.close();
    },
  };
}

/** An invalid certificate must not keep the others from being used. */
function openClient(options: Deno.CreateHttpClientOptions): Deno.HttpClient {
  try {
    return Deno.createHttpClient(options);
  } catch {
    return Deno.createHttpClient({ ...options, caCerts: (options.caCerts ?? []).filter(isCertificate) });
  }
}

function isCertificate(pem: string): boolean {
  try {
    Deno.createHttpClient({ caCerts: [pem] }).close();
    return true;
  } catch {
    return false;
  }
}

function clientOptions({ headers, caCertificates, proxy }: HttpRequest): Deno.CreateHttpClientOptions {
  const namesHost = headers.some(([name]) => name.toLowerCase() === "host");
  return {
    caCerts: [...caCertificates],
    allowHost: true,
    http2: !namesHost, // HTTP/2 has no such header: it would be sent beside the name in the URL
    ...(proxy === undefined ? {} : { proxy: { url: proxy } }),
  };
}

/** The body goes as bytes, for a text would get a Content-Type. */
function fetchOptions({ method, headers, body }: HttpRequest): RequestInit {
  return {
    method,
    redirect: "manual",
    headers: ownHeaders(headers).map(([name, value]): [string, string] => [name, toByteString(value)]),
    ...(body === undefined ? {} : { body: typeof body === "string" ? new TextEncoder().encode(body) : body }),
  };
}

/** `fetch` tells its reasons in prose, with the URL in it: only known words of it are taken. */
function fetchError(error: unknown): HttpError {
  const { message, cause } = error as Error;
  const text = cause instanceof Error ? cause.message : message;
  const certificate = /invalid peer certificate: (.*)/.exec(text)?.[1];
  if (certificate?.includes("CaUsedAsEndEntity")) {
    return new HttpError("authority", "self-signed certificate: add it to ca-certificates");
  }
  if (certificate) return new HttpError("certificate", `certificate not verified: ${certificateProblem(certificate)}`);
  if (/are blocked|is forbidden/.test(text)) return new HttpError("unsupported", text);
  if (text.includes("dns error")) return new HttpError("connection", "unknown host");
  if (/^Method|^Invalid|^Url/.test(text)) return new HttpError("invalid", text.replace(/:.*/s, ""));
  return new HttpError("connection", lastPart(text));
}

function certificateProblem(text: string): string {
  if (text.includes("UnknownIssuer")) return "unknown authority; ca-certificates can name it";
  if (/expired/i.test(text)) return "expired";
  if (text.includes("not valid for name") || text.includes("NotValidForName")) return "issued for another host name";
  return text.replace(/^Other\(OtherError\((.*)\)\)$/, "$1");
}

/** `error sending request for url (…): client error (Connect): tcp connect error: Connection refused (os error 111)`: the last reason. */
function lastPart(text: string): string {
  const reason = text.replace(/ \(os error \d+\)$/, "").replace(/^.*: /s, "");
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}
