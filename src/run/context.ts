/** What the parts of one run share: the job, the machine, who is told, and the little that a run has to remember. */
import type { Failure, Tell } from "../model/event.ts";
import type { LogLevel } from "../model/invocation.ts";
import { type KnownSecrets, knownSecrets } from "../model/mask.ts";
import type { Job } from "../model/plan.ts";
import { reasonOf } from "../model/reason.ts";
import type { Child, World } from "../platform/world.ts";
import type { OwnLock } from "./lock.ts";
import type { LockedProcess } from "./lock_file.ts";
import { secretsOf } from "./secrets_of_job.ts";
import type { Signals } from "./signals.ts";
import { type Tail, tail } from "./tail.ts";

/** What `.Stdout` of body templates shows at most. */
const STDOUT_BYTES = 64 * 1024;

export interface RunContext {
  readonly job: Job;
  readonly world: World;
  readonly tell: Tell;
  readonly signals: Signals;
  readonly state: RunState;
}

export interface RunState {
  /** The first failure: what hooks and monitoring report. */
  failure: Failure | undefined;
  /** Nobody reads what restic or a hook prints: no failure, but the end of the run. */
  readerQuit: boolean;
  /** The tool's, because of either. */
  exitStatus: number;
  /** Milliseconds of `lockWaitMs` that are used up: only time spent waiting for locks counts. */
  waitedMs: number;
  /** restic's locks were already removed once. */
  unlocked: boolean;
  /** Those of the job, and of all environments so far. */
  readonly secrets: KnownSecrets;
  /** What the restic commands of the run printed. */
  readonly stdout: Tail;
  /** Paths of private files, by the repository's URL in them. */
  readonly repositoryFiles: Map<string, string>;
  /** Names that a backup of this run has got for a source with wildcards, by its folder and pattern with NUL between. */
  readonly savedSources: Map<string, readonly string[]>;
  /** Said once, not again before every step. */
  readonly told: Set<string>;
  /** Those that run at the moment. */
  readonly children: Set<Child>;
  /** Processes that children have started, and that got a signal. */
  readonly signalled: LockedProcess[];
  /** The tool's lock, once the run has it: it names the children. */
  lock: OwnLock | undefined;
}

export function openContext(job: Job, world: World, tell: Tell, signals: Signals): RunContext {
  const state: RunState = {
    failure: undefined,
    readerQuit: false,
    exitStatus: 0,
    waitedMs: 0,
    unlocked: false,
    secrets: knownSecrets(secretsOf(job)),
    stdout: tail(STDOUT_BYTES),
    repositoryFiles: new Map(),
    savedSources: new Map(),
    told: new Set(),
    children: new Set(),
    signalled: [],
    lock: undefined,
  };
  return { job, world, tell, signals, state };
}

/** A line of the tool about this run; the caller has masked what it quotes. */
export function say({ world, tell }: RunContext, level: LogLevel, text: string): void {
  tell({ type: "message", at: world.now(), level, text });
}

/** The same, once in a run. */
export function sayOnce(context: RunContext, level: LogLevel, text: string): void {
  if (context.state.told.has(text)) return;
  context.state.told.add(text);
  say(context, level, text);
}

/** Text that may be shown: the secrets that the run knows are masked, and passwords in URLs. */
export function masked(text: string, { state }: RunContext): string {
  return state.secrets.mask(text);
}

/** Why something thrown keeps a step from being done, for people: it may quote what it could not use. */
export function shownReason(error: unknown, context: RunContext): string {
  return masked(reasonOf(error), context);
}

/** Tells what a child wrote. */
export function tellOutput(stream: "stdout" | "stderr", bytes: Uint8Array, { state, tell, world }: RunContext): void {
  tell({ type: "output", at: world.now(), stream, bytes, mask: state.secrets.mask });
}

/** Milliseconds that may still be spent waiting for locks. */
export function waitLeft({ job, state }: RunContext): number {
  return Math.max(0, job.lockWaitMs - state.waitedMs);
}
