/** The body of a request: configured text or template, filled in so that what calls itself JSON is JSON. */
import type { HttpHook } from "../model/plan.ts";
import type { World } from "../platform/world.ts";
import { nameOfTemplate, renderBody } from "./body_template.ts";
import type { HookContext } from "./hook_context.ts";
import { type Escape, expandBody } from "./variables.ts";

/** What is wrong with a body that is sent all the same; a variable is one of its template, `path`. */
export type BodyProblem =
  | { readonly kind: "not-json" }
  | { readonly kind: "unset-variable"; readonly variable: string; readonly path: string };

type Headers = readonly (readonly [name: string, value: string])[];

/**
 * @param headers of the request
 * @returns undefined for an empty one
 * @throws {HookError} when the template cannot be used
 */
export async function makeBody(
  hook: Pick<HttpHook, "body">,
  headers: Headers,
  context: HookContext,
  world: World,
  warn: (problem: BodyProblem) => void,
): Promise<string | undefined> {
  const body = await fill(hook, context, world, asItIs, warn);
  if (body === "" || !hasJson(headers) || isJson(body)) return body || undefined;
  // quotes and line breaks of an error or of restic's output: receivers refuse the whole message because of them
  const escaped = await fill(hook, context, world, insideOfJson, () => {});
  if (isJson(escaped)) return escaped;
  warn({ kind: "not-json" });
  return body;
}

async function fill(
  { body }: Pick<HttpHook, "body">,
  context: HookContext,
  world: World,
  escape: Escape,
  warn: (problem: BodyProblem) => void,
): Promise<string> {
  switch (body.kind) {
    case "none":
      return "";
    case "text":
      return expandBody(body.text, context, escape);
    case "template": {
      const path = nameOfTemplate(body.source);
      const onUnset = (variable: string) => warn({ kind: "unset-variable", variable, path });
      return await renderBody(body.source, context, world, escape, onUnset);
    }
    default:
      return body satisfies never;
  }
}

const asItIs: Escape = (text) => text;

const insideOfJson: Escape = (text) => JSON.stringify(text.toWellFormed()).slice(1, -1);

/** `application/json`, `application/problem+json`, … */
function hasJson(headers: Headers): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === "content-type" && /^[^;]*[/+]json\b/i.test(value));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
