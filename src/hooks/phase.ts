/** All HTTP hooks of one phase. They never change how a run ends: what fails is one warning. */
import type { TellHappening } from "../model/event.ts";
import type { HookAttempt, HookRef, ShownReply } from "../model/hook_event.ts";
import { type Mask, masker, maskHeader } from "../model/mask.ts";
import type { HttpHook, HttpStep } from "../model/plan.ts";
import { printable } from "../model/printable.ts";
import type { World } from "../platform/world.ts";
import { trustedCertificates } from "./certificates.ts";
import type { BodyProblem } from "./body.ts";
import { type HookContext, HookError } from "./hook_context.ts";
import { type HookRequest, makeRequest } from "./request.ts";
import { type Progress, send, type SendOutcome } from "./send.ts";
import { refOf, titleOf } from "./shown_hook.ts";
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
  readonly tell: TellHappening;
  /** Hides the secrets of the run. */
  readonly mask: Mask;
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
  tell: TellHappening,
  patience: Patience,
): Promise<void> {
  const mask = masker(context.environment);
  const caCertificates = trustedCertificates(context.http, world, ({ path, reason }) => {
    tell({ type: "remark", remark: { code: "certificates-unusable", path: mask(path), reason: mask(reason) } });
  });
  const phase: Phase = { context, world, caCertificates, tell, mask };
  const hooks: Promise<void>[] = [];
  for (const [index, hook] of step.hooks.entries()) {
    if (!patience.mayStart()) break;
    const done = patience.around((end) => sendOne(hook, refOf(step, index), phase, end));
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

async function sendOne(hook: HttpHook, ref: HookRef, phase: Phase, signal: AbortSignal): Promise<void> {
  const { context, tell, mask } = phase;
  const attempts: HookAttempt[] = [];
  try {
    const request = await makeRequest(hook, context, phase.world, (problem) => tellBody(problem, ref, phase));
    const { method } = request.asked;
    const url = placeOf(request.asked.url);
    tell({ type: "hook-started", hook: ref, request: { ...request.shown, url: mask(url) } });
    const outcome = await sendRequest(hook, request, phase, signal, (progress) => {
      tellProgress(progress, ref, request.mask, attempts, phase);
    });
    const problem = outcome.problem === undefined ? undefined : request.mask(outcome.problem);
    tell({
      type: "hook-ended",
      hook: ref,
      shown: `${method} ${mask(url)}`,
      isSent: true,
      attempts,
      delivered: problem === undefined,
      problem,
      reply: shownReply(outcome, request.mask),
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error instanceof HookError ? error.message : `internal error: ${error.message}`;
    const unsent = { isSent: false, attempts, delivered: false, problem: mask(reason), reply: undefined };
    tell({ type: "hook-ended", hook: ref, shown: titleOf(hook, context), ...unsent });
  }
}

function tellBody(problem: BodyProblem, hook: HookRef, { tell, mask }: Phase): void {
  if (problem.kind === "not-json") return tell({ type: "remark", remark: { code: "hook-body-not-json", hook } });
  const [variable, path] = [mask(problem.variable), mask(problem.path)];
  tell({ type: "remark", remark: { code: "hook-variable-unset", hook, variable, path } });
}

async function sendRequest(
  hook: HttpHook,
  { asked }: HookRequest,
  { context, world, caCertificates }: Phase,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<SendOutcome> {
  const { skipTlsVerification, retries, expectStatus: statuses, expectBody: expected } = hook;
  const readsBodies = context.level === "trace";
  const sending = { asked, skipTlsVerification, caCertificates, retries, readsBodies, statuses, expected };
  return await send(sending, context.http, world, signal, tell);
}

/** @param attempts gets each that is over */
function tellProgress(progress: Progress, hook: HookRef, mask: Mask, attempts: HookAttempt[], { tell }: Phase): void {
  if (progress.kind === "redirected") {
    const { status, to, method } = progress;
    return tell({ type: "hook-redirected", hook, status, to: mask(to), method });
  }
  const { problem } = progress.attempt;
  const attempt = { ...progress.attempt, problem: problem === undefined ? undefined : mask(problem) };
  attempts.push(attempt);
  const { waitMs } = progress;
  if (waitMs !== undefined) tell({ type: "hook-retried", hook, number: attempts.length, attempt, waitMs });
}

function shownReply(outcome: SendOutcome, mask: Mask): ShownReply | undefined {
  if (outcome.status === undefined) return undefined;
  const { status, headers, body } = outcome;
  return {
    status,
    headers: headers.map(([name, value]) => [mask(name), mask(maskHeader(name, value))] as const),
    body: body?.length ? mask(printable(new TextDecoder().decode(body))) : undefined,
  };
}
