/** From a configured hook to the request that is sent, and the one that is shown. */
import type { ShownRequest } from "../model/hook_event.ts";
import { type Mask, masker, maskHeader, maskReceiver } from "../model/mask.ts";
import type { HttpHook } from "../model/plan.ts";
import { VERSION } from "../model/product.ts";
import type { World } from "../platform/world.ts";
import { type BodyProblem, makeBody } from "./body.ts";
import { secretsOf } from "./credentials.ts";
import { type HookContext, HookError } from "./hook_context.ts";
import type { Asked } from "./redirects.ts";
import { escapeUrl, placeOf, targetOf } from "./url.ts";
import { expandBody, expandUrl } from "./variables.ts";

type Headers = readonly (readonly [name: string, value: string])[];

export interface HookRequest {
  readonly asked: Asked;
  /** For people: everything secret is masked. */
  readonly shown: ShownRequest;
  /** Masks what is secret in the run and in this request; a reply may repeat both. */
  readonly mask: Mask;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// deno-lint-ignore no-control-regex
const FORBIDDEN_IN_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * Expands URL and body, with what is known now: an earlier hook may have written the template of the body.
 *
 * @throws {HookError} when it cannot be sent
 */
export async function makeRequest(
  hook: HttpHook,
  context: HookContext,
  world: World,
  warn: (problem: BodyProblem) => void = () => {},
): Promise<HookRequest> {
  const method = methodOf(hook);
  const written = escapeUrl(expandUrl(hook.url.reveal(), context));
  const { url, authorization } = targetOf(written);
  const headers = headersOf(hook, authorization, context);
  const body = await makeBody(hook, headers, context, world, warn);
  const mask = masker({ ...context.environment, ...secretsOf(url, headers) });
  const shown = {
    method,
    url: mask(maskReceiver(written)),
    headers: headers.map(([name, value]) => [name, mask(maskHeader(name, value))] as const),
    body: mask(body ?? ""),
  };
  return {
    asked: { method, url, headers, body },
    shown,
    mask,
  };
}

/** The URL as far as it can be told of a hook that is unusable. */
export function shownUrl(hook: HttpHook, context: HookContext): string {
  return masker(context.environment)(placeOf(expandUrl(hook.url.reveal(), context).trim()));
}

export function methodOf(hook: HttpHook): string {
  const method = hook.method.toUpperCase() || "GET";
  if (!TOKEN.test(method)) throw new HookError(`"${hook.method}" is not a method`);
  return method;
}

function headersOf(
  { headers, expandHeaders }: HttpHook,
  authorization: string | undefined,
  context: HookContext,
): Headers {
  const configured = headers.filter(({ name }) => name !== "").map(({ name, value }) => {
    // a header has one line: what an error says may have more
    const text = expandHeaders ? inOneLine(expandBody(value.reveal(), context)) : value.reveal().trim();
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

function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
