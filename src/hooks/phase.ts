/** All HTTP hooks of one phase. They never change how a run ends: what fails is one warning. */
import type { LogLevel } from "../model/invocation.ts";
import type { Tell } from "../model/event.ts";
import { masker } from "../model/mask.ts";
import type { HttpHook, HttpStep } from "../model/plan.ts";
import { printable } from "../model/printable.ts";
import type { World } from "../platform/world.ts";
import { trustedCertificates } from "./certificates.ts";
import { type HookContext, HookError } from "./context.ts";
import { type HookRequest, makeRequest } from "./request.ts";
import { type Outcome, send } from "./send.ts";
import { nameOf, showReply, showRequest, titleOf } from "./show.ts";
import { placeOf } from "./url.ts";

/** A dead receiver holds up the next hook no longer than this. */
const NEXT_AFTER_MS = 1_000;

/** What signals to the tool leave to a phase. */
export interface Patience {
  /** Does something that the next signal aborts, or the end of the time that is left. */
  around<T>(action: (end: AbortSignal) => Promise<T>): Promise<T>;
  /** The time in which all hooks are to have started; `Infinity` before a signal. */
  startMs(): number;
  /** Whether another hook is to be sent. */
  mayStart(): boolean;
}

interface Phase {
  readonly context: HookContext;
  readonly world: World;
  readonly caCertificates: readonly string[];
  say(level: LogLevel, text: string): void;
}

/**
 * Starts each hook when the one before is done, or a second after that one started; so quick receivers see the configured
 * order, and n dead ones cost one time limit and n seconds. Ends when all are done. Never rejects for what a hook does. After a
 * signal they follow each other more quickly, so that a dead one does not use up the time of those behind it.
 */
export async function sendPhase(
  step: HttpStep,
  context: HookContext,
  world: World,
  tell: Tell,
  patience: Patience,
): Promise<void> {
  const mask = masker(context.environment);
  const say = (level: LogLevel, text: string) => tell({ type: "message", at: world.now(), level, text: mask(text) });
  const caCertificates = trustedCertificates(context.http, world, (text) => say("warning", text));
  const phase: Phase = { context, world, caCertificates, say };
  const hooks: Promise<void>[] = [];
  for (const [index, hook] of step.hooks.entries()) {
    if (!patience.mayStart()) break;
    const done = patience.around((end) => sendOne(hook, nameOf(step, index), phase, end));
    hooks.push(done);
    const further = step.hooks.length - 1 - index;
    if (further > 0) await doneOrLate(done, Math.min(NEXT_AFTER_MS, patience.startMs() / further), world);
  }
  await Promise.all(hooks);
}

async function doneOrLate(done: Promise<void>, lateMs: number, world: World): Promise<void> {
  const enough = new AbortController();
  const late = world.sleep(lateMs, enough.signal).catch(() => {}); // the hook was quicker
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
