/** HTTP hooks in events: which one, what was sent, and what came of it. Texts are masked already. */
import type { HttpStep } from "./plan.ts";

/** Which hook of a phase. */
export interface HookRef {
  readonly phase: HttpStep["phase"];
  /** From 0, among the hooks of its phase. */
  readonly index: number;
  /** Hooks of its phase. */
  readonly count: number;
}

/** A request for people. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty: nothing is sent. */
  readonly body: string;
}

/** A request that would be sent, or why it would not. */
export type ShownHook =
  & { readonly hook: HookRef }
  & (
    | { readonly request: ShownRequest }
    | { /** Method and URL, as far as they can be told. */ readonly title: string; readonly reason: string }
  );

/** One attempt to deliver, with the redirections it followed. */
export interface HookAttempt {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Of the last reply; undefined: there was none. */
  readonly status: number | undefined;
  /** Why it failed; undefined after a success. */
  readonly problem: string | undefined;
}

export interface ShownReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined: it was not read, or is empty. */
  readonly body: string | undefined;
}

/** What came of a hook. */
export interface HookOutcome {
  /** Method and place, `POST https://host/…`. */
  readonly shown: string;
  /** False: there was nothing that could be sent. */
  readonly isSent: boolean;
  /** In their order. */
  readonly attempts: readonly HookAttempt[];
  /** The receiver has taken it. */
  readonly delivered: boolean;
  /** Why it has not. */
  readonly problem: string | undefined;
  /** The last one; undefined: there was none. */
  readonly reply: ShownReply | undefined;
}
