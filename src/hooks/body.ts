/** The body of a request: configured text or template, filled in so that what calls itself JSON is JSON. */
import type { HttpHook } from "../model/plan.ts";
import type { World } from "../platform/world.ts";
import { renderBody } from "./body_template.ts";
import type { HookContext } from "./hook_context.ts";
import { type Escape, expandBody } from "./variables.ts";

/** What is wrong with a body that is sent all the same; a variable is one of its template, `path`. */
export type BodyProblem =
  | { readonly kind: "not-json" }
  | { readonly kind: "unset-variable"; readonly variable: string; readonly path: string };

type Headers = readonly (readonly [name: string, value: string])[];

/**
 * The template counts only where there is no body; a body that expands to nothing is one.
 *
 * @param headers of the request
 * @returns undefined for an empty one
 * @throws {HookError} when the template cannot be used
 */
export async function makeBody(
  hook: HttpHook,
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
  { body, bodyTemplate }: HttpHook,
  context: HookContext,
  world: World,
  escape: Escape,
  warn: (problem: BodyProblem) => void,
): Promise<string> {
  if (body !== "") return expandBody(body, context, escape);
  if (bodyTemplate === undefined) return "";
  return await renderBody(bodyTemplate, context, world, escape, (variable) => {
    warn({ kind: "unset-variable", variable, path: bodyTemplate });
  });
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
