/** Redirections: what is asked of whom next. */
import { isSecretHeader } from "../model/mask.ts";
import type { HttpReply, HttpRequest } from "../platform/world.ts";
import { HookError } from "./hook_context.ts";
import { escapeUrl, placeOf, targetOf } from "./url.ts";

/** The part of a request that a redirection changes. */
export type Asked = Pick<HttpRequest, "method" | "url" | "headers" | "body">;

export interface Redirection {
  readonly asked: Asked;
  /** The message itself is not sent again: a POST became a GET, or its body is gone. Undefined: nothing is lost. */
  readonly lost: string | undefined;
}

export const MOST_REDIRECTIONS = 10;

/**
 * The request that a reply asks for; undefined if the reply is the final one.
 *
 * @throws {HookError} when it cannot be followed, or would carry the body to another host or port, or over plain HTTP
 */
export function redirected(asked: Asked, reply: Pick<HttpReply, "status" | "headers">): Redirection | undefined {
  const location = reply.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  if (![301, 302, 303, 307, 308].includes(reply.status) || !location) return undefined;
  const { url, authorization } = destination(location, asked.url);
  const headers = headersFor(url, asked, /^[a-z][a-z0-9+.-]*:/i.test(location));
  const named = headers.some(([name]) => name.toLowerCase() === "authorization");
  const next = {
    ...asked,
    url,
    headers: authorization === undefined || named ? headers : [...headers, ["Authorization", authorization] as const],
  };
  if (reply.status < 307) return { asked: withoutBody(next), lost: lossOf(asked, reply.status, url) };
  refuseElsewhere(asked, url);
  return { asked: next, lost: undefined };
}

/** Receivers answer such a GET with a page that says nothing about the message: its status 200 is not a success. */
function lossOf({ method, body }: Asked, status: number, to: string): string | undefined {
  const isChanged = method !== "GET" && method !== "HEAD";
  if (!isChanged && body === undefined) return undefined;
  const became = [...isChanged ? ["sent as GET"] : [], ...body === undefined ? [] : ["without its body"]].join(", ");
  return `redirected (status ${status}) to ${placeOf(to)}: ${became}`;
}

/** What is sent may be as secret as a header: it was written for one receiver. */
function refuseElsewhere({ url, body }: Asked, to: string): void {
  if (body === undefined) return;
  if (isAnotherHost(url, to)) {
    const what = new URL(url).hostname === new URL(to).hostname ? "port" : "host";
    throw new HookError(`it redirects to another ${what}, ${placeOf(to)}: the body is not sent there`);
  }
  if (isInClear(url, to)) throw new HookError(`it redirects to plain HTTP, ${placeOf(to)}: the body is not sent there`);
}

function destination(location: string, from: string): ReturnType<typeof targetOf> {
  try {
    return targetOf(new URL(escapeUrl(location.trim()), from).href);
  } catch {
    throw new HookError("redirected to something other than an HTTP URL");
  }
}

/** Credentials are for the host that they were written for, and not for lines that others can read. */
function headersFor(to: string, { url, headers }: Asked, namesHost: boolean): Asked["headers"] {
  const isElsewhere = isAnotherHost(url, to) || isInClear(url, to);
  return headers.filter(([name]) =>
    !(isElsewhere && isSecretHeader(name)) && !(namesHost && name.toLowerCase() === "host")
  );
}

/** Another port is another receiver, but for the change from HTTP to HTTPS where neither URL names one: `host` leaves out default ports. */
function isAnotherHost(from: string, to: string): boolean {
  return new URL(from).host !== new URL(to).host;
}

function isInClear(from: string, to: string): boolean {
  return new URL(from).protocol === "https:" && new URL(to).protocol === "http:";
}

function withoutBody(asked: Asked): Asked {
  return {
    ...asked,
    method: asked.method === "HEAD" ? "HEAD" : "GET",
    body: undefined,
    headers: asked.headers.filter(([name]) => name.toLowerCase() !== "content-length"),
  };
}
