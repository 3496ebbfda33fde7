/** From a configured hook to the request that is sent, and the one that is shown. */
import { maskAddress, masker, maskHeader } from "../model/mask.ts";
import type { HttpHook } from "../model/plan.ts";
import { VERSION } from "../model/version.ts";
import type { World } from "../platform/world.ts";
import { renderBody } from "./body_template.ts";
import { type HookContext, HookError } from "./context.ts";
import type { Asked } from "./redirects.ts";
import { escapeUrl, targetOf } from "./url.ts";
import { expandBody, expandUrl } from "./variables.ts";

type Headers = readonly (readonly [name: string, value: string])[];

export interface HookRequest {
  readonly asked: Asked;
  /** For people: everything secret is masked. */
  readonly shown: ShownRequest;
}

export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Empty: there is none. */
  readonly body: string;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// deno-lint-ignore no-control-regex
const FORBIDDEN_IN_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * Expands URL and body, with what is known now: an earlier hook may have written the template of the body.
 *
 * @throws {HookError} when it cannot be sent
 */
export async function makeRequest(hook: HttpHook, context: HookContext, world: World): Promise<HookRequest> {
  const method = methodOf(hook);
  const written = escapeUrl(expandUrl(hook.url.reveal(), context));
  const { url, authorization } = targetOf(written);
  const headers = headersOf(hook, authorization);
  const body = await bodyOf(hook, context, world);
  const mask = masker(context.environment);
  const shown = {
    method,
    url: mask(maskAddress(written)),
    headers: headers.map(([name, value]) => [name, mask(maskHeader(name, value))] as const),
    body: mask(body ?? ""),
  };
  return { asked: { method, url, headers, body }, shown };
}

/** The URL as far as it can be told of a hook that is unusable. */
export function shownUrl(hook: HttpHook, context: HookContext): string {
  return masker(context.environment)(maskAddress(expandUrl(hook.url.reveal(), context))).trim();
}

export function methodOf(hook: HttpHook): string {
  const method = hook.method.toUpperCase() || "GET";
  if (!TOKEN.test(method)) throw new HookError(`"${hook.method}" is not a method`);
  return method;
}

function headersOf({ headers }: HttpHook, authorization: string | undefined): Headers {
  const configured = headers.filter(({ name }) => name !== "").map(({ name, value }) => {
    const text = value.reveal().trim();
    if (!TOKEN.test(name)) throw new HookError(`"${name}" is not a name of a header`);
    if (FORBIDDEN_IN_VALUE.test(text)) throw new HookError(`header "${name}" has a control character in its value`);
    return [name, text] as const;
  });
  const has = (wanted: string) => configured.some(([name]) => name.toLowerCase() === wanted);
  return [
    ...(has("user-agent") ? [] : [["User-Agent", `resticprofile/${VERSION}`] as const]),
    ...(authorization === undefined || has("authorization") ? [] : [["Authorization", authorization] as const]),
    ...configured,
  ];
}

/** The template counts only where there is no body; a body that expands to nothing is one. */
async function bodyOf(hook: HttpHook, context: HookContext, world: World): Promise<string | undefined> {
  if (hook.body !== "") return expandBody(hook.body, context) || undefined;
  if (hook.bodyTemplate === undefined) return undefined;
  return await renderBody(hook.bodyTemplate, context, world) || undefined;
}
