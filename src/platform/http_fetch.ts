/** Requests by Deno's own `fetch`. */
import { firstBytes, ownHeaders, toByteString } from "./http_message.ts";
import { HttpError, type HttpReply, type HttpRequest } from "./world.ts";

/** @throws {HttpError} */
export async function sendWithFetch(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const client = Deno.createHttpClient(clientOptions(request));
  try {
    const reply = await fetch(request.url, { ...fetchOptions(request), client, signal });
    return {
      status: reply.status,
      headers: [...reply.headers],
      async body() {
        try {
          return await firstBytes(reply.body ?? []);
        } finally {
          client.close();
        }
      },
      discard() {
        reply.body?.cancel().catch(() => {}); // dropped in the middle of it: nobody wants to know
        client.close();
      },
    };
  } catch (error) {
    client.close();
    throw signal.aborted ? new HttpError("aborted", "aborted") : fetchError(error);
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
    return new HttpError("authority", "certificate not verified: it is its own authority; add it to ca-certificates");
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
