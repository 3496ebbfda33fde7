/** Sends one request and judges the outcome: time limit, redirections, further attempts. */
import { formatDuration } from "../model/duration.ts";
import type { HttpSettings } from "../model/plan.ts";
import { HttpError, type HttpReply, type HttpRequest, type World } from "../platform/world.ts";
import { HookError } from "./context.ts";
import { proxyFor } from "./proxy.ts";
import { type Asked, MOST_REDIRECTIONS, redirected } from "./redirects.ts";

export interface Sending {
  readonly asked: Asked;
  readonly skipTlsVerification: boolean;
  readonly caCertificates: readonly string[];
  /** Further attempts after the first. */
  readonly retries: number;
  /** Whether bodies of replies are read. */
  readonly readsBodies: boolean;
}

/** A reply, or why there is none. */
export type Outcome =
  | { readonly status: number; readonly headers: HttpReply["headers"]; readonly body: Uint8Array | undefined }
  | { readonly problem: string; readonly mayPass: boolean };

/** Waiting before further attempts: 1 s, 2 s, 4 s, … */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

/** @param tell gets one line for each attempt that is followed by another one */
export async function send(
  sending: Sending,
  settings: HttpSettings,
  world: World,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<Outcome> {
  for (let attempt = 1;; attempt++) {
    const outcome = await attemptOnce(sending, settings, world, signal);
    if (attempt > sending.retries || signal.aborted || !mayPass(outcome)) return outcome;
    const waitMs = waitBefore(attempt, outcome, settings, world);
    tell(`attempt ${attempt}: ${problemOf(outcome)}; again in ${formatDuration(waitMs)}`);
    await world.sleep(waitMs, signal).catch(() => {}); // interrupted: the next attempt ends at once
  }
}

/** Undefined for a success. */
export function problemOf(outcome: Outcome): string | undefined {
  if ("problem" in outcome) return outcome.problem;
  return outcome.status < 400 ? undefined : `status ${outcome.status}`;
}

function mayPass(outcome: Outcome): boolean {
  if ("problem" in outcome) return outcome.mayPass;
  return outcome.status === 408 || outcome.status === 429 || outcome.status >= 500;
}

/** The receiver's wish counts unless it is longer than a request may take. */
function waitBefore(attempt: number, outcome: Outcome, { timeoutMs = Infinity }: HttpSettings, world: World): number {
  const wished = "problem" in outcome ? undefined : retryAfter(outcome.headers, world.now());
  if (wished !== undefined && wished <= timeoutMs) return wished;
  return Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
}

/** Milliseconds; the header has seconds or a date. */
function retryAfter(headers: HttpReply["headers"], now: number): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1] ?? "";
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The time limit covers all redirections, up to the headers of the last reply. */
async function attemptOnce(
  sending: Sending,
  { timeoutMs }: HttpSettings,
  world: World,
  signal: AbortSignal,
): Promise<Outcome> {
  const late = new AbortController();
  const done = new AbortController();
  if (timeoutMs !== undefined) world.sleep(timeoutMs, done.signal).then(() => late.abort(), () => {});
  const ended = AbortSignal.any([signal, late.signal]);
  try {
    const reply = await unlessEnded(follow(sending, world, ended), ended);
    const body = sending.readsBodies ? await readBody(reply, ended) : undefined;
    if (!sending.readsBodies) reply.discard();
    return { status: reply.status, headers: reply.headers, body };
  } catch (error) {
    if (signal.aborted) return { problem: "interrupted", mayPass: false };
    if (late.signal.aborted) return { problem: `timed out after ${formatDuration(timeoutMs ?? 0)}`, mayPass: true };
    if (error instanceof HttpError) return { problem: error.message, mayPass: error.reason === "connection" };
    if (error instanceof HookError) return { problem: error.message, mayPass: false };
    throw error;
  } finally {
    done.abort();
  }
}

async function follow(sending: Sending, world: World, signal: AbortSignal): Promise<HttpReply> {
  const { skipTlsVerification, caCertificates } = sending;
  let asked = sending.asked;
  for (let redirections = 0;; redirections++) {
    signal.throwIfAborted();
    const proxy = proxyFor(asked.url, world.env);
    const request: HttpRequest = { ...asked, skipTlsVerification, caCertificates, proxy };
    const reply = await world.send(request, signal);
    const next = nextOf(asked, reply);
    if (next === undefined) return reply;
    reply.discard();
    if (redirections === MOST_REDIRECTIONS) throw new HookError(`more than ${MOST_REDIRECTIONS} redirections`);
    asked = next;
  }
}

function nextOf(asked: Asked, reply: HttpReply): Asked | undefined {
  try {
    return redirected(asked, reply);
  } catch (error) {
    reply.discard();
    throw error;
  }
}

/** A look-up of a name, for one, does not end with the signal. */
async function unlessEnded<T>(work: Promise<T>, ended: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(new HttpError("aborted", "aborted"));
  if (ended.aborted) end();
  ended.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    ended.removeEventListener("abort", end);
    promise.catch(() => {});
    work.catch(() => {}); // it fails later, when nobody waits for it
  }
}

/** A body that does not come to its end changes nothing: the headers were the answer. */
async function readBody(reply: HttpReply, ended: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    return await unlessEnded(reply.body(), ended);
  } catch (error) {
    if (error instanceof HttpError || ended.aborted) return undefined;
    throw error;
  }
}
