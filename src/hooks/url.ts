/** From the text of a URL, as users and variables make it, to what may be sent. */
import { HookError } from "./hook_context.ts";

export interface UrlTarget {
  /** Without user, password and fragment. */
  readonly url: string;
  /** Value of an `Authorization` header, from the user and password of the URL. */
  readonly authorization: string | undefined;
}

/** Bytes that a URL may have; a `%` only before two hexadecimal digits. */
const FORBIDDEN = /[^A-Za-z0-9\-._~:\/?#[\]@!$&'()*+,;=%]+|%(?![0-9A-Fa-f]{2})/gu;
// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x1f\x7f]/;

/**
 * Percent-encodes what may not be in a URL: blanks, letters beyond ASCII, `"<>` …; what is encoded already stays.
 *
 * @throws {HookError} for control characters
 */
export function escapeUrl(text: string): string {
  if (CONTROL.test(text)) throw new HookError("the URL has a control character in it");
  return text.toWellFormed().replace(FORBIDDEN, encodeURIComponent);
}

/** @throws {HookError} unless it is a URL of HTTP */
export function targetOf(escaped: string): UrlTarget {
  if (escaped === "") throw new HookError("there is no URL");
  if (!/^https?:\/\//i.test(escaped)) throw new HookError("the URL does not begin with http:// or https://");
  const url = parsed(escaped);
  const { username, password } = url;
  url.username = url.password = url.hash = "";
  const named = username !== "" || password !== "";
  return { url: url.href, authorization: named ? basic(username, password) : undefined };
}

/**
 * A URL as messages show it, `https://host:port/…`: path and query hold tokens as often as not (Slack, Telegram, Healthchecks).
 * Of a text that is not a URL only the scheme is left: the end of its password is unknown.
 */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return /^https?:\/\//i.exec(url)?.[0].concat("…") ?? "";
  const { protocol, host, hostname, pathname, search, port } = new URL(url);
  const shown = port !== "" && `${pathname}${search}`.includes("@") ? hostname : host; // `//user:12/3@host`: no port
  return `${protocol}//${shown}/${pathname === "/" && search === "" ? "" : "…"}`;
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new HookError("the URL is invalid");
  }
}

function basic(username: string, password: string): string {
  const bytes = [...percentDecoded(username), 0x3a, ...percentDecoded(password)];
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** The bytes of an ASCII text in which bytes are written as `%XX`. */
function percentDecoded(text: string): number[] {
  return Array.from(text.matchAll(/%([0-9A-F]{2})|[^]/gi), ([one, hex]) => hex ? parseInt(hex, 16) : one.charCodeAt(0));
}
