/** All HTTP hooks of one phase. They never change how a run ends: what fails is one warning. */
import type { LogLevel } from "../model/invocation.ts";
import type { Tell } from "../model/event.ts";
import { masker } from "../model/mask.ts";
import type { HttpHook, HttpStep } from "../model/plan.ts";
import type { World } from "../platform/world.ts";
import { trustedCertificates } from "./certificates.ts";
import { type HookContext, HookError } from "./context.ts";
import { type HookRequest, makeRequest } from "./request.ts";
import { type Outcome, send } from "./send.ts";
import { nameOf, printable, showReply, showRequest, titleOf } from "./show.ts";
import { placeOf } from "./url.ts";

/** A dead receiver holds up the next hook no longer than this. */
const NEXT_AFTER_MS = 1_000;

/** Does something that the next signal to the tool aborts; what is begun after the last one is aborted at once. */
export type Interruptible = <T>(action: (next: AbortSignal) => Promise<T>) => Promise<T>;

interface Phase {
  readonly context: HookContext;
  readonly world: World;
  readonly caCertificates: readonly string[];
  say(level: LogLevel, text: string): void;
}

/**
 * Starts each hook when the one before is done, or a second after that one started; so quick receivers see the configured
 * order, and n dead ones cost one time limit and n seconds. Ends when all are done. Never rejects for what a hook does.
 *
 * @param interruptible goes around each hook: a signal ends those that are on their way, those that start after it are sent
 */
export async function sendPhase(
  step: HttpStep,
  context: HookContext,
  world: World,
  tell: Tell,
  interruptible: Interruptible,
): Promise<void> {
  const mask = masker(context.environment);
  const say = (level: LogLevel, text: string) => tell({ type: "message", at: world.now(), level, text: mask(text) });
  const caCertificates = trustedCertificates(context.http, world, (text) => say("warning", text));
  const phase: Phase = { context, world, caCertificates, say };
  const hooks: Promise<void>[] = [];
  for (const [index, hook] of step.hooks.entries()) {
    const done = interruptible((next) => sendOne(hook, nameOf(step, index), phase, next));
    hooks.push(done);
    if (index < step.hooks.length - 1) await doneOrLate(done, world);
  }
  await Promise.all(hooks);
}

async function doneOrLate(done: Promise<void>, world: World): Promise<void> {
  const enough = new AbortController();
  const late = world.sleep(NEXT_AFTER_MS, enough.signal).catch(() => {}); // the hook was quicker
  await Promise.race([done, late]);
  enough.abort();
}

async function sendOne(hook: HttpHook, name: string, phase: Phase, signal: AbortSignal): Promise<void> {
  const { context, say } = phase;
  const of = `${name} on profile '${context.profile}'`;
  try {
    const request = await makeRequest(hook, context, phase.world, (text) => say("warning", `${of}: ${text}`));
    say("debug", `${of}: ${showRequest({ ...request.shown, url: placeOf(request.asked.url) })}`);
    const outcome = await sendRequest(hook, request, of, phase, signal);
    tellOutcome(outcome, of, request, phase);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error instanceof HookError ? error.message : `internal error: ${error.message}`;
    say("warning", `${of}: ${titleOf(hook, context)} was not sent: ${reason}`);
  }
}

async function sendRequest(
  hook: HttpHook,
  { asked, mask }: HookRequest,
  of: string,
  phase: Phase,
  signal: AbortSignal,
): Promise<Outcome> {
  const { context, world, caCertificates, say } = phase;
  const { skipTlsVerification, retries, expectStatus: statuses, expectBody: expected } = hook;
  const readsBodies = context.level === "trace";
  const sending = { asked, skipTlsVerification, caCertificates, retries, readsBodies, statuses, expected };
  return await send(sending, context.http, world, signal, (text) => say("debug", `${of}: ${mask(text)}`));
}

function tellOutcome(outcome: Outcome, of: string, { asked, mask }: HookRequest, { say }: Phase): void {
  if (outcome.status !== undefined) {
    say("debug", `${of}: ${mask(showReply(outcome))}`);
    if (outcome.body?.length) say("trace", `${of}: ${mask(printable(new TextDecoder().decode(outcome.body)))}`);
  }
  const { problem } = outcome;
  if (problem !== undefined) say("warning", `${of}: ${asked.method} ${placeOf(asked.url)} failed: ${mask(problem)}`);
}
