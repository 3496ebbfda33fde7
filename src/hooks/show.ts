/** HTTP hooks as people see them: in a dry run, and in verbose output as they are sent. Everything secret is masked. */
import { maskHeader } from "../model/mask.ts";
import { printable } from "../model/printable.ts";
import type { HttpHook, HttpStep } from "../model/plan.ts";
import type { HttpReply, World } from "../platform/world.ts";
import { type HookContext, HookError } from "./context.ts";
import { makeRequest, methodOf, type ShownRequest, shownUrl } from "./request.ts";

/** All requests of a phase, rendered with what is known now. */
export async function showPhase(step: HttpStep, context: HookContext, world: World): Promise<string> {
  const shown: string[] = [];
  for (const [index, hook] of step.hooks.entries()) {
    shown.push(`${nameOf(step, index)}: ${await showHook(hook, context, world)}`);
  }
  return shown.join("\n");
}

async function showHook(hook: HttpHook, context: HookContext, world: World): Promise<string> {
  try {
    return showRequest((await makeRequest(hook, context, world)).shown);
  } catch (error) {
    if (error instanceof HookError) return `${titleOf(hook, context)} cannot be sent: ${error.message}`;
    throw error;
  }
}

/** `send-before`, or `send-before 2 of 3`. */
export function nameOf({ phase, hooks }: HttpStep, index: number): string {
  return hooks.length === 1 ? phase : `${phase} ${index + 1} of ${hooks.length}`;
}

/** Method and URL of a hook that may be unusable. */
export function titleOf(hook: HttpHook, context: HookContext): string {
  return [tryMethod(hook), printable(shownUrl(hook, context)).replaceAll("\n", " ")].filter(Boolean).join(" ");
}

function tryMethod(hook: HttpHook): string {
  try {
    return methodOf(hook);
  } catch {
    return ""; // the reason that follows tells it
  }
}

/** Method and URL, then headers and body on lines of their own, indented. */
export function showRequest({ method, url, headers, body }: ShownRequest): string {
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`);
  if (body !== "") lines.push("", ...printable(body).replace(/\n$/, "").split("\n").map((line) => `  ${line}`));
  return [`${method} ${url}`, ...lines].join("\n");
}

export function showReply({ status, headers }: Pick<HttpReply, "status" | "headers">): string {
  return [`status ${status}`, ...headers.map(([name, value]) => `  ${name}: ${maskHeader(name, value)}`)].join("\n");
}
