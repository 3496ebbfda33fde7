/** HTTP hooks for people who see no more of them than this: in a dry run, and where they cannot be sent. Everything secret is masked. */
import type { HookRef, ShownHook } from "../model/hook_event.ts";
import { printable } from "../model/printable.ts";
import type { HttpHook, HttpStep } from "../model/plan.ts";
import type { World } from "../platform/world.ts";
import { type HookContext, HookError } from "./hook_context.ts";
import { makeRequest, methodOf, shownUrl } from "./request.ts";

/** All requests of a phase, rendered with what is known now. */
export async function showPhase(step: HttpStep, context: HookContext, world: World): Promise<ShownHook[]> {
  const shown: ShownHook[] = [];
  for (const [index, hook] of step.hooks.entries()) {
    shown.push(await showHook(hook, refOf(step, index), context, world));
  }
  return shown;
}

async function showHook(hook: HttpHook, ref: HookRef, context: HookContext, world: World): Promise<ShownHook> {
  try {
    return { hook: ref, request: (await makeRequest(hook, context, world)).shown };
  } catch (error) {
    if (error instanceof HookError) return { hook: ref, title: titleOf(hook, context), reason: error.message };
    throw error;
  }
}

export function refOf({ phase, hooks }: HttpStep, index: number): HookRef {
  return { phase, index, count: hooks.length };
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
