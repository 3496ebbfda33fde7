/** Redirections: what is asked of whom next. */
import type { HttpReply, HttpRequest } from "../platform/world.ts";
import { HookError } from "./context.ts";
import { escapeUrl, targetOf } from "./url.ts";

/** The part of a request that a redirection changes. */
export type Asked = Pick<HttpRequest, "method" | "url" | "headers"> & { readonly body: string | undefined };

export const MOST_REDIRECTIONS = 10;

/**
 * The request that a reply asks for; undefined if the reply is the final one.
 *
 * @throws {HookError} when it cannot be followed
 */
export function redirected(asked: Asked, reply: Pick<HttpReply, "status" | "headers">): Asked | undefined {
  const location = reply.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  if (![301, 302, 303, 307, 308].includes(reply.status) || !location) return undefined;
  const { url, authorization } = destination(location, asked.url);
  const dropped = droppedHeaders(asked.url, url, /^[a-z][a-z0-9+.-]*:/i.test(location));
  const headers = asked.headers.filter(([name]) => !dropped.includes(name.toLowerCase()));
  const named = headers.some(([name]) => name.toLowerCase() === "authorization");
  const next = {
    ...asked,
    url,
    headers: authorization === undefined || named ? headers : [...headers, ["Authorization", authorization] as const],
  };
  return reply.status >= 307 ? next : withoutBody(next);
}

function destination(location: string, from: string): ReturnType<typeof targetOf> {
  try {
    return targetOf(new URL(escapeUrl(location.trim()), from).href);
  } catch {
    throw new HookError("it redirects to something that is not a URL of HTTP");
  }
}

/** Credentials are for the host that they were written for, and not for lines that others can read. */
function droppedHeaders(from: string, to: string, namesHost: boolean): string[] {
  const [before, after] = [new URL(from), new URL(to)];
  const isElsewhere = before.hostname !== after.hostname ||
    (before.protocol === "https:" && after.protocol === "http:");
  return [...(isElsewhere ? ["authorization", "cookie"] : []), ...(namesHost ? ["host"] : [])];
}

function withoutBody(asked: Asked): Asked {
  return {
    ...asked,
    method: asked.method === "HEAD" ? "HEAD" : "GET",
    body: undefined,
    headers: asked.headers.filter(([name]) => name.toLowerCase() !== "content-length"),
  };
}
