/** Sends one request and judges the outcome: time limit, redirections, further attempts. */
import { formatDuration } from "../model/duration.ts";
import type { HookAttempt } from "../model/hook_event.ts";
import type { HttpSettings } from "../model/plan.ts";
import { HttpError, type HttpReply, type HttpRequest, type World } from "../platform/world.ts";
import { HookError } from "./hook_context.ts";
import { proxyFor } from "./proxy.ts";
import { reasonIn } from "./reply_reason.ts";
import { type Asked, MOST_REDIRECTIONS, redirected, type Redirection } from "./redirects.ts";
import { placeOf } from "./url.ts";

export interface Sending {
  readonly asked: Asked;
  readonly skipTlsVerification: boolean;
  readonly caCertificates: readonly string[];
  /** Further attempts after the first. */
  readonly retries: number;
  /** Whether the body of every reply is read; that of a refusal always is, for it says why. */
  readonly readsBodies: boolean;
  /** Statuses that are a success; undefined: all below 400. */
  readonly statuses?: readonly number[] | undefined;
  /** What the body of a reply must contain to be a success. */
  readonly expected?: string | undefined;
}

/** A reply, or why it did not arrive. */
export type SendOutcome =
  | {
    readonly status: number;
    readonly headers: HttpReply["headers"];
    readonly body: Uint8Array | undefined;
    /** Why it failed; undefined after a success. */
    readonly problem: string | undefined;
  }
  | { readonly status?: undefined; readonly problem: string; readonly mayPass: boolean };

/** What happens on the way to an outcome. Texts are not masked. */
export type Progress =
  /** `to`: `https://host/…` */
  | { readonly kind: "redirected"; readonly status: number; readonly to: string; readonly method: string }
  /** `waitMs`: until the next attempt; undefined: it was the last one. */
  | { readonly kind: "attempted"; readonly attempt: HookAttempt; readonly waitMs: number | undefined };

/** Waiting before further attempts: 1 s, 2 s, 4 s, … */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
/** What a receiver may ask for where a request has no time limit. */
const LONGEST_WISH_MS = 10 * 60_000;
const YEAR_MS = 365 * 24 * 3_600_000;
/** Why a receiver refuses is worth a moment, not the whole time limit. */
const REASON_WAIT_MS = 2_000;

export async function send(
  sending: Sending,
  settings: HttpSettings,
  world: World,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<SendOutcome> {
  for (let number = 1;; number++) {
    const startedAt = world.now();
    const from = world.elapsed();
    const first = await attemptOnce(sending, settings, world, signal, tell);
    const durationMs = world.elapsed() - from;
    const { outcome, waitMs } = signal.aborted
      ? { outcome: first, waitMs: undefined }
      : afterAttempt(first, number, sending, settings, world);
    const { status, problem } = outcome;
    tell({ kind: "attempted", attempt: { startedAt, durationMs, status, problem }, waitMs });
    if (waitMs === undefined) return outcome;
    await world.sleep(waitMs, signal).catch(() => {}); // interrupted: the next attempt ends at once
  }
}

/** What an attempt came to, and the milliseconds to wait for the next one; undefined after the last one. */
function afterAttempt(
  outcome: SendOutcome,
  number: number,
  { retries }: Sending,
  { timeoutMs = LONGEST_WISH_MS }: HttpSettings,
  world: World,
): { outcome: SendOutcome; waitMs: number | undefined } {
  if (number > retries || !mayPass(outcome)) return { outcome, waitMs: undefined };
  const wishMs = outcome.status === undefined ? undefined : retryAfter(outcome.headers, world.now());
  if (wishMs !== undefined && wishMs > timeoutMs) return { outcome: withWish(outcome, wishMs), waitMs: undefined };
  return { outcome, waitMs: wishMs || waitBefore(number) }; // a wish of 0 s does not count: all attempts would be over in a moment
}

function mayPass(outcome: SendOutcome): boolean {
  if (outcome.status === undefined) return outcome.mayPass;
  return outcome.problem !== undefined && (outcome.status === 408 || outcome.status === 429 || outcome.status >= 500);
}

/** Attempts before the time that a receiver names would only be refused, and a run does not wait for longer than a request. */
function withWish(outcome: SendOutcome, wishMs: number): SendOutcome {
  const wish = wishMs > YEAR_MS ? "more than a year" : formatDuration(wishMs);
  return { ...outcome, problem: `${outcome.problem}; the receiver asks to wait ${wish}` };
}

function waitBefore(attempt: number): number {
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
  tell: (progress: Progress) => void,
): Promise<SendOutcome> {
  const late = new AbortController();
  const done = new AbortController();
  if (timeoutMs !== undefined) world.sleep(timeoutMs, done.signal).then(() => late.abort(), () => {});
  const ended = AbortSignal.any([signal, late.signal]);
  try {
    const { reply, lost } = await unlessEnded(follow(sending, world, ended, tell), ended);
    const body = await bodyFor(sending, reply, ended, world);
    return { status: reply.status, headers: reply.headers, body, problem: problemOf(sending, reply, body, lost) };
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

interface Followed {
  readonly reply: HttpReply;
  /** What the first redirection that did so took away from the message. */
  readonly lost: string | undefined;
}

async function follow(
  sending: Sending,
  world: World,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<Followed> {
  const { skipTlsVerification, caCertificates } = sending;
  let asked = sending.asked;
  let lost: string | undefined;
  for (let redirections = 0;; redirections++) {
    signal.throwIfAborted();
    const proxy = proxyFor(asked.url, world.env);
    const request: HttpRequest = { ...asked, skipTlsVerification, caCertificates, proxy };
    const reply = await world.send(request, signal);
    const next = nextOf(asked, reply);
    if (next === undefined) return { reply, lost };
    reply.discard();
    if (redirections === MOST_REDIRECTIONS) throw new HookError(`more than ${MOST_REDIRECTIONS} redirections`);
    asked = next.asked;
    lost ??= next.lost;
    tell({ kind: "redirected", status: reply.status, to: placeOf(asked.url), method: asked.method });
  }
}

function nextOf(asked: Asked, reply: HttpReply): Redirection | undefined {
  try {
    return redirected(asked, reply);
  } catch (error) {
    reply.discard();
    throw error;
  }
}

function problemOf(
  { statuses, expected }: Sending,
  { status, headers }: HttpReply,
  body: Uint8Array | undefined,
  lost: string | undefined,
): string | undefined {
  const isWanted = statuses ? statuses.includes(status) : status < 400;
  if (!isWanted) return [`status ${status}`, reasonIn(body, headers)].filter(Boolean).join(": ");
  if (lost !== undefined) return lost;
  if (expected === undefined || new TextDecoder().decode(body).includes(expected)) return undefined;
  return [`status ${status}, but the reply does not contain "${expected}"`, reasonIn(body, headers)].filter(Boolean)
    .join(": ");
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
    work.catch(() => {}); // it may still fail later
  }
}

/** Drops what is not needed. */
async function bodyFor(
  { readsBodies, expected, statuses }: Sending,
  reply: HttpReply,
  ended: AbortSignal,
  world: World,
): Promise<Uint8Array | undefined> {
  if (readsBodies || expected !== undefined) return await readBody(reply, ended);
  if (statuses ? statuses.includes(reply.status) : reply.status < 400) return void reply.discard();
  const enough = new AbortController();
  const done = new AbortController();
  world.sleep(REASON_WAIT_MS, done.signal).then(() => enough.abort(), () => {});
  const body = await readBody(reply, AbortSignal.any([ended, enough.signal]));
  done.abort();
  if (enough.signal.aborted) reply.discard();
  return body;
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
